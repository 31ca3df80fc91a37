import type { BilingualText, ElectionDefinition } from "#core/election.ts";
import { type DraftIdentity, fieldsOfIdentity, identityOf } from "#web/office/elections/draft-identity.ts";
import { type Fields, fieldsOf, listOf, textOf } from "#web/office/elections/json-fields.ts";

/** A definition while it is written: every field has a form that its control can show, whatever is missing or wrong. */

export type Method = ElectionDefinition["votingMethod"];
export const METHODS = [
  "referendum",
  "single_choice",
  "choose",
  "ranked_choice",
  "stv",
] as const satisfies readonly Method[];

export type DraftRegion = Readonly<{ regionId: string; name: BilingualText }>;
export type DraftParty = Readonly<{ partyId: string; name: BilingualText; colour: string }>;
export type DraftCandidate = Readonly<{
  candidateId: string;
  firstName: string;
  lastName: string;
  /** Empty for an independent. */
  partyId: string;
  regionIds: readonly string[];
  bio: BilingualText;
  photo: string;
  /** What the editor does not show. */
  rest: Readonly<Record<string, unknown>>;
}>;

/** Numbers are kept as they are typed. Texts that may be left out are left out where both languages are empty. */
export type Draft = Readonly<{
  electionId: string;
  votingMethod: Method;
  title: BilingualText;
  question: BilingualText;
  summary: BilingualText;
  contact: BilingualText;
  opensAt: string;
  closesAt: string;
  timeZone: string;
  results: string;
  minimumBallots: string;
  allowBlank: boolean;
  verification: string;
  test: boolean;
  paper: string;
  quorum: string;
  majorityKind: string;
  majorityShare: string;
  seats: string;
  maxChoices: string;
  maxRankings: string;
  withdrawn: string;
  /** Candidates' ids, separated by commas. */
  tieBreakOrder: string;
  regions: readonly DraftRegion[];
  parties: readonly DraftParty[];
  candidates: readonly DraftCandidate[];
  /** Undefined where voters type credentials. */
  identity: DraftIdentity | undefined;
  /** What the editor does not show, such as what voters type. */
  rest: Readonly<Record<string, unknown>>;
}>;

function bothOf(value: unknown): BilingualText {
  const { fr, en } = fieldsOf(value);
  return { fr: textOf(fr), en: textOf(en) };
}

const isMethod = (value: unknown): value is Method => METHODS.some((method) => method === value);

/** A definition of any state, as read from JSON, for the editor. @param electionId where it says none */
export function draftOf(json: unknown, electionId: string): Draft {
  const {
    $schema: _,
    biographies: __,
    electionId: id,
    votingMethod,
    title,
    question,
    summary,
    contact,
    opensAt,
    closesAt,
    timeZone,
    results,
    minimumBallots,
    allowBlank,
    verification,
    test,
    paper,
    quorum,
    requiredMajority,
    seats,
    maxChoices,
    maxRankings,
    withdrawn,
    tieBreakOrder,
    regions,
    parties,
    candidates,
    identity,
    ...rest
  } = fieldsOf(json);
  const { kind, share } = fieldsOf(requiredMajority);
  return {
    electionId: textOf(id) || electionId,
    votingMethod: isMethod(votingMethod) ? votingMethod : "single_choice",
    title: bothOf(title),
    question: bothOf(question),
    summary: bothOf(summary),
    contact: bothOf(contact),
    opensAt: textOf(opensAt),
    closesAt: textOf(closesAt),
    timeZone: textOf(timeZone) || "America/Toronto",
    results: textOf(results) || "after_close",
    minimumBallots: textOf(minimumBallots) || "10",
    allowBlank: allowBlank === true,
    verification: textOf(verification) || "public",
    test: test === true,
    paper: textOf(paper),
    quorum: textOf(quorum),
    majorityKind: textOf(kind) || "more-than",
    majorityShare: textOf(share) || "0.5",
    seats: textOf(seats) || "1",
    maxChoices: textOf(maxChoices) || "1",
    maxRankings: textOf(maxRankings) || "3",
    withdrawn: textOf(withdrawn) || "void",
    tieBreakOrder: Array.isArray(tieBreakOrder) ? tieBreakOrder.map(textOf).join(", ") : "",
    regions: listOf(regions).map(({ regionId, name }) => ({ regionId: textOf(regionId), name: bothOf(name) })),
    parties: listOf(parties).map(({ partyId, name, colour }) => {
      return { partyId: textOf(partyId), name: bothOf(name), colour: textOf(colour) };
    }),
    candidates: listOf(candidates).map(
      ({ candidateId, firstName, lastName, partyId, regionIds, bio, photo, ...others }) => ({
        candidateId: textOf(candidateId),
        firstName: textOf(firstName),
        lastName: textOf(lastName),
        partyId: textOf(partyId),
        regionIds: Array.isArray(regionIds) ? regionIds.map(textOf) : [],
        bio: bothOf(bio),
        photo: textOf(photo),
        rest: others,
      }),
    ),
    identity: identity === undefined ? undefined : identityOf(identity),
    rest,
  };
}

