import type { Language } from "#core/language.ts";
import type { Draft } from "#web/office/elections/draft.ts";
import type { OfficeWords } from "#web/office/messages/office-words-en.ts";

/** What the form calls a place of a definition. */

type Words = OfficeWords["officeElections"]["editor"];

function labelOf(t: Words, field: string): string {
  const labels: Readonly<Record<string, string>> = {
    title: t.titleField,
    question: t.question,
    summary: t.summary,
    contact: t.contact,
    votingMethod: t.method,
    opensAt: t.opensDay,
    closesAt: t.closesDay,
    timeZone: t.zone,
    results: t.results,
    minimumBallots: t.minimum,
    verification: t.verification,
    withdrawn: t.withdrawn,
    paper: t.paper,
    quorum: t.quorum,
    requiredMajority: t.majority,
    kind: t.majority,
    share: t.majorityShare,
    seats: t.seats,
    maxChoices: t.maxChoices,
    maxRankings: t.maxRankings,
    tieBreakOrder: t.tieBreak,
    name: t.name,
    colour: t.colour,
    firstName: t.firstName,
    lastName: t.lastName,
    regionIds: t.standsIn,
    bio: t.bio,
    photo: t.photo,
    issuer: t.issuer,
    clientId: t.clientId,
    claim: t.claim,
    audience: t.audience,
    regions: t.sections.regions,
    parties: t.sections.parties,
    candidates: t.sections.candidates,
    identity: t.identify,
    credentialFields: t.sections.voters,
    electionId: t.sections.texts,
    regionId: t.id,
    candidateId: t.id,
    partyId: t.id,
  };
  return labels[field] ?? field;
}

/** Whom or what an item of a list is about. */
function itemOf(t: Words, language: Language, draft: Draft, list: string, index: number): string {
  if (list === "candidates") {
    const named = draft.candidates[index];
    return t.candidate(`${named?.firstName ?? ""} ${named?.lastName ?? ""}`.trim());
  }
  const name = (list === "regions" ? draft.regions : draft.parties)[index]?.name[language] ?? "";
  return name === "" ? `${labelOf(t, list)}, ${index + 1}` : name;
}

export function placeWords(t: Words, language: Language, draft: Draft, path: readonly PropertyKey[]): string {
  const [list, index, ...below] = path;
  const isItem = typeof list === "string" && typeof index === "number";
  const [field, side] = isItem ? below : path;
  if (field === undefined) return isItem ? itemOf(t, language, draft, list, index) : "";
  // A candidate's party is chosen by its name.
  const ofCandidate = list === "candidates" && field === "partyId" ? t.party : undefined;
  const isOwn = field === "identity" || field === "requiredMajority";
  const label = ofCandidate ?? labelOf(t, String(isOwn ? (side ?? field) : field));
  const inLanguage = side === "fr" ? t.inFrench(label) : side === "en" ? t.inEnglish(label) : label;
  return isItem ? `${itemOf(t, language, draft, list, index)}, ${inLanguage}` : inLanguage;
}
