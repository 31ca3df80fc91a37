import { canonicalJson } from "#core/canonical-json.ts";
import { candidateName } from "#core/contest.ts";
import type { BilingualText, Candidate, ElectionDefinition } from "#core/election.ts";

/**
 * Texts of a definition that may be corrected after its opening: how names are spelt, biographies, the summary and the contact. A place
 * is written `candidates.17.lastName`, `parties.green.name`, `summary`. Needs no schema.
 */

export type Correction = NonNullable<ElectionDefinition["corrections"]>[number];
export type Corrected = Omit<Correction, "correctedAt">;
type Text = Correction["to"];

const CANDIDATE_TEXTS = ["firstName", "lastName", "bio"] as const;
const TEXTS = ["summary", "contact"] as const;

const isSame = (one: unknown, other: unknown): boolean => canonicalJson(one ?? null) === canonicalJson(other ?? null);

/** Whether a definition has a place of this name, filled or empty. */
export function hasPlace(definition: ElectionDefinition, place: string): boolean {
  const [list, id, field] = place.split(".");
  if (TEXTS.some((name) => name === place)) return true;
  if (definition.votingMethod === "referendum") return false;
  if (list === "parties") return field === "name" && definition.parties.some(({ partyId }) => partyId === id);
  const isText = CANDIDATE_TEXTS.some((text) => text === field);
  return list === "candidates" && isText && definition.candidates.some(({ candidateId }) => candidateId === id);
}

/** What stands in a place; null where it is empty or there is none. */
export function textAt(definition: ElectionDefinition, place: string): Text | null {
  const [list, id, field] = place.split(".");
  for (const name of TEXTS) if (list === name) return definition[name] ?? null;
  if (definition.votingMethod === "referendum") return null;
  if (list === "parties") return definition.parties.find(({ partyId }) => partyId === id)?.name ?? null;
  const candidate = definition.candidates.find(({ candidateId }) => candidateId === id);
  const name = CANDIDATE_TEXTS.find((text) => text === field);
  return name === undefined ? null : (candidate?.[name] ?? null);
}

function withText<T extends ElectionDefinition>(definition: T, place: string, text: Text): T {
  const [list, id, field = ""] = place.split(".");
  if (list === "summary" || list === "contact") return { ...definition, [list]: text };
  if (definition.votingMethod === "referendum") return definition;
  if (list === "parties") {
    const parties = definition.parties.map((party) => (party.partyId === id ? { ...party, name: text } : party));
    return { ...definition, parties };
  }
  const candidates = definition.candidates.map((candidate) =>
    candidate.candidateId === id ? { ...candidate, [field]: text } : candidate,
  );
  return { ...definition, candidates };
}

/** The texts in which two definitions differ that may be corrected. */
export function correctionsBetween(before: ElectionDefinition, after: ElectionDefinition): readonly Corrected[] {
  const race = before.votingMethod === "referendum" ? { parties: [], candidates: [] } : before;
  const places = [
    ...TEXTS,
    ...race.parties.map(({ partyId }) => `parties.${partyId}.name`),
    ...race.candidates.flatMap(({ candidateId }) => CANDIDATE_TEXTS.map((text) => `candidates.${candidateId}.${text}`)),
  ];
  return places.flatMap((of) => {
    const [from, to] = [textAt(before, of), textAt(after, of)];
    return to === null || isSame(from, to) ? [] : [{ of, from, to }];
  });
}

/** What stood in the place of each biography that was corrected, by candidate: first what was fixed, last what stands there now. */
export function correctedBiographies({
  corrections = [],
}: ElectionDefinition): ReadonlyMap<string, readonly (Text | null)[]> {
  const texts = new Map<string, (Text | null)[]>();
  for (const { of, from, to } of corrections) {
    if (!of.endsWith(".bio")) continue;
    const candidateId = of.split(".")[1] ?? "";
    texts.set(candidateId, [...(texts.get(candidateId) ?? [from]), to]);
  }
  return texts;
}

/** The definition with these corrections, which it tells. */
export function withCorrections<T extends ElectionDefinition>(
  definition: T,
  corrected: readonly Corrected[],
  atIso: string,
): T {
  const after = corrected.reduce((so, { of, to }) => withText(so, of, to), definition);
  const told = corrected.map((each) => ({ correctedAt: atIso, ...each }));
  return { ...after, corrections: [...(definition.corrections ?? []), ...told] };
}

