import { access } from "node:fs/promises";
import type { Person } from "#admin/roll/people.ts";
import { writeWholeFile } from "#admin/shared/whole-file.ts";
import { rollFields, withCode } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { REGION_COLUMN } from "#spreadsheet/roll.ts";

/** A person's new code. */
export type NewCode = Readonly<{ person: Person; code: string; regionId: string }>;

/** Throws Refusal when there is a file of this name: it may hold the only copy of somebody's code. */
export async function requireNoFile(path: string): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw new EnglishRefusal(`${path}: there is such a file already; name another.`);
}

/** New codes with the columns of a roll, line by line. */
export function newCodesCsv(definition: ElectionDefinition, codes: readonly NewCode[]): readonly string[] {
  const { identity } = definition;
  const fields = rollFields(definition);
  const header = [...fields.map(({ name }) => name), REGION_COLUMN];
  const quoted = (claim: string): string => `"${claim.replaceAll('"', '""')}"`;
  const rows = codes.map(({ person, code, regionId }) => [
    // Normalised credentials and ids are letters, digits, hyphens and underscores.
    ...(identity === undefined ? withCode(fields, person.values, code) : person.values.map(quoted)),
    regionId,
  ]);
  return [header, ...rows].map((row) => `${row.join(",")}\n`);
}

/** Writes new codes to a file that only its owner can read. */
export const writeNewCodes = (path: string, definition: ElectionDefinition, codes: readonly NewCode[]): Promise<void> =>
  writeWholeFile(path, newCodesCsv(definition, codes));
