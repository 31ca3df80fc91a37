import type { ImportCounts } from "#admin/roll/import-journal.ts";
import type { NamedBefore, NamedVoters } from "#admin/roll/named-voters.ts";
import type { GoodRow } from "#admin/roll/rows.ts";
import type { FilePlace, RollBlock } from "#admin/roll/source.ts";
import type { BilingualText } from "#core/election.ts";
import { badRow } from "#spreadsheet/bad-row.ts";
import type { BadRow } from "#spreadsheet/sheet.ts";
import type { RollEntry } from "#storage/roll-scan.ts";

/** One pass over the rows of a roll file: who is new, who is on the roll already, what is bad. */

const ROWS_TOLD = 20;

export function noCounts(): ImportCounts {
  return {
    rows: 0,
    imported: 0,
    present: 0,
    repeated: 0,
    repeatedLines: [],
    struck: 0,
    struckLines: [],
    bad: 0,
    badRows: [],
  };
}

function addBad(counts: ImportCounts, row: BadRow, told: number): void {
  counts.bad++;
  if (counts.badRows.length < told) counts.badRows.push(row);
}

function addRepeated(counts: ImportCounts, line: number): void {
  counts.repeated++;
  if (counts.repeatedLines.length < ROWS_TOLD) counts.repeatedLines.push(line);
}

function addStruck(counts: ImportCounts, line: number): void {
  counts.struck++;
  if (counts.struckLines.length < ROWS_TOLD) counts.struckLines.push(line);
}

export type PassOptions = Readonly<{
  /** Entries by hash of those on the roll; left out when nobody can be on it yet. */
  entriesOf?: (hashes: readonly string[]) => Promise<ReadonlyMap<string, RollEntry>>;
  /** Everybody on the roll, and the persons whom this or an earlier pass met. */
  named: NamedVoters;
  /** Whether rows that name somebody again, or with a code that was struck off, are counted; an earlier pass has counted them. */
  countsRepeated: boolean;
  /** Whether voters sign in, and have no codes. */
  isByClaim?: boolean;
  /** How many bad rows are told. */
  told?: number;
  /** Puts voters on the roll who are not on it. */
  write?: (missing: readonly GoodRow[]) => Promise<void>;
  /** Everything before `end` is done. */
  onBlock: (counts: ImportCounts, end: FilePlace) => void | Promise<void>;
}>;

const ANOTHER_CODE: BilingualText = {
  en: "an earlier line names the same person with another code",
  fr: "une ligne précédente nomme la même personne avec un autre code",
};
const ANOTHER_REGION: BilingualText = {
  en: "an earlier line names the same voter in another region",
  fr: "une ligne précédente nomme la même personne dans une autre région",
};

const inRegion = (regionId: string): BilingualText => ({
  en: `this voter is already on the roll in region ${regionId}`,
  fr: `cette personne est déjà sur la liste, dans la région ${regionId}`,
});

/** Why a row cannot be imported; undefined when it can. */
function problemWith(
  { regionId }: GoodRow,
  there: RollEntry | undefined,
  before: NamedBefore | undefined,
  isByClaim: boolean,
): BilingualText | undefined {
  if (there !== undefined && there.regionId !== regionId) {
    return inRegion(there.regionId);
  }
  if (before === undefined) return undefined;
  if (isByClaim && before.regionId !== regionId) {
    return before.isFromRoll ? inRegion(before.regionId) : ANOTHER_REGION;
  }
  if (!before.isSameCode) {
    return before.isFromRoll
      ? {
          en: "this person is already on the roll, with another code",
          fr: "cette personne est déjà sur la liste, avec un autre code",
        }
      : ANOTHER_CODE;
  }
  return before.regionId === regionId ? undefined : ANOTHER_REGION;
}

/** Passes over blocks in order and adds to `counts`. */
export async function passThrough(
  blocks: AsyncIterable<RollBlock>,
  counts: ImportCounts,
  {
    entriesOf = async () => new Map(),
    named,
    countsRepeated,
    isByClaim = false,
    told = ROWS_TOLD,
    write,
    onBlock,
  }: PassOptions,
): Promise<void> {
  for await (const { rows, end } of blocks) {
    const good = rows.filter((row) => "hash" in row);
    const onRoll = await entriesOf([...new Set(good.map(({ hash }) => hash))]);
    const missing = new Map<string, GoodRow>();
    for (const row of rows) {
      counts.rows++;
      if ("problem" in row) {
        addBad(counts, row, told);
        continue;
      }
      const { line, hash } = row;
      const there = onRoll.get(hash);
      // What an officer did since stands: an old file undoes nothing.
      if (there?.struck !== undefined) {
        counts.present++;
        if (countsRepeated) addStruck(counts, line);
        continue;
      }
      const before = named.find(row);
      const problem = problemWith(row, there, before, isByClaim);
      if (problem !== undefined) {
        addBad(counts, badRow(line, [problem]), told);
        continue;
      }
      if (before === undefined || before.isFromRoll) named.note(row, "file");
      else if (countsRepeated) addRepeated(counts, line);
      if (there !== undefined || missing.has(hash)) counts.present++;
      else counts.imported++;
      // An entry of an earlier version does not say who it is yet.
      if (there?.identity === undefined && !missing.has(hash)) missing.set(hash, row);
    }
    await write?.([...missing.values()]);
    await onBlock(counts, end);
  }
}
