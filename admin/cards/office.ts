import { type Codes, codesOf, inGroups } from "#admin/cards/codes.ts";
import { DoesNotFit, drawLetter, type Layout } from "#admin/cards/letter.ts";
import { type LetterTexts, letterTexts } from "#admin/cards/letter-texts.ts";
import { newDocument } from "#admin/cards/letters-file.ts";
import { PAPERS, type Paper, type PaperName } from "#admin/cards/paper.ts";
import { type Square, squareFor } from "#admin/cards/square.ts";
import { pathOf, type Visit } from "#admin/cards/visit.ts";
import { contestRegionIds } from "#core/contest.ts";
import { neededFor } from "#core/credential-fault.ts";
import type { BilingualText, ElectionDefinition } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import { Refusal } from "#core/refusal.ts";

/** What is settled before the first letter of an election: its codes, addresses, texts, and type that fits. */

const WIDEST_CHARACTER = "W";

/** Of the type, largest first: long titles and names of regions need room. */
const SCALES = [1, 0.94, 0.88, 0.82] as const;

/** What all letters to an election or a paper share. */
export type Office = Readonly<{
  /** Whose voters are written to. */
  definition: ElectionDefinition;
  codes: Codes;
  paper: Paper;
  layouts: Readonly<Record<Language, Layout>>;
  ballot: (language: Language, regionId: string) => Ballot;
}>;

/** Where somebody votes. */
type Ballot = Readonly<{ url: string; square: Square; region: string | undefined }>;

/** Addresses as web/router.ts reads them, each made once. */
function ballots({ path, lead: { regions } }: Visit, site: string): Office["ballot"] {
  const made = new Map<string, Ballot>();
  return (language, regionId) => {
    const region = regions.find((found) => found.regionId === regionId);
    const parts = [language, "vote", ...path, ...(region === undefined ? [] : [regionId])];
    const url = `${site}/${parts.map(encodeURIComponent).join("/")}`;
    const ballot = made.get(url) ?? { url, square: squareFor(url), region: region?.name[language] };
    made.set(url, ballot);
    return ballot;
  };
}

/** Draws a letter for each region on pages that nobody sees. Throws DoesNotFit. */
function tryOut(layout: Layout, language: Language, { lead }: Visit, ballot: Office["ballot"]): void {
  const widest = inGroups(WIDEST_CHARACTER.repeat(neededFor(codesOf(lead).field).most));
  const doc = newDocument(layout.texts, language);
  doc.resume();
  const body = doc.struct("Document");
  doc.addStructure(body);
  const address = { lines: [], size: 10, leading: 12 };
  for (const regionId of contestRegionIds(lead)) {
    drawLetter(doc, body, layout, { number: 1, address, code: widest, ...ballot(language, regionId) });
  }
}

/** The largest type in which every letter fits on its page. Throws Refusal when there is none. */
function layoutFor(
  paper: Paper,
  texts: LetterTexts,
  language: Language,
  visit: Visit,
  ballot: Office["ballot"],
): Layout {
  let fault: BilingualText = { en: "", fr: "" };
  for (const scale of SCALES) {
    try {
      tryOut({ paper, texts, scale }, language, visit, ballot);
      return { paper, texts, scale };
    } catch (error) {
      if (!(error instanceof DoesNotFit)) throw error;
      fault = error.fault;
    }
  }
  throw new Refusal(
    `The letters of ${visit.name} (${language}) do not fit on a page: ${fault.en}.`,
    `Les lettres (${pathOf(visit)}, ${language}) ne tiennent pas sur une page\u00a0: ${fault.fr}.`,
  );
}

/** Throws Refusal when there can be no letters. */
export function openOffice(visit: Visit, site: string, paperName: PaperName): Office {
  const { lead: definition } = visit;
  const { electionId, contact } = definition;
  if (contact === undefined) {
    throw new Refusal(
      `Election ${electionId} has no contact: its definition must say whom a voter calls who lost the letter, and at what number.`,
      `L’élection ${electionId} n’a pas de contact\u00a0: sa définition doit dire qui appeler, et à quel numéro, quand on a perdu sa lettre.`,
    );
  }
  const codes = codesOf(definition);
  const paper = PAPERS[paperName];
  const ballot = ballots(visit, site);
  const layout = (language: Language): Layout =>
    layoutFor(paper, letterTexts(language, visit, codes, contact, site), language, visit, ballot);
  return { definition, codes, paper, layouts: { fr: layout("fr"), en: layout("en") }, ballot };
}