/** Whether a place holds a biography of a definition whose biographies are kept apart: until it is corrected, nobody knows it here. */
function isApart(definition: ElectionDefinition, place: string): boolean {
  return definition.votingMethod !== "referendum" && definition.biographies !== undefined && place.endsWith(".bio");
}

/**
 * A definition's file, which may have texts as they were, with the corrections of the registered one. A corrected biography stands in the
 * definition, also where the others are kept apart.
 */
export function withCorrectionsOf<T extends ElectionDefinition>(registered: ElectionDefinition, definition: T): T {
  const { corrections } = registered;
  if (corrections === undefined) return definition;
  const after = corrections.reduce(
    (so, { of, from, to }) => (isApart(so, of) || isSame(textAt(so, of), from) ? withText(so, of, to) : so),
    definition,
  );
  return { ...after, corrections };
}

const namesIn = (definition: ElectionDefinition): readonly Candidate[] =>
  definition.votingMethod === "referendum" ? [] : definition.candidates;

/** Whom voters choose by name: candidates, or their parties. */
type Named = Readonly<{ id: string; names: readonly string[] }>;

const CANDIDATES = (definition: ElectionDefinition): readonly Named[] =>
  namesIn(definition).map((candidate) => ({ id: candidate.candidateId, names: [candidateName(candidate)] }));
const PARTIES = (definition: ElectionDefinition): readonly Named[] =>
  definition.votingMethod === "referendum"
    ? []
    : definition.parties.map(({ partyId, name }) => ({ id: partyId, names: [name.fr, name.en] }));

/** What readers tell names apart by: not spaces, hyphens, accents or capitals. */
const folded = (name: string): string =>
  name
    .normalize("NFKD")
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
const foldedNames = ({ names }: Named): ReadonlySet<string> => new Set(names.map(folded));

/** Whether somebody's new name is one that another has, or had when the opening was stated. */
function takesAnothersName(stated: readonly Named[], before: readonly Named[], after: readonly Named[]): boolean {
  const others = [...stated, ...after].map((one) => ({ id: one.id, folds: foldedNames(one) }));
  const earlier = new Map(before.map((one) => [one.id, one.names]));
  return after.some(({ id, names }) => {
    const renamed = names.filter((name, index) => earlier.get(id)?.[index] !== name).map(folded);
    return renamed.some((name) => others.some((other) => other.id !== id && other.folds.has(name)));
  });
}

/**
 * What keeps corrections from being no more than that: they begin with another text, or give a candidate or a party the name that
 * another has, or had when the opening was stated.
 */
export function correctionFault(
  stated: ElectionDefinition,
  before: ElectionDefinition,
  corrected: readonly Corrected[],
): "another-text" | "name-of-another" | undefined {
  const isAnother = ({ of, from }: Corrected): boolean => {
    const there = textAt(before, of);
    return !isSame(there, from) && !(there === null && isApart(before, of));
  };
  if (corrected.some(isAnother)) return "another-text";
  const after = withCorrections(before, corrected, "");
  const isTaken = [CANDIDATES, PARTIES].some((named) => takesAnothersName(named(stated), named(before), named(after)));
  return isTaken ? "name-of-another" : undefined;
}

/** The corrections that concern a region's ballot; without a region, all. */
export function correctionsIn(definition: ElectionDefinition, regionId: string | undefined): readonly Correction[] {
  const standsElsewhere = new Set(
    namesIn(definition)
      .filter(({ regionIds }) => regionId !== undefined && !regionIds.includes(regionId))
      .map(({ candidateId }) => candidateId),
  );
  return (definition.corrections ?? []).filter(({ of }) => {
    const [list, id = ""] = of.split(".");
    return list !== "candidates" || !standsElsewhere.has(id);
  });
}

const SHOWN_CHARACTERS = 80;

/** A corrected text in a language, shortened. */
export function shownText(text: Text | null, language: keyof BilingualText): string {
  const whole = text === null ? "" : typeof text === "string" ? text : text[language];
  return whole.length > SHOWN_CHARACTERS ? `${whole.slice(0, SHOWN_CHARACTERS).trimEnd()}…` : whole;
}
