import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Writes a file that others may be reading: they see all of the old content or all of the new. Several processes bundle at
 * once (a running system, the tests, a deployment), each for itself, and mostly to the same bytes.
 */
export async function putInPlace(path: string, content: Uint8Array | string): Promise<void> {
  const aside = `${root}dist/.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(aside, content);
  await rename(aside, path);
}
