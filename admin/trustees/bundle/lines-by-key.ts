import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LineSorter, lineSorter } from "#storage/line-sorting.ts";

/** Sorting more lines than memory holds, by what they begin with. */

/** The characters of base64url, in the order of their code units. */
export const KEY_ALPHABET = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
/** Of tracking codes. */
export const CODE_ALPHABET = "234567ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Memory holds a part of the lines, a temporary folder all, which is gone at the end. */
export async function withSorted<T>(
  alphabet: string,
  fill: (sorter: LineSorter) => Promise<void>,
  work: (sorted: AsyncGenerator<string>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-sorting-"));
  try {
    const sorter = lineSorter(folder, "", alphabet);
    await fill(sorter).finally(() => sorter.close());
    return await work(sorter.sorted());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
