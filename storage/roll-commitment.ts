import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { merkleTree } from "#core/merkle-tree.ts";
import { type RollCommitment, rollLine } from "#core/opening.ts";
import { lineSorter } from "#storage/line-sorting.ts";
import { type RollTable, readRoll } from "#storage/roll-scan.ts";

/** The first characters of hashes in base64url, in order. */
const ALPHABET = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

/** Counts a roll of any size and commits to it; memory holds a sixty-fourth of it at a time, a temporary folder all. */
export async function commitToRoll(roll: RollTable, electionId: string): Promise<RollCommitment> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-roll-"));
  try {
    const sorter = lineSorter(folder, "", ALPHABET);
    const { onRoll, struck } = await readRoll(roll, electionId, async (entries) => {
      for (const entry of entries) await sorter.add(rollLine(entry));
    }).finally(() => sorter.close());
    const tree = merkleTree((bytes) => createHash("sha256").update(bytes).digest());
    for await (const line of sorter.sorted()) tree.add(Buffer.from(line));
    return { onRoll: Object.fromEntries(onRoll), struck, rollRoot: Buffer.from(tree.root()).toString("hex") };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
