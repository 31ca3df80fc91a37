import { toBase64Url } from "#core/bytes.ts";

/** A photo as a ballot needs it: small, made so in the browser. What the camera wrote beside the picture is left out. */

const MOST_BYTES = 20_480;
/** A ballot shows it at 56 × 72, on fine screens with three times as many dots. */
const SIZE = { width: 168, height: 216 } as const;
const QUALITIES = [0.86, 0.75, 0.6, 0.45, 0.3] as const;

const asBlob = (canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | null> =>
  new Promise((resolve) => {
    canvas.toBlob(resolve, type, quality);
  });

/** In base64url; undefined for a file that is no picture, or that will not become small enough. */
export async function smallPhoto(file: Blob): Promise<string | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (picture === undefined) return undefined;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, SIZE);
  const context = canvas.getContext("2d");
  if (context === null) return undefined;
  // On white: JPEG knows no transparency.
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, SIZE.width, SIZE.height);
  const scale = Math.max(SIZE.width / picture.width, SIZE.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  // Faces are in the upper part.
  context.drawImage(picture, (SIZE.width - width) / 2, (SIZE.height - height) / 3, width, height);
  picture.close();
  for (const type of ["image/webp", "image/jpeg"]) {
    for (const quality of QUALITIES) {
      const blob = await asBlob(canvas, type, quality);
      // A browser that does not write WebP gives PNG.
      if (blob?.type !== type || blob.size > MOST_BYTES) continue;
      return toBase64Url(new Uint8Array(await blob.arrayBuffer()));
    }
  }
  return undefined;
}
