import { type AddressBlock, addressBlock } from "#admin/cards/address.ts";
import type { Codes } from "#admin/cards/codes.ts";
import type { Paper } from "#admin/cards/paper.ts";
import { rollRegionId } from "#core/contest.ts";
import { normaliseCredential } from "#core/credential.ts";
import type { BilingualText, ElectionDefinition } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import { badRow } from "#spreadsheet/bad-row.ts";
import { type Column, cellOf, widthFault } from "#spreadsheet/columns.ts";
import { visible } from "#spreadsheet/damage.ts";
import { credentialColumns, credentialFault, REGION_COLUMN, REGION_HEADINGS, regionFault } from "#spreadsheet/roll.ts";
import type { BadRow, Sheet } from "#spreadsheet/sheet.ts";
import { openSource, readRows, type SheetSource } from "#spreadsheet/source.ts";

/** The people who are written to: a row of the office's file each. */

/** Whom a letter is for. */
export type Person = Readonly<{
  line: number;
  address: AddressBlock;
  /** Normalised, as the roll has it. */
  identity: readonly string[];
  regionId: string;
  language: Language;
}>;

export const LANGUAGE: Column = { name: "language", headings: ["langue", "lang"] };
export const ADDRESS: readonly Column[] = [
  { name: "name", headings: ["nom", "nom complet", "full name", "prénom et nom"] },
  { name: "address_1", headings: ["address", "adresse", "adresse 1", "address line 1", "ligne d’adresse 1"] },
  ...[2, 3, 4].map((line) => ({
    ...{ name: `address_${line}`, isOptional: true },
    headings: [`adresse ${line}`, `address line ${line}`, `ligne d’adresse ${line}`],
  })),
];
const REQUIRED_LINES = ADDRESS.filter(({ isOptional }) => isOptional !== true).map(({ name }) => name);

/** One without regions needs no column for them. */
function columnsOf({ regions }: ElectionDefinition, { identity }: Codes): readonly Column[] {
  const region = { name: REGION_COLUMN, headings: REGION_HEADINGS, isOptional: regions.length === 0 };
  return [...ADDRESS, ...credentialColumns(identity), region, LANGUAGE];
}

const LANGUAGE_NAMES: ReadonlyMap<string, Language> = new Map([
  ...["fr", "f", "français", "french"].map((name) => [normaliseCredential(name), "fr"] as const),
  ...["en", "e", "anglais", "english"].map((name) => [normaliseCredential(name), "en"] as const),
]);

type Rules = Readonly<{ definition: ElectionDefinition; codes: Codes; paper: Paper; sheet: Sheet }>;

/** Reads one row after another. A fault is told without the row's contents, which are personal. */
function personReader({ definition, codes, paper, sheet: { columns } }: Rules) {
  const namedOn = new Map<string, number>();
  return (line: number, record: readonly string[]): Person | BadRow => {
    const wrongWidth = widthFault(columns, record);
    if (wrongWidth !== undefined) return badRow(line, [wrongWidth]);
    const cell = (name: string): string => cellOf(columns, record, name);
    const problems: BilingualText[] = [];

    const language = LANGUAGE_NAMES.get(normaliseCredential(cell(LANGUAGE.name)));
    if (language === undefined) {
      problems.push({ en: `${LANGUAGE.name} is neither fr nor en`, fr: `${LANGUAGE.name} n’est ni fr ni en` });
    }

    const regionId = rollRegionId(definition, visible(cell(REGION_COLUMN)));
    if (regionId === undefined) problems.push(regionFault(definition, cell(REGION_COLUMN)));

    const faults = codes.identity.flatMap((field) => credentialFault(field, cell(field.name)) ?? []);
    problems.push(...faults);
    const identity = codes.identity.map(({ name }) => normaliseCredential(cell(name)));
    if (faults.length === 0 && identity.length > 0) {
      const key = identity.join("|");
      const earlier = namedOn.get(key);
      if (earlier === undefined) namedOn.set(key, line);
      else {
        const names = codes.identity.map(({ name }) => name).join(", ");
        problems.push({
          en: `line ${earlier} names the same person (${names})`,
          fr: `la ligne ${earlier} nomme la même personne (${names})`,
        });
      }
    }

    const lines = ADDRESS.map(({ name }) => ({ column: name, text: cell(name) }));
    const address = addressBlock(lines, REQUIRED_LINES, paper);
    if ("problems" in address) problems.push(...address.problems);

    if (problems.length > 0 || "problems" in address || language === undefined || regionId === undefined) {
      return badRow(line, problems, "; ");
    }
    return { line, address, identity, regionId, language };
  };
}

/**
 * Reads and checks everybody in a file, in order and in constant memory but for whom it has named. Throws Refusal when it is no such
 * file.
 */
export async function* readPeople(
  source: SheetSource,
  definition: ElectionDefinition,
  codes: Codes,
  paper: Paper,
): AsyncGenerator<Person | BadRow> {
  const { electionId } = definition;
  const whose = { en: `letters of election ${electionId}`, fr: `les lettres de l’élection ${electionId}` };
  const sheet = await openSource(source, { wanted: columnsOf(definition, codes), whose });
  const read = personReader({ definition, codes, paper, sheet });
  for await (const { line, record } of readRows(source, sheet)) yield read(line, record);
}
