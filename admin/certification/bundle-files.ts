import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type * as z from "zod";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { Refusal } from "#core/refusal.ts";

/** The files of a public bundle. */
export const BUNDLE_FILES = {
  /** What was certified: definition, counts, result, Merkle root. */
  certificate: "certificate.json",
  /** The officer's signature under the certificate. */
  signature: "signature.json",
  /** What was fixed before voting opened, where it was stated. */
  opening: "opening.json",
  /** Signed changes of the roll after it, oldest first. */
  rollChanges: "roll-changes.json",
  /** One ballot a line, sorted by tracking code. */
  ballotBox: "ballot-box.ndjson",
  /** The election's private key, base64url, where anyone may open the box. */
  ballotKey: "ballot-key.txt",
} as const;
type BundleFile = (typeof BUNDLE_FILES)[keyof typeof BUNDLE_FILES];

/** How a bundle, or the auditors' file, holds a ballot key. */
export function ballotKeyText(key: Uint8Array): string {
  return `${toBase64Url(key)}\n`;
}

const WINDOWS_LINE_ENDS =
  "its lines end in CRLF, as a checkout on Windows leaves them. Take the file as it was published; with git, set core.autocrlf to false.";

/** Opens a file of a bundle; undefined when there is none. Throws Refusal when it is a pipe, a folder or a device. */
async function openFile(file: string): Promise<FileHandle | undefined> {
  // Without O_NONBLOCK, opening a pipe waits for its writer.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  if (handle === undefined) return undefined;
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Refusal(`${file}: this is not a regular file.`);
}

/** The bytes of a file of a bundle; undefined when there is none. */
export async function readBundleFile(folder: string, name: BundleFile): Promise<Buffer | undefined> {
  const handle = await openFile(join(folder, name));
  try {
    return await handle?.readFile();
  } finally {
    await handle?.close();
  }
}

function missing(file: string): Refusal {
  return new Refusal(`${dirname(file)}: this is not a certified election: ${basename(file)} cannot be read.`);
}

/** Throws Refusal unless a file is exactly this text: JSON read loosely can say one thing to a program and another to people. */
export function requireText(file: string, bytes: Buffer, text: string): void {
  if (bytes.equals(Buffer.from(text))) return;
  const isWindows = bytes.toString().replaceAll("\r\n", "\n") === text;
  throw new Refusal(
    `${file}: ${isWindows ? WINDOWS_LINE_ENDS : "not byte for byte as scrutin certify writes it. Do not trust it."}`,
  );
}

/** Reads a JSON file of a bundle. Throws Refusal unless it holds this shape in canonical form. */
export async function readCanonical<T>(folder: string, name: BundleFile, shape: z.ZodType<T>): Promise<T> {
  const value = await readIfThere(folder, name, shape);
  if (value === undefined) throw missing(join(folder, name));
  return value;
}

/** As readCanonical; undefined when there is no such file. */
export async function readIfThere<T>(folder: string, name: BundleFile, shape: z.ZodType<T>): Promise<T | undefined> {
  const file = join(folder, name);
  const bytes = await readBundleFile(folder, name);
  if (bytes === undefined) return undefined;
  const value = parsed(bytes, shape);
  if (value === undefined) throw new Refusal(`${file}: this file is damaged, or not what its name says.`);
  requireText(file, bytes, canonicalText(value));
  return value;
}

function parsed<T>(bytes: Buffer, shape: z.ZodType<T>): T | undefined {
  try {
    return shape.parse(JSON.parse(bytes.toString()));
  } catch {
    return undefined;
  }
}

/** The lines of a ballot box, each byte a character. Throws Refusal when there is no box, or it is cut short. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const handle = await openFile(file);
  if (handle === undefined) throw missing(file);
  let rest = "";
  for await (const chunk of handle.createReadStream({ encoding: "latin1" })) {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    if (lines[0]?.endsWith("\r") === true) throw new Refusal(`${file}: ${WINDOWS_LINE_ENDS}`);
    yield* lines;
  }
  if (rest !== "") throw new Refusal(`${file}: this file is cut short: its last line has no end.`);
}
