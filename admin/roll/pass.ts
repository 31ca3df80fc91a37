import type { FilePlace, RollBlock } from "#admin/roll/file.ts";
import type { ImportCounts } from "#admin/roll/import-journal.ts";
import type { NamedVoters } from "#admin/roll/named-voters.ts";
import type { BadRow, GoodRow } from "#admin/roll/rows.ts";

/** One pass over the rows of a roll file: who is new, who is on the roll already, what is bad. */

const ROWS_TOLD = 20;

export function noCounts(): ImportCounts {
  return { rows: 0, imported: 0, present: 0, repeated: 0, repeatedLines: [], bad: 0, badRows: [] };
}

function addBad(counts: ImportCounts, row: BadRow): void {
  counts.bad++;
  if (counts.badRows.length < ROWS_TOLD) counts.badRows.push(row);
}

function addRepeated(counts: ImportCounts, line: number): void {
  counts.repeated++;
  if (counts.repeatedLines.length < ROWS_TOLD) counts.repeatedLines.push(line);
}

export type PassOptions = Readonly<{
  /** Region by hash of those on the roll; left out when nobody can be on it yet. */
  regionsOf?: (hashes: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Remembers the voters of all blocks, so that repeated ones are counted; a pass that writes finds them on the roll. */
  named?: NamedVoters;
  /** Puts voters on the roll who are not on it. */
  write?: (missing: readonly GoodRow[]) => Promise<void>;
  /** Everything before `end` is done. */
  onBlock: (counts: ImportCounts, end: FilePlace) => void | Promise<void>;
}>;

/** Passes over blocks in order and adds to `counts`. */
export async function passThrough(
  blocks: AsyncIterable<RollBlock>,
  counts: ImportCounts,
  { regionsOf = async () => new Map(), named, write, onBlock }: PassOptions,
): Promise<void> {
  for await (const { rows, end } of blocks) {
    const good = rows.filter((row) => "hash" in row);
    const onRoll = await regionsOf([...new Set(good.map(({ hash }) => hash))]);
    const earlier: NamedVoters = named ?? new Map<string, string>();
    const missing: GoodRow[] = [];
    for (const row of rows) {
      counts.rows++;
      if ("problem" in row) {
        addBad(counts, row);
        continue;
      }
      const { line, hash, regionId } = row;
      const there = onRoll.get(hash);
      const before = earlier.get(hash);
      if (there !== undefined && there !== regionId) {
        addBad(counts, { line, problem: `this voter is already on the roll in region ${there}` });
      } else if (before !== undefined && before !== regionId) {
        addBad(counts, { line, problem: "an earlier line names the same voter in another region" });
      } else {
        if (before === undefined) earlier.set(hash, regionId);
        else if (named !== undefined) addRepeated(counts, line);
        if (before === undefined && there === undefined) missing.push(row);
        else counts.present++;
      }
    }
    await write?.(missing);
    counts.imported += missing.length;
    await onBlock(counts, end);
  }
}
