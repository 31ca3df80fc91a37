import { normaliseCredential } from "#core/credential.ts";
import { faultIn } from "#core/definition-faults.ts";
import { type BilingualText, Candidate } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import { clausesJoined } from "#core/sentences.ts";
import type { TextEncoding } from "#core/text-encoding.ts";
import { type Column, type Columns, cellOf, widthFault } from "#spreadsheet/columns.ts";
import { damageOf } from "#spreadsheet/damage.ts";
import { doubtsOf } from "#spreadsheet/doubts.ts";
import type { SheetRow } from "#spreadsheet/rows.ts";
import { type BadRow, type NamedBytes, openBlob, rowsOfBlob, type Sheet, type Wanted } from "#spreadsheet/sheet.ts";

/** Candidates as an office keeps them in a spreadsheet, a row each. */

export type ListedCandidate = Readonly<{
  line: number;
  firstName: string;
  lastName: string;
  /** Undefined for an independent. */
  party: BilingualText | undefined;
  /** As written: ids or names; empty where the sheet has no regions. */
  regions: readonly string[];
  bio: BilingualText | undefined;
  photo: string | undefined;
}>;

export type CandidateSheet = Readonly<{
  encoding: TextEncoding;
  candidates: readonly ListedCandidate[];
  bad: readonly BadRow[];
  /** Taken, but perhaps slips. */
  doubts: readonly BadRow[];
  hasRegions: boolean;
  /** Columns with one text for both languages. */
  inOneLanguage: readonly string[];
}>;

/** "bio", "bio (fr)" and "bio (en)", by every name of the first. */
function inTwoLanguages(name: string, headings: readonly string[]): readonly Column[] {
  const marked = (marks: readonly string[]): string[] =>
    [name, ...headings].flatMap((heading) => marks.map((mark) => `${heading} ${mark}`));
  return [
    { name, headings, isOptional: true },
    {
      name: `${name}_fr`,
      headings: marked(["fr", "français", "en français", "french", "in french"]),
      isOptional: true,
    },
    {
      name: `${name}_en`,
      headings: marked(["en", "anglais", "en anglais", "english", "in english"]),
      isOptional: true,
    },
  ];
}

const BIO_HEADINGS = ["biographie", "biography", "présentation", "presentation", "description"];
const COLUMNS: readonly Column[] = [
  {
    name: "name",
    headings: [
      ...["nom", "nom complet", "nom de famille", "candidat", "candidate", "candidature", "nom du candidat"],
      ...["full name", "last name", "family name", "surname", "candidate name", "lastName"],
    ],
  },
  { name: "first_name", headings: ["prénom", "prénoms", "given name", "forename", "firstName"], isOptional: true },
  ...inTwoLanguages("party", ["parti", "parti politique", "political party", "affiliation"]),
  {
    name: "region",
    headings: ["région", "region id", "no de région", "numéro de région", "circonscription", "riding", "district"],
    isOptional: true,
  },
  ...inTwoLanguages("bio", BIO_HEADINGS),
  { name: "photo", headings: ["portrait"], isOptional: true },
];

const INDEPENDENT = new Set(["", "INDEPENDANT", "INDEPENDANTE", "INDEPENDENT", "AUCUN", "NONE"]);

/** "Roy, Ada" and "Ada Roy"; one name alone is a last name. */
function splitName(name: string): Pick<ListedCandidate, "firstName" | "lastName"> {
  const [last = "", first, ...others] = name.split(",").map((part) => part.trim());
  if (first !== undefined && others.length === 0) return { firstName: first, lastName: last };
  const space = name.indexOf(" ");
  return { firstName: space === -1 ? "" : name.slice(0, space), lastName: name.slice(space + 1) };
}

/** Line breaks of a cell stay in biographies only. */
const inOneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

