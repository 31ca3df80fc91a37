import { createHash } from "node:crypto";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const PROJECT = fileURLToPath(new URL("..", import.meta.url));
/** Build output that is kept for the next time; ignored by git. */
export const KEPT = join(PROJECT, ".scrutin");

/** SHA-256 of a value's JSON. */
export const valueHash = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** SHA-256 of the names and contents of all files that match the patterns, and of Node's version. */
export async function sourcesHash(folder: string, patterns: readonly string[]): Promise<string> {
  const files: string[] = [];
  for await (const entry of glob(patterns, { cwd: folder, withFileTypes: true })) {
    if (entry.isFile()) files.push(join(entry.parentPath, entry.name).slice(folder.length));
  }
  files.sort();
  const contents = await Promise.all(files.map((file) => readFile(join(folder, file))));
  const hash = createHash("sha256").update(process.version);
  for (const [index, content] of contents.entries()) {
    hash.update(`\n${files[index]} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}
