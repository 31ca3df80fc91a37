import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "#admin/connection/connection.ts";
import { entriesOf } from "#admin/roll/acts.ts";
import { type ImportSummary, importRoll } from "#admin/roll/import.ts";
import { type NewCode, writeNewCodes } from "#admin/roll/new-codes.ts";
import { type Asked, type People, refuseBad } from "#admin/roll/people.ts";
import { describeAct } from "#admin/shared/act.ts";
import { Refusal } from "#core/refusal.ts";
import { isOnRoll } from "#core/strike.ts";

/** Putting people on a roll who are not on it: a small import, for which codes are drawn where the office has none. */

export type AdditionOptions = Readonly<{
  /** Who is recorded as having done it. */
  who: string;
  reason: string | undefined;
  atMs?: number;
}>;

export type Addition = Readonly<{ summary: ImportSummary; codes: readonly NewCode[] }>;

/** Adds people with the codes in their file. Throws Refusal as importRoll does. */
export async function addWithCodes(
  connection: Connection,
  { definition: { electionId } }: Asked,
  file: string,
  { source }: People,
  { reason, ...options }: AdditionOptions,
): Promise<Addition> {
  const record = (imported: number): string => describeAct("roll add", imported, source, reason);
  return { summary: await importRoll(connection, electionId, file, { ...options, record }), codes: [] };
}

/**
 * Draws a code for each person, writes them to a file, and puts them on the roll. Throws Refusal, having changed nothing, when one of
 * them is on it.
 * @param out for the codes; without it they are in the answer only
 */
export async function addWithNewCodes(
  connection: Connection,
  { definition }: Asked,
  { people, source }: People,
  { drawCode, out, reason, ...options }: AdditionOptions & Readonly<{ drawCode: () => string; out?: string }>,
): Promise<Addition> {
  const { electionId } = definition;
  const known = await entriesOf(connection, electionId, people);
  const there = people.filter(({ identity }) => known.get(identity)?.some(isOnRoll));
  refuseBad(
    source?.name ?? "The roll",
    there.map(({ line }) => ({ line, problem: `is on the roll of election ${electionId} already` })),
  );
  const codes = people.map((person) => ({ person, code: drawCode(), regionId: person.regionId ?? "" }));
  const folder = await mkdtemp(join(tmpdir(), "scrutin-added-"));
  try {
    const file = out ?? join(folder, "added.csv");
    await writeNewCodes(file, definition, codes);
    const record = (imported: number): string => describeAct("roll add", imported, source, reason);
    const summary = await importRoll(connection, electionId, file, { ...options, record }).catch(async (error) => {
      // Codes that are good for nothing.
      if (error instanceof Refusal && out !== undefined) await rm(out, { force: true });
      throw error;
    });
    return { summary, codes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
