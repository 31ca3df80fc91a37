import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as z from "zod";
import { CERTIFICATE_FORMAT } from "#core/ballot-box.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalText } from "#core/canonical-json.ts";
import type { BilingualText } from "#core/election.ts";
import { CHANGE_FORMAT, OPENING_FORMAT } from "#core/opening.ts";
import { Refusal } from "#core/refusal.ts";

/** The files of a public bundle. */
export const BUNDLE_FILES = {
  /** What was certified: definition, counts, result, Merkle root. */
  certificate: "certificate.json",
  /** The officer's signature under the certificate. */
  signature: "signature.json",
  /** What was fixed before voting opened. */
  opening: "opening.json",
  /** The signed changes after it, of the roll and of the closing, oldest first. */
  changes: "changes.json",
  /** Long biographies, a text a line, each named by its SHA-256 in the definition; only where there are any. */
  biographies: "biographies.ndjson",
  /** One ballot a line, sorted by tracking code. */
  ballotBox: "ballot-box.ndjson",
  /** The election's private key, base64url, where anyone may open the box. */
  ballotKey: "ballot-key.txt",
} as const;

/** How a bundle, or the auditors' file, holds a ballot key. */
export function ballotKeyText(key: Uint8Array): string {
  return `${toBase64Url(key)}\n`;
}

const WINDOWS_LINE_ENDS: BilingualText = {
  en: "its lines end in CRLF, as a checkout on Windows leaves them. Take the file as it was published; with git, set core.autocrlf to false.",
  fr: "ses lignes se terminent par CRLF, comme sous Windows. Prenez le fichier tel qu’il a été publié\u202f; avec git, réglez core.autocrlf à false.",
};
const NOT_AS_WRITTEN: BilingualText = {
  en: "not byte for byte as scrutin certify writes it. Do not trust it.",
  fr: "il n’est pas, octet pour octet, ce qu’écrit la certification. Ne vous y fiez pas.",
};

/** What is wrong with a file. */
const faulty = (file: string, { en, fr }: BilingualText): Refusal =>
  new Refusal(`${file}: ${en}`, `${file}\u00a0: ${fr}`);

/** Opens a file of a bundle; undefined when there is none. Throws Refusal when it is a pipe, a folder or a device. */
async function openFile(file: string): Promise<FileHandle | undefined> {
  // Without O_NONBLOCK, opening a pipe waits for its writer.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  if (handle === undefined) return undefined;
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw faulty(file, { en: "this is not a regular file.", fr: "ce n’est pas un fichier ordinaire." });
}

/** The bytes of a file of a bundle; undefined when there is none. */
export async function readBundleFile(folder: string, name: string): Promise<Buffer | undefined> {
  const handle = await openFile(join(folder, name));
  try {
    return await handle?.readFile();
  } finally {
    await handle?.close();
  }
}

function missing(file: string): Refusal {
  return faulty(dirname(file), {
    en: `this is not a certified election: ${basename(file)} cannot be read.`,
    fr: `ce n’est pas une élection certifiée\u00a0: ${basename(file)} ne peut être lu.`,
  });
}

/** Throws Refusal unless a file is exactly this text: JSON read loosely can say one thing to a program and another to people. */
export function requireText(file: string, bytes: Buffer, text: string): void {
  if (bytes.equals(Buffer.from(text))) return;
  const isWindows = bytes.toString().replaceAll("\r\n", "\n") === text;
  throw faulty(file, isWindows ? WINDOWS_LINE_ENDS : NOT_AS_WRITTEN);
}

/** What a JSON file of a bundle holds. */
export type Canonical<T> = Readonly<{
  value: T;
  /** As it was written and signed: reading it by a shape may add what later versions take for granted. */
  json: unknown;
  text: string;
}>;

/** Reads a JSON file of a bundle. Throws Refusal unless it holds this shape in canonical form. */
export async function readCanonical<T>(folder: string, name: string, shape: z.core.$ZodType<T>): Promise<Canonical<T>> {
  const read = await readIfThere(folder, name, shape);
  if (read === undefined) throw missing(join(folder, name));
  return read;
}

/** The formats that this version writes and reads. */
const FORMATS: Readonly<Partial<Record<string, string>>> = {
  "certificate.json": CERTIFICATE_FORMAT,
  "opening.json": OPENING_FORMAT,
  "changes.json": CHANGE_FORMAT,
};

const Named = z.object({ format: z.string().startsWith("scrutin-") });
/** Where a file may name its format. */
const Formatted = z.union([
  Named,
  z.object({ statement: Named }).transform(({ statement }) => statement),
  z.tuple([z.object({ statement: Named })], z.unknown()).transform(([{ statement }]) => statement),
]);

/** Why a file does not hold the shape that it should have. */
function misfit(file: string, name: string, json: unknown): Refusal {
  const [format, expected] = [Formatted.safeParse(json).data?.format, FORMATS[name]];
  if (format === undefined || expected === undefined || format === expected) {
    return faulty(file, {
      en: "this file is damaged, or not what its name says.",
      fr: "ce fichier est abîmé, ou n’est pas ce que dit son nom.",
    });
  }
  return faulty(file, {
    en: `this is in the format ${format}, and this version of Scrutin reads ${expected}. Verify it with the version that certified it.`,
    fr: `ce fichier est au format ${format}, et cette version de Scrutin lit ${expected}. Vérifiez-le avec la version qui l’a certifié.`,
  });
}

/** As readCanonical; undefined when there is no such file. */
export async function readIfThere<T>(
  folder: string,
  name: string,
  shape: z.core.$ZodType<T>,
): Promise<Canonical<T> | undefined> {
  const file = join(folder, name);
  const bytes = await readBundleFile(folder, name);
  if (bytes === undefined) return undefined;
  const json = parsed(bytes);
  const read = z.safeParse(shape, json);
  if (!read.success) throw misfit(file, name, json);
  const text = canonicalText(json);
  requireText(file, bytes, text);
  return { value: read.data, json, text };
}

/** Undefined for what is no JSON, is nested too deeply, or has a field `__proto__`, which shapes of records pass over. */
function parsed(bytes: Buffer): unknown {
  const known = (name: string, value: unknown): unknown => {
    if (name === "__proto__") throw new TypeError("no file of a bundle has such a field");
    return value;
  };
  try {
    return JSON.parse(bytes.toString(), known);
  } catch {
    return undefined;
  }
}

/** Characters; an envelope has some thousands at most. */
const LONGEST_LINE = 65_536;

const TOO_LONG: BilingualText = {
  en: "a line is longer than any ballot's. Do not trust it.",
  fr: "une ligne y est plus longue qu’aucun bulletin. Ne vous y fiez pas.",
};
const CUT_SHORT: BilingualText = {
  en: "this file is cut short: its last line has no end.",
  fr: "ce fichier est tronqué\u00a0: sa dernière ligne n’a pas de fin.",
};

/** The lines of a ballot box, each byte a character. Throws Refusal when there is no box, or it is cut short. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const handle = await openFile(file);
  if (handle === undefined) throw missing(file);
  let rest = "";
  for await (const chunk of handle.createReadStream({ encoding: "latin1" })) {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    // Otherwise a file that is one line would be put together again with each of its pieces.
    if (rest.length > LONGEST_LINE) throw faulty(file, TOO_LONG);
    if (lines[0]?.endsWith("\r") === true) throw faulty(file, WINDOWS_LINE_ENDS);
    yield* lines;
  }
  if (rest !== "") throw faulty(file, CUT_SHORT);
}
