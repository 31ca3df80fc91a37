import { rollFields } from "#core/credential.ts";
import type { BilingualText, ElectionDefinition } from "#core/election.ts";
import { REGION_COLUMN } from "#spreadsheet/roll.ts";

const REGION: BilingualText = { en: "Region", fr: "Région" };

/** What people call a column of the roll: as voters see its field. Undefined for a column that only programs name. */
export function columnLabel(definition: ElectionDefinition, name: string): BilingualText | undefined {
  if (name === REGION_COLUMN) return REGION;
  return rollFields(definition).find((field) => field.name === name)?.label;
}