/** A row's text in both languages, from a column for each or from one for both; its faults are added to `faults`. */
function bilingual(
  cell: (name: string) => string,
  name: string,
  columns: Columns,
  faults: BilingualText[],
): BilingualText | undefined {
  const both = cell(name);
  const one = (language: "fr" | "en"): string => cell(`${name}_${language}`) || both;
  const text = { fr: one("fr"), en: one("en") };
  if (text.fr === "" && text.en === "") return undefined;
  const lacks = (language: "fr" | "en"): boolean =>
    text[language] === "" && columns.positions.has(`${name}_${language}`);
  const oneLacks = (empty: string, filled: string): BilingualText => ({
    en: `${empty} is empty, and ${filled} is not`,
    fr: `${empty} est vide, et ${filled} ne l’est pas`,
  });
  if (lacks("fr")) faults.push(oneLacks(`${name}_fr`, `${name}_en`));
  if (lacks("en")) faults.push(oneLacks(`${name}_en`, `${name}_fr`));
  return { fr: text.fr || text.en, en: text.en || text.fr };
}

function readRow(columns: Columns, record: readonly string[], line: number): ListedCandidate | BadRow {
  const wrongWidth = widthFault(columns, record);
  if (wrongWidth !== undefined) return { line, problem: wrongWidth };
  const cell = (name: string): string => cellOf(columns, record, name).normalize("NFC");
  const faults: BilingualText[] = [];
  const isEmpty = (name: string): BilingualText => ({ en: `${name} is empty`, fr: `${name} est vide` });
  for (const { name } of COLUMNS) {
    const damage = damageOf(cell(name));
    if (damage !== undefined) faults.push({ en: `${name} ${damage.en}`, fr: `${name} ${damage.fr}` });
  }
  const name = inOneLine(cell("name"));
  const firstName = inOneLine(cell("first_name"));
  const names = columns.positions.has("first_name") ? { firstName, lastName: name } : splitName(name);
  if (name === "" && firstName === "") faults.push(isEmpty("name"));
  const party = bilingual((column) => inOneLine(cell(column)), "party", columns, faults);
  const bio = bilingual(cell, "bio", columns, faults);
  const regions = inOneLine(cell("region"))
    .split(/\s*[;|]\s*/)
    .filter((region) => region !== "");
  if (regions.length === 0 && columns.positions.has("region")) faults.push(isEmpty("region"));
  const photo = cell("photo") || undefined;
  // The forms of what comes from the sheet are those of any candidate.
  const candidate = { candidateId: "1", ...names, regionIds: ["1"], ...(bio && { bio }), ...(photo && { photo }) };
  for (const issue of Candidate.safeParse(candidate).error?.issues ?? []) {
    if (name !== "" || firstName !== "") faults.push(faultIn(issue, candidate));
  }
  if (faults.length > 0) {
    const told = (language: Language): string =>
      clausesJoined(
        language,
        faults.map((fault) => fault[language]),
      );
    return { line, problem: { en: told("en"), fr: told("fr") } };
  }
  const isIndependent = party === undefined || INDEPENDENT.has(normaliseCredential(party.en));
  return { line, ...names, party: isIndependent ? undefined : party, regions, bio, photo };
}

/** What a sheet of candidates has to have. */
export const CANDIDATE_COLUMNS: Wanted = { wanted: COLUMNS, whose: { en: "candidates", fr: "des candidatures" } };

/** Reads the rows of a sheet of candidates. Throws Refusal where it is not CSV. */
export async function candidatesOf(
  { columns, form }: Sheet,
  rows: AsyncIterable<SheetRow> | Iterable<SheetRow>,
): Promise<CandidateSheet> {
  const candidates: ListedCandidate[] = [];
  const bad: BadRow[] = [];
  for await (const { record, line } of rows) {
    const row = readRow(columns, record, line);
    if ("problem" in row) bad.push(row);
    else candidates.push(row);
  }
  const has = (name: string): boolean => columns.positions.has(name);
  return {
    encoding: form.encoding,
    candidates,
    bad,
    doubts: doubtsOf(candidates),
    hasRegions: has("region"),
    inOneLanguage: ["party", "bio"].filter((name) => [name, `${name}_fr`, `${name}_en`].filter(has).length === 1),
  };
}

/** Reads a sheet of candidates that was chosen in the browser. Throws Refusal when it is none, or has not the columns that are needed. */
export async function candidatesOfBlob(file: NamedBytes): Promise<CandidateSheet> {
  const sheet = await openBlob(file, CANDIDATE_COLUMNS);
  return candidatesOf(sheet, rowsOfBlob(file, sheet));
}
