import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** Compresses answers as CloudFront does. */

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

const COMPRESSIBLE = /^(?:text\/|application\/(?:json|problem\+json|javascript)|image\/svg\+xml)/;
/** CloudFront compresses nothing below 1,000 bytes. */
const LEAST_BYTES = 1_000;
/** Compressed for each request, so it must be quick. */
const BROTLI_QUALITY = 5;

export type Encoded = Readonly<{ body: Buffer; headers: Readonly<Record<string, string>> }>;

/** A body as it goes out, with the headers that say how. */
export async function encodeFor(
  { headers }: Pick<IncomingMessage, "headers">,
  body: Buffer,
  contentType: string | undefined,
): Promise<Encoded> {
  if (body.length < LEAST_BYTES || contentType === undefined || !COMPRESSIBLE.test(contentType)) {
    return { body, headers: {} };
  }
  const accepted = String(headers["accept-encoding"] ?? "");
  const vary = { vary: "Accept-Encoding" };
  if (/\bbr\b/.test(accepted)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
    return { body: await brotli(body, { params }), headers: { ...vary, "content-encoding": "br" } };
  }
  if (/\bgzip\b/.test(accepted)) return { body: await zip(body), headers: { ...vary, "content-encoding": "gzip" } };
  return { body, headers: vary };
}
