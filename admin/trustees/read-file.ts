import { readFile } from "node:fs/promises";
import * as z from "zod/mini";
import { canonicalText } from "#core/canonical-json.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** JSON files of trustees and ceremonies: canonical, so that one content has one file. */

/** Its text. Undefined when there is no such file; throws Refusal when it cannot be read. */
export async function textIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return undefined;
    throw new EnglishRefusal(`${path}: this file cannot be read (${String(code)}).`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What it holds. Undefined when there is no such file; throws Refusal when it is damaged or another kind of file. */
export async function readIfThere<T>(path: string, what: string, shape: z.core.$ZodType<T>): Promise<T | undefined> {
  const text = await textIfThere(path);
  if (text === undefined) return undefined;
  const json = jsonOf(text);
  const read = z.safeParse(shape, json);
  if (!read.success || canonicalText(json) !== text) {
    throw new EnglishRefusal(
      `${path}: this is not ${what} as Scrutin wrote it: it was altered or damaged. Ask whoever it came from for it again.`,
    );
  }
  return read.data;
}

/** As readIfThere. Throws Refusal when there is no such file. */
export async function readFileOf<T>(path: string, what: string, shape: z.core.$ZodType<T>): Promise<T> {
  const read = await readIfThere(path, what, shape);
  if (read === undefined) throw new EnglishRefusal(`${path}: there is no such file.`);
  return read;
}
