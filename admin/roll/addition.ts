import { rm } from "node:fs/promises";
import type { Connection } from "#admin/connection/connection.ts";
import { entriesOf } from "#admin/roll/acts.ts";
import { rollInMemory } from "#admin/roll/file.ts";
import { type ImportSummary, PartlyImported } from "#admin/roll/import.ts";
import { importRolls } from "#admin/roll/import-rolls.ts";
import { type NewCode, newCodesCsv, writeNewCodes } from "#admin/roll/new-codes.ts";
import { type Asked, type People, refuseBad } from "#admin/roll/people.ts";
import { describeAct } from "#admin/shared/act.ts";
import { type ForElection, forEachElection } from "#admin/shared/each-election.ts";
import type { Recorded } from "#core/recorded-words.ts";
import { Refusal } from "#core/refusal.ts";
import { isOnRoll } from "#core/strike.ts";
import { badRow } from "#spreadsheet/bad-row.ts";

/** Putting people on a roll who are not on it: a small import, for which codes are drawn where the office has none. */

export type AdditionOptions = Readonly<{
  /** Who is recorded as having done it. */
  who: string;
  reason: string | undefined;
  atMs?: number;
}>;

export type Addition = Readonly<{ summaries: readonly ForElection<ImportSummary>[]; codes: readonly NewCode[] }>;

/** People to be put on the roll of an election. */
export type Addressed = Readonly<{ asked: Asked; people: People }>;

/** Adds people with the codes in their file. Throws Refusal as importRolls does. */
export async function addWithCodes(
  connection: Connection,
  electionIds: readonly string[],
  file: string,
  { source }: People,
  { reason, ...options }: AdditionOptions,
): Promise<Addition> {
  const record = (imported: number): Recorded => describeAct("roll add", imported, source, reason);
  return { summaries: await importRolls(connection, electionIds, file, { ...options, record }), codes: [] };
}

export type NewCodeOptions = Readonly<{
  drawCode: () => string;
  /** For the codes; without it they are in the answer only. */
  out?: string;
  /** Told the codes when they may be good on some of the rolls, though not all could be written. */
  onPartly?: (codes: readonly NewCode[]) => void;
}>;

/**
 * Draws a code for each person, the same for all these elections, writes them to a file, and puts them on the rolls. Throws Refusal,
 * having changed nothing, when one of them is on one.
 * @param to the elections, with the same people and credential fields
 */
export async function addWithNewCodes(
  connection: Connection,
  to: readonly Addressed[],
  { drawCode, out, reason, onPartly, ...options }: AdditionOptions & NewCodeOptions,
): Promise<Addition> {
  const electionIds = to.map(({ asked }) => asked.definition.electionId);
  await forEachElection(electionIds, async (electionId, index) => {
    const { people = [], source } = to[index]?.people ?? {};
    const known = await entriesOf(connection, electionId, people);
    const there = people.filter(({ identity }) => known.get(identity)?.some(isOnRoll));
    refuseBad(
      source?.name,
      there.map(({ line }) =>
        badRow(line, [
          {
            en: `is on the roll of election ${electionId} already`,
            fr: `est déjà sur la liste de l’élection ${electionId}`,
          },
        ]),
      ),
    );
  });
  // Of their regions; a law takes people from any.
  const lead = to.find(({ asked }) => asked.definition.regions.length > 0) ?? to[0];
  if (lead === undefined) throw new Error("nobody is added to no election");
  const { people, source } = lead.people;
  const { definition } = lead.asked;
  const isByClaim = definition.identity !== undefined;
  const codes = people.map((person) => ({ person, code: drawCode(), regionId: person.regionId ?? "" }));
  if (out !== undefined) await writeNewCodes(out, definition, codes);
  const roll = out ?? rollInMemory("added.csv", newCodesCsv(definition, codes).join(""));
  const record = (imported: number): Recorded => describeAct("roll add", imported, source, reason);
  const summaries = await importRolls(connection, electionIds, roll, { ...options, record }).catch(async (error) => {
    // Codes that are good for nothing.
    const isUseless = error instanceof Refusal && !(error instanceof PartlyImported);
    if (isUseless && out !== undefined) await rm(out, { force: true });
    if (!isUseless && !isByClaim) onPartly?.(codes);
    throw error;
  });
  return { summaries, codes: isByClaim ? [] : codes };
}