const isEmpty = ({ fr, en }: BilingualText): boolean => fr.trim() === "" && en.trim() === "";
const whereSaid = (name: string, text: BilingualText): Fields => (isEmpty(text) ? {} : { [name]: text });
const whereGiven = (name: string, text: string): Fields => (text.trim() === "" ? {} : { [name]: text.trim() });
/** What is no whole number stays as it was typed, and is told as a fault. */
const numberOf = (text: string): number | string => (/^\d+$/.test(text.trim()) ? Number(text) : text.trim());
/** With a decimal point, or with the comma of French. */
const shareOf = (text: string): number | string => {
  const written = text.trim();
  return /^\d+(?:[.,]\d+)?$/.test(written) ? Number(written.replace(",", ".")) : written;
};

function rulesOf(draft: Draft): Fields {
  const ids = draft.tieBreakOrder
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  const order = ids.length === 0 ? {} : { tieBreakOrder: ids };
  const seats = { seats: numberOf(draft.seats) };
  const maxRankings = { maxRankings: numberOf(draft.maxRankings) };
  switch (draft.votingMethod) {
    case "referendum":
      return {
        question: draft.question,
        ...(draft.quorum.trim() !== "" && { quorum: shareOf(draft.quorum) }),
        requiredMajority: { kind: draft.majorityKind, share: shareOf(draft.majorityShare) },
      };
    case "single_choice":
      return draft.withdrawn === "void" ? {} : { withdrawn: draft.withdrawn };
    case "choose":
      return { ...seats, maxChoices: draft.maxChoices.trim() === "all" ? "all" : numberOf(draft.maxChoices), ...order };
    case "ranked_choice":
      return { ...maxRankings, ...order };
    case "stv":
      return { ...seats, ...maxRankings, ...order };
    default:
      return draft.votingMethod satisfies never;
  }
}

function racersOf({ regions, parties, candidates }: Draft): Fields {
  return {
    regions,
    parties,
    candidates: candidates.map(({ candidateId, firstName, lastName, partyId, regionIds, bio, photo, rest }) => ({
      candidateId,
      ...whereGiven("firstName", firstName),
      ...whereGiven("lastName", lastName),
      ...whereGiven("partyId", partyId),
      regionIds,
      ...whereSaid("bio", bio),
      ...whereGiven("photo", photo),
      ...rest,
    })),
  };
}

/** How voters identify: whoever signs in types nothing. What is left out is the default. */
function identificationOf({ identity, rest: { credentialFields } }: Draft): Fields {
  if (identity === undefined) {
    const isLeft = Array.isArray(credentialFields) && credentialFields.length === 0;
    return credentialFields === undefined || isLeft ? {} : { credentialFields };
  }
  return { identity: fieldsOfIdentity(identity) };
}

/** The definition that a draft says, as its file would be. */
export function definitionOfDraft(draft: Draft): Readonly<Record<string, unknown>> {
  const isLaw = draft.votingMethod === "referendum";
  const { credentialFields: _, ...rest } = draft.rest;
  return {
    electionId: draft.electionId,
    votingMethod: draft.votingMethod,
    ...whereGiven("paper", draft.paper),
    ...(draft.test && { test: true }),
    title: draft.title,
    ...whereSaid("summary", draft.summary),
    ...whereSaid("contact", draft.contact),
    opensAt: draft.opensAt,
    closesAt: draft.closesAt,
    timeZone: draft.timeZone,
    results: draft.results,
    minimumBallots: numberOf(draft.minimumBallots),
    allowBlank: draft.allowBlank,
    verification: draft.verification,
    ...rulesOf(draft),
    ...(isLaw ? {} : racersOf(draft)),
    ...identificationOf(draft),
    ...rest,
  };
}

/** An id that no other has: the lowest number. */
export function freeId(taken: readonly string[]): string {
  const used = new Set(taken);
  let id = 1;
  while (used.has(String(id))) id++;
  return String(id);
}

/** The list with the item at a place moved to another. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return list;
  return list.toSpliced(from, 1).toSpliced(to, 0, item);
}

/** Without a region: nobody stands there any more. */
export function withoutRegion(draft: Draft, regionId: string): Draft {
  return {
    ...draft,
    regions: draft.regions.filter((region) => region.regionId !== regionId),
    candidates: draft.candidates.map((candidate) => ({
      ...candidate,
      regionIds: candidate.regionIds.filter((id) => id !== regionId),
    })),
  };
}

/** Without a party: its candidates are independents. */
export function withoutParty(draft: Draft, partyId: string): Draft {
  return {
    ...draft,
    parties: draft.parties.filter((party) => party.partyId !== partyId),
    candidates: draft.candidates.map((candidate) =>
      candidate.partyId === partyId ? { ...candidate, partyId: "" } : candidate,
    ),
  };
}
