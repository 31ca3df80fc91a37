/** Long enough for the browser to start saving. */
const SAVED_AFTER_MS = 60_000;

/** Saves a text that was made here, as if it had been downloaded. @param type its MIME type */
export const saveFile = (name: string, type: string, text: string): void => saveBlob(name, new Blob([text], { type }));

/** As saveFile, of what is in a blob. */
export function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), SAVED_AFTER_MS);
}
