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

/** A roll's leaves in order, one at a time, and its root when all are taken. */
export function rollLeaves(sorted: AsyncGenerator<string>) {
  const tree = merkleTree((bytes) => createHash("sha256").update(bytes).digest());
  let leaf = "";
  const advance = async (): Promise<void> => {
    const next = await sorted.next();
    leaf = next.done === true ? "" : next.value;
    if (leaf !== "") tree.add(Buffer.from(leaf));
  };
  return {
    /** Whether this leaf is on the roll; leaves are asked for in their order. */
    async has(sought: string): Promise<boolean> {
      if (leaf === "") await advance();
      while (leaf !== "" && leaf < sought) await advance();
      return leaf === sought;
    },
    /** In hexadecimal. */
    async root(): Promise<string> {
      do await advance();
      while (leaf !== "");
      return Buffer.from(tree.root()).toString("hex");
    },
  };
}
