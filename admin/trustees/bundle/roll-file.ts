import { createHash } from "node:crypto";
import { linesOf } from "#admin/certification/bundle-files.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { merkleTree } from "#core/merkle-tree.ts";
import { rollLine } from "#core/opening.ts";
import type { LineSorter } from "#storage/line-sorting.ts";

/** `roll.txt`: lines `region,voterKey`. Its Merkle root is over the same by key, as the opening states it. */

const ROLL_LINE = /^([A-Za-z0-9_-]{1,40}),([A-Za-z0-9_-]{43})$/;

/** Gives a roll's lines to a sorter as the leaves of its tree. Throws Refusal for a line that is none. */
export async function addRollLines(file: string, sorter: LineSorter): Promise<void> {
  let number = 0;
  for await (const text of linesOf(file)) {
    number++;
    const [, regionId, hash] = ROLL_LINE.exec(text) ?? [];
    if (regionId === undefined || hash === undefined) {
      throw new EnglishRefusal(`${file}, line ${number}: this is no region and voter key.`);
    }
    await sorter.add(rollLine({ hash, regionId }));
  }
}

/** A roll's leaves in order, one at a time. */
export type RollLeaves = Readonly<{
  /** Whether this leaf is on the roll; leaves are asked for in their order. */
  has(sought: string): Promise<boolean>;
  /** The Merkle root over all, in hexadecimal; asked for last. */
  root(): Promise<string>;
}>;

export function rollLeaves(sorted: AsyncGenerator<string>): RollLeaves {
  const tree = merkleTree((bytes) => createHash("sha256").update(bytes).digest());
  let leaf: string | undefined = "";
  const advance = async (): Promise<void> => {
    const next = await sorted.next();
    leaf = next.done === true ? undefined : next.value;
    if (leaf !== undefined) tree.add(Buffer.from(leaf));
  };
  return {
    async has(sought) {
      while (leaf !== undefined && leaf < sought) await advance();
      return leaf === sought;
    },
    async root() {
      while (leaf !== undefined) await advance();
      return Buffer.from(tree.root()).toString("hex");
    },
  };
}
