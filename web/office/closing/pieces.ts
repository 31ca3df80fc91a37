import type { BundlePiece } from "#functions/office/closing/contract.ts";
import type { OfficeAnswer } from "#web/office/shell/office-api.ts";

/** Reading a certified file through the API, whose answers are of limited size. */

type Get = <T>(path: string) => Promise<OfficeAnswer<T>>;

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let place = 0; place < text.length; place++) bytes[place] = text.charCodeAt(place);
  return bytes;
}

/** The bytes of a file, piece by piece. @throws Error when one cannot be had */
export async function* pieces(
  get: Get,
  electionId: string,
  file: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const path = `/office/elections/${encodeURIComponent(electionId)}/bundle/${encodeURIComponent(file)}`;
  for (let from: number | null = 0; from !== null; ) {
    const answer: OfficeAnswer<BundlePiece> = await get<BundlePiece>(`${path}/${from}`);
    if (answer.kind !== "ok") throw new Error("a piece of the bundle could not be had");
    const bytes = bytesOf(answer.body.bytes);
    onBytes(bytes.length);
    yield bytes;
    from = answer.body.next;
  }
}
