import { createReadStream } from "node:fs";

/** The files of a public bundle. */
export const BUNDLE_FILES = {
  /** What was certified: definition, counts, result, Merkle root. */
  certificate: "certificate.json",
  /** The officer's signature under the certificate. */
  signature: "signature.json",
  /** One ballot a line, sorted by tracking code. */
  ballotBox: "ballot-box.ndjson",
  /** The election's private key, base64url, where anyone may open the box. */
  ballotKey: "ballot-key.txt",
} as const;

/** The lines of a file, split at line feeds only. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of createReadStream(file, { encoding: "utf8" })) {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
