import { rollRegionId } from "#core/contest.ts";
import { fits, normaliseFor, type RollField, rollFields } from "#core/credential.ts";
import { faultOf, neededFor } from "#core/credential-fault.ts";
import type { BilingualText, CredentialField, ElectionDefinition } from "#core/election.ts";
import { badRow } from "#spreadsheet/bad-row.ts";
import { type Column, type Columns, cellOf, widthFault } from "#spreadsheet/columns.ts";
import { damageOf, lostZeros, visible } from "#spreadsheet/damage.ts";
import type { BadRow } from "#spreadsheet/sheet.ts";

/**
 * Reads who a row of a roll names, or its fault. Faults are told by line number and never quote the row: a misplaced column may hold
 * a NAS or a code.
 */

export const REGION_COLUMN = "region_id";

export const REGION_HEADINGS = [
  "region",
  "région",
  "id région",
  "code région",
  "code de région",
  "no région",
  "no de région",
  "numéro de région",
  "identifiant de région",
  "region number",
  "region code",
  "circonscription",
  "district",
  "riding",
];

/** Columns of credentials, by their names in the definition or as voters see them. */
export function credentialColumns(fields: readonly CredentialField[]): readonly Column[] {
  // "Social insurance number (SIN)" is found by either of its names.
  const namesIn = (label: string): string[] => [label, ...label.split(/[()]/).filter((part) => part.trim() !== "")];
  return fields.map(({ name, label }) => ({ name, headings: [...namesIn(label.fr), ...namesIn(label.en)] }));
}

/** The columns of an election's roll. */
export function rollColumns(definition: ElectionDefinition): readonly Column[] {
  return [...credentialColumns(rollFields(definition)), { name: REGION_COLUMN, headings: REGION_HEADINGS }];
}

const KINDS = {
  digits: { en: "digits", fr: "chiffres" },
  letters: { en: "letters", fr: "lettres" },
  characters: { en: "letters or digits", fr: "lettres ou chiffres" },
} as const;

/** "code must have 11 letters or digits": what a credential that does not fit should be. */
function formOf(field: RollField, cell: string): BilingualText {
  const { name } = field;
  const { least, most, of } = neededFor(field);
  const fault = faultOf(field, normaliseFor(field, cell));
  if (fault.kind === "mistyped") {
    const fr = "a une faute de frappe\u00a0: son dernier caractère ne va pas avec les autres";
    return { en: `${name} has a slip: its last character does not go with the others`, fr: `${name} ${fr}` };
  }
  if (fault.kind === "misplaced") {
    const { place } = fault;
    return {
      en: `${name} has a character that cannot stand there, at place ${place}`,
      fr: `${name} a un caractère qui n’y a pas sa place, en position ${place}`,
    };
  }
  const count = {
    en: least === most ? `${most}` : `${least} to ${most}`,
    fr: least === most ? `${most}` : `de ${least} à ${most}`,
  };
  return { en: `${name} must have ${count.en} ${KINDS[of].en}`, fr: `${name} doit avoir ${count.fr} ${KINDS[of].fr}` };
}

/** Why a credential does not fit, as whoever made the sheet understands it; undefined when it does. */
export function credentialFault(field: RollField, cell: string): BilingualText | undefined {
  const { name } = field;
  const isRight = (value: string): boolean => fits(field, normaliseFor(field, value));
  const damage = damageOf(cell);
  if (damage !== undefined) return { en: `${name} ${damage.en}`, fr: `${name} ${damage.fr}` };
  if (isRight(cell)) return undefined;
  if (visible(cell) === "") return { en: `${name} is empty`, fr: `${name} est vide` };
  const lost = lostZeros(cell, isRight);
  if (field.isClaim === true) {
    return {
      en: `${name} has more than 200 characters, or one that is not printable`,
      fr: `${name} a plus de 200 caractères, ou un caractère qui ne s’imprime pas`,
    };
  }
  const form = formOf(field, cell);
  return lost === undefined ? form : { en: `${form.en}: it ${lost.en}`, fr: `${form.fr}\u00a0: la valeur ${lost.fr}` };
}

export function regionFault({ electionId, regions }: ElectionDefinition, cell: string): BilingualText {
  const damage = damageOf(cell) ?? lostZeros(cell, (value) => regions.some(({ regionId }) => regionId === value));
  const fault = {
    en: `${REGION_COLUMN} is not a region of election ${electionId}`,
    fr: `${REGION_COLUMN} n’est pas une région de l’élection ${electionId}`,
  };
  return damage === undefined
    ? fault
    : { en: `${fault.en}: it ${damage.en}`, fr: `${fault.fr}\u00a0: la valeur ${damage.fr}` };
}

/** The normalised credentials of a row, in the order of the election's fields, and its region on the roll. */
export type Identified = Readonly<{ values: readonly string[]; regionId: string }>;

/** Who a row names; or its fault. */
export function identify(
  definition: ElectionDefinition,
  columns: Columns,
  line: number,
  record: readonly string[],
): Identified | BadRow {
  const wrongWidth = widthFault(columns, record);
  return wrongWidth === undefined
    ? identifyCells(definition, line, (name) => cellOf(columns, record, name))
    : badRow(line, [wrongWidth]);
}

/** As `identify`, by the cells of the roll's columns. */
export function identifyCells(
  definition: ElectionDefinition,
  line: number,
  cell: (column: string) => string,
): Identified | BadRow {
  const fields = rollFields(definition);
  const faults = fields.flatMap((field) => credentialFault(field, cell(field.name)) ?? []);
  if (faults.length > 0) return badRow(line, faults);
  const region = cell(REGION_COLUMN);
  const regionId = rollRegionId(definition, visible(region));
  if (regionId === undefined) return badRow(line, [regionFault(definition, region)]);
  return { values: fields.map((field) => normaliseFor(field, cell(field.name))), regionId };
}
