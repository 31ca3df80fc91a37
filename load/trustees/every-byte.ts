import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FilesRead, type ReadBundle, readBundle } from "#admin/trustees/verify/read-bundle.ts";
import { trusteesGroups } from "#admin/trustees/verify/trustees-checks.ts";

/**
 * Changing every byte of a bundle, one at a time, in place. A bundle is verified when every check holds, so one check that fails is a bundle
 * that fails: of the checks only those are made that should find the change, the likeliest first, until one does. Where none of
 * them does, all are made.
 */

/** The names of checks that find a change in a file, the cheapest first. */
const FOUND_BY: readonly (readonly [file: RegExp, checks: readonly string[]])[] = [
  [/^ceremony\/ceremony\.json$/, ["ceremony"]],
  [/^ceremony\/(proposal|question|round-.*)\.json$/, ["ceremony messages"]],
  [/^ceremony\/(rehearsal|trial-.*)\.json$/, ["rehearsal"]],
  [/^ceremony\/roll/, ["signed roll"]],
  [/^roll\.txt$/, ["voter keys on the roll"]],
  [/^(opening|changes)\.json$/, ["opening"]],
  [/^(certificate|signature)\.json$/, ["signature"]],
  [/^box\.json$/, ["box"]],
  [/^box\.jsonl$/, ["Merkle root"]],
  [/^mix-1\./, ["mix 1"]],
  [/^mix-2\./, ["mix 2"]],
  [/^opening-1\./, ["opening by trustee 1"]],
  [/^opening-2\./, ["opening by trustee 2"]],
  [/^opened\.bin$/, ["certified files"]],
];

/** The bytes of a file to change, from one place to before another. */
export type ByteRange = Readonly<{ file: string; from: number; to: number }>;

export function filesOf(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
}

/** All bytes of a bundle, in parts that are worth a thread's while. */
export function byteRanges(folder: string, most = 500): readonly ByteRange[] {
  return filesOf(folder).flatMap((file) => {
    const { length } = readFileSync(join(folder, file));
    return Array.from({ length: Math.ceil(length / most) }, (_, part) => {
      return { file, from: part * most, to: Math.min(length, (part + 1) * most) };
    });
  });
}

const TRUSTEES = [1, 2].map((trustee) => ({ trustee, sha256: "" }));

async function isFound(bundle: ReadBundle, checks: readonly string[] | undefined): Promise<boolean> {
  // Only who opened is asked of the certificate before it is read.
  const certificate = {
    trustees: { ceremony: "", signedRoll: "", box: "", mixes: [], openings: TRUSTEES, opened: "" },
  };
  const groups = trusteesGroups(bundle, certificate, 2, {});
  const asked = checks === undefined ? groups : groups.filter(({ name }) => checks.includes(name));
  for (const group of asked) {
    if ((await group.make()).some(({ isTrue }) => isTrue === false)) return true;
  }
  return false;
}

/**
 * Changes these bytes of a bundle one after the other. What is kept of other files, which do not change, is not read again.
 * @returns places whose change no check finds
 */
export async function unfoundChanges(
  folder: string,
  { file, from, to }: ByteRange,
  read: FilesRead,
): Promise<readonly number[]> {
  const path = join(folder, file);
  const bytes = readFileSync(path);
  const checks = FOUND_BY.find(([pattern]) => pattern.test(file))?.[1];
  const unfound: number[] = [];
  for (let place = from; place < to; place++) {
    const changed = new Uint8Array(bytes);
    changed[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(path, changed);
    read.delete(path);
    const isCaught =
      (await isFound(readBundle(folder, undefined, read), checks)) || (await isFound(readBundle(folder), undefined));
    if (!isCaught) unfound.push(place);
  }
  writeFileSync(path, bytes);
  read.delete(path);
  return unfound;
}
