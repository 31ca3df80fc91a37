import { createHash, createSecretKey, type KeyObject } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import type { Connection } from "#admin/connection/connection.ts";
import { refuseCancelled } from "#admin/elections/cancelled.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { describeBadRows } from "#admin/roll/bad-rows.ts";
import { pepperDestroyed } from "#admin/roll/import-check.ts";
import { refuseWhereSigned } from "#admin/roll/signed-only.ts";
import { openSheet, readSheet } from "#admin/spreadsheet/sheet.ts";
import { phaseAt, rollRegionId } from "#core/contest.ts";
import { normaliseFor, rollFields, rollIdentity, secretsAmong } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { Refusal } from "#core/refusal.ts";
import { badRow } from "#spreadsheet/bad-row.ts";
import { cellOf, widthFault } from "#spreadsheet/columns.ts";
import { visible } from "#spreadsheet/damage.ts";
import { credentialFault, REGION_COLUMN, regionFault, rollColumns } from "#spreadsheet/roll.ts";
import type { BadRow } from "#spreadsheet/sheet.ts";
import { readPepper } from "#storage/election-secrets.ts";
import { identityHash } from "#storage/voter-hash.ts";

/** People as an officer names them, without their code, in a file or at a prompt. */

export type Person = Readonly<{
  /** In the file, from 1; 1 for who was named at a prompt. */
  line: number;
  /** Normalised, in the order of the definition's fields. */
  values: readonly string[];
  identity: string;
  /** Where they are to be; undefined where nothing asks for it. */
  regionId: string | undefined;
}>;

/** The file that names people, and its SHA-256 in hexadecimal. */
export type Source = Readonly<{ name: string; sha256: string }>;

/** Whom an act is about; without a source for one person named at a prompt. */
export type People = Readonly<{
  people: readonly Person[];
  source: Source | undefined;
  /** Whether the file has their codes as well. */
  hasCodes: boolean;
}>;

export type Asked = Readonly<{
  definition: ElectionDefinition;
  /** The election's. */
  pepper: KeyObject;
  /** Whether they are to be in a region. */
  asksRegion: boolean;
}>;

export const rollFinal = (electionId: string): Refusal =>
  new Refusal(
    `Voting in election ${electionId} has closed: its roll can no longer change.`,
    `Le vote de l’élection ${electionId} est terminé\u00a0: sa liste ne peut plus changer.`,
  );

/** What it takes to recognise people. Throws Refusal when the election's roll can no longer change. */
export async function askedOf(
  connection: Connection,
  electionId: string,
  { asksRegion, atMs = Date.now() }: Readonly<{ asksRegion: boolean; atMs?: number }>,
): Promise<Asked> {
  const { definition } = await requireElection(connection, electionId, "apply its definition first");
  refuseCancelled(definition);
  refuseWhereSigned(definition);
  if (phaseAt(definition, atMs) === "closed") {
    throw rollFinal(electionId);
  }
  const pepper = await readPepper(connection, electionId);
  if (pepper === undefined) throw pepperDestroyed(electionId);
  return { definition, pepper: createSecretKey(pepper), asksRegion };
}

/** @param cell what is given for a column */
function read(
  { definition, pepper, asksRegion }: Asked,
  cell: (name: string) => string,
  line: number,
): Person | BadRow {
  const all = rollFields(definition);
  const fields = rollIdentity(all, all);
  const faults = fields.flatMap((field) => credentialFault(field, cell(field.name)) ?? []);
  const region = asksRegion ? cell(REGION_COLUMN) : "";
  const regionId = asksRegion ? rollRegionId(definition, visible(region)) : undefined;
  if (asksRegion && regionId === undefined) faults.push(regionFault(definition, region));
  if (faults.length > 0) return badRow(line, faults);
  const values = fields.map((field) => normaliseFor(field, cell(field.name)));
  return { line, values, identity: identityHash(pepper, values, definition.electionId), regionId };
}

/** One person, as typed. Throws Refusal, which repeats nothing, when a field does not fit. */
export function onePerson(asked: Asked, typed: ReadonlyMap<string, string>): People {
  const person = read(asked, (name) => typed.get(name) ?? "", 1);
  if ("problem" in person) {
    const { en, fr } = person.problem;
    throw new Refusal(`Nothing was changed: ${en}.`, `Rien n’a été changé\u00a0: ${fr}.`);
  }
  return { people: [person], source: undefined, hasCodes: false };
}

async function sha256Of(file: string): Promise<string> {
  const digest = createHash("sha256");
  for await (const chunk of createReadStream(file)) digest.update(chunk);
  return digest.digest("hex");
}

/** Where a file comes from, for the record. */
export async function sourceOf(file: string): Promise<Source> {
  return { name: basename(file), sha256: await sha256Of(file) };
}

/**
 * Reads a CSV file of people. A roll's other columns may be there, and are not read. Throws Refusal, naming lines, when a row is bad or
 * names somebody again.
 */
export async function readPeopleFile(file: string, asked: Asked): Promise<People> {
  const { definition, asksRegion } = asked;
  const fields = rollFields(definition);
  const needed = rollIdentity(fields, fields).map(({ name }) => name);
  const wanted = rollColumns(definition).map((column) => ({
    ...column,
    isOptional: !needed.includes(column.name) && !(asksRegion && column.name === REGION_COLUMN),
  }));
  const sheet = await openSheet(file, {
    wanted,
    whose: { en: `election ${definition.electionId}`, fr: `l’élection ${definition.electionId}` },
  });
  const people: Person[] = [];
  const bad: BadRow[] = [];
  const lines = new Map<string, number>();
  for await (const { record, line } of readSheet(file, sheet)) {
    const wrongWidth = widthFault(sheet.columns, record);
    const person =
      wrongWidth === undefined
        ? read(asked, (name) => cellOf(sheet.columns, record, name), line)
        : badRow(line, [wrongWidth]);
    const before = "problem" in person ? undefined : lines.get(person.identity);
    if ("problem" in person) bad.push(person);
    else if (before !== undefined) {
      bad.push(
        badRow(line, [
          { en: `names the same person as line ${before}`, fr: `nomme la même personne que la ligne ${before}` },
        ]),
      );
    } else {
      people.push(person);
      lines.set(person.identity, line);
    }
  }
  refuseBad(basename(file), bad);
  if (people.length === 0) throw new EnglishRefusal(`${basename(file)}: there is nobody in this file.`);
  const secrets = secretsAmong(fields, fields);
  const hasCodes = secrets.every(({ name }) => sheet.columns.positions.has(name));
  return { people, source: await sourceOf(file), hasCodes };
}

const ROWS_TOLD = 20;

const refusedPerson = ({ problem: { en, fr } }: BadRow): Refusal =>
  new Refusal(`Nothing was changed: this person ${en}.`, `Rien n’a été changé\u00a0: cette personne ${fr}.`);

/**
 * Throws Refusal, since nothing was changed, when a row is bad.
 * @param name the file's; undefined for one person who was named without a file
 */
export function refuseBad(name: string | undefined, bad: readonly BadRow[]): void {
  const [first] = bad;
  if (first === undefined) return;
  if (name === undefined) throw refusedPerson(first);
  const french = bad.slice(0, ROWS_TOLD).map(({ line, problem }) => `  ligne ${line}\u00a0: ${problem.fr}`);
  throw new Refusal(
    `${name}: nothing was changed, for ${describeBadRows(bad.length, bad.slice(0, ROWS_TOLD))}`,
    [`${name}\u00a0: rien n’a été changé.`, ...french].join("\n"),
  );
}
