/** Long enough for the browser to start saving. */
const SAVED_AFTER_MS = 60_000;

/** Saves a text that was made here, as if it had been downloaded. @param type its MIME type */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), SAVED_AFTER_MS);
}
