import { clockTime } from "#core/clock-times.ts";
import { normaliseCredential } from "#core/credential.ts";
import { type BilingualText, DEFAULT_TIME_ZONE, IDENTIFIER_FORM } from "#core/election.ts";
import type { CandidateSheet, ListedCandidate } from "#spreadsheet/candidates.ts";

/** A definition made of candidates that were listed in a sheet, with something plausible for all that the sheet cannot tell. */

export const NEW_METHODS = ["single_choice", "choose", "ranked_choice", "stv"] as const;
export type NewMethod = (typeof NEW_METHODS)[number];

export type DefinitionWishes = Readonly<{
  id?: string;
  titleFr?: string;
  titleEn?: string;
  method?: NewMethod;
  /** How many each region elects, where the method has seats. */
  seats?: number;
  opens?: string;
  closes?: string;
  timeZone?: string;
}>;

/** What was made up, and is for the officer to put right. */
export type Assumption =
  | Readonly<{ kind: "opensAt" | "closesAt" | "timeZone" | "electionId" | "titleFr" | "titleEn"; value: string }>
  | Readonly<{ kind: "rule"; name: string; value: number }>
  | Readonly<{ kind: "oneLanguage"; column: string }>
  | Readonly<{ kind: "noTieBreakOrder" | "regionNames" | "oneRegion" | "colours" | "accents" | "credentials" }>;

export type Drafted = Readonly<{
  /** To be checked: the wishes may not fit the candidates. */
  definition: Readonly<Record<string, unknown>>;
  candidates: number;
  regions: number;
  parties: number;
  assumed: readonly Assumption[];
}>;

/** Told apart in both themes; the officer may know the parties' own. */
const COLOURS = ["#0b4f9e", "#b3261e", "#1b6e3b", "#946200", "#7a2e9e", "#00687a", "#8a3b12", "#4a5568"];

const MOST_RANKS = 50;
const DAY_MS = 86_400_000;
/** Made-up times: a week of voting, in a month. */
const OPENS_IN_DAYS = 30;
const CLOSES_IN_DAYS = 37;

export function slugOf(text: string): string {
  const ascii = text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return ascii
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 36)
    .replaceAll(/^-|-$/g, "");
}

/** Gives each name an id: its own if it is one, else made of its letters. Names that are read alike are one. */
function idGiver(prefix: string): (name: string) => Readonly<{ id: string; isNew: boolean }> {
  const ids = new Map<string, string>();
  return (name) => {
    const known = ids.get(normaliseCredential(name));
    if (known !== undefined) return { id: known, isNew: false };
    const own = IDENTIFIER_FORM.test(name) ? name : slugOf(name) || prefix;
    const taken = new Set(ids.values());
    let id = own;
    for (let number = 2; taken.has(id); number++) id = `${own}-${number}`;
    ids.set(normaliseCredential(name), id);
    return { id, isNew: true };
  };
}

const EVERY_REGION = new Set(["ALL", "TOUTES", "TOUTESLESREGIONS", "ALLREGIONS"]);

function regionsOf(candidates: readonly ListedCandidate[]) {
  const idOf = idGiver("region");
  const regions: { regionId: string; name: BilingualText }[] = [];
  const isEvery = (region: string): boolean => EVERY_REGION.has(normaliseCredential(region));
  for (const written of candidates.flatMap(({ regions: standsIn }) => standsIn)) {
    if (isEvery(written)) continue;
    const { id, isNew } = idOf(written);
    const isNumber = /^\d+$/.test(written);
    const name = isNumber ? { fr: `Région ${written}`, en: `Region ${written}` } : { fr: written, en: written };
    if (isNew) regions.push({ regionId: id, name });
  }
  if (regions.length === 0) regions.push({ regionId: "1", name: { fr: "Toutes les régions", en: "All regions" } });
  const everyId = regions.map(({ regionId }) => regionId);
  const idsOf = ({ regions: standsIn }: ListedCandidate): readonly string[] =>
    standsIn.length === 0 || standsIn.some(isEvery) ? everyId : [...new Set(standsIn.map((region) => idOf(region).id))];
  return { regions, idsOf };
}

function partiesOf(candidates: readonly ListedCandidate[]) {
  const idOf = idGiver("party");
  const parties: { partyId: string; name: BilingualText; colour: string }[] = [];
  for (const { party } of candidates) {
    if (party === undefined) continue;
    const { id, isNew } = idOf(party.en);
    if (isNew)
      parties.push({ partyId: id, name: party, colour: COLOURS[parties.length % COLOURS.length] ?? "#000000" });
  }
  return { parties, idOf };
}

function timesOf({ opens, closes }: DefinitionWishes, timeZone: string, atMs: number) {
  const made = (days: number, clock: string): string => {
    const day = new Date(atMs + days * DAY_MS).toISOString().slice(0, 10);
    return clockTime(`${day}T${clock}`, timeZone) ?? `${day}T${clock}Z`;
  };
  return {
    opensAt: opens ?? made(OPENS_IN_DAYS, "09:00:00"),
    closesAt: closes ?? made(CLOSES_IN_DAYS, "20:00:00"),
  };
}

/** What the method asks for besides candidates. */
function rulesOf(method: NewMethod, seats: number, mostStanding: number): Readonly<Record<string, number>> {
  const maxRankings = Math.min(MOST_RANKS, mostStanding);
  switch (method) {
    case "single_choice":
      return {};
    case "choose":
      return { seats, maxChoices: seats };
    case "ranked_choice":
      return { maxRankings };
    case "stv":
      return { seats, maxRankings };
    default:
      return method satisfies never;
  }
}

/** The definition of an election of these candidates. @param name of the sheet, which its id is made of @param atMs what made-up times count from */
export function definitionOf(sheet: CandidateSheet, name: string, wishes: DefinitionWishes, atMs: number): Drafted {
  const { titleFr, titleEn, method = "single_choice", seats = 1, timeZone = DEFAULT_TIME_ZONE } = wishes;
  const electionId = wishes.id ?? (slugOf(name.replace(/\.[^.]*$/, "")) || "election");
  const { regions, idsOf } = regionsOf(sheet.candidates);
  const { parties, idOf: partyIdOf } = partiesOf(sheet.candidates);
  const candidates = sheet.candidates.map((listed, index) => ({
    candidateId: `${index + 1}`,
    ...(listed.firstName !== "" && { firstName: listed.firstName }),
    ...(listed.lastName !== "" && { lastName: listed.lastName }),
    ...(listed.party && { partyId: partyIdOf(listed.party.en).id }),
    regionIds: idsOf(listed),
    ...(listed.bio && { bio: listed.bio }),
    ...(listed.photo && { photo: listed.photo }),
  }));
  const title = {
    fr: titleFr ?? titleEn ?? `Élection ${electionId}`,
    en: titleEn ?? titleFr ?? `Election ${electionId}`,
  };
  const times = timesOf(wishes, timeZone, atMs);
  const standing = regions.map(({ regionId }) => candidates.filter(({ regionIds }) => regionIds.includes(regionId)));
  const rules = rulesOf(method, seats, Math.max(...standing.map(({ length }) => length)));
  const assumed: readonly Assumption[] = [
    ...(wishes.opens === undefined ? [{ kind: "opensAt", value: times.opensAt } as const] : []),
    ...(wishes.closes === undefined ? [{ kind: "closesAt", value: times.closesAt } as const] : []),
    ...(wishes.timeZone === undefined ? [{ kind: "timeZone", value: timeZone } as const] : []),
    ...(wishes.id === undefined ? [{ kind: "electionId", value: electionId } as const] : []),
    ...(titleFr === undefined ? [{ kind: "titleFr", value: title.fr } as const] : []),
    ...(titleEn === undefined ? [{ kind: "titleEn", value: title.en } as const] : []),
    ...Object.entries(rules).map(([rule, value]) => ({ kind: "rule", name: rule, value }) as const),
    ...(method === "single_choice" ? [] : [{ kind: "noTieBreakOrder" } as const]),
    { kind: sheet.hasRegions ? "regionNames" : "oneRegion" },
    ...(parties.length > 0 ? [{ kind: "colours" } as const] : []),
    ...sheet.inOneLanguage.map((column) => ({ kind: "oneLanguage", column }) as const),
    ...(sheet.encoding === "windows-1252" ? [{ kind: "accents" } as const] : []),
    { kind: "credentials" },
  ];
  return {
    definition: { electionId, votingMethod: method, title, ...times, timeZone, regions, parties, candidates, ...rules },
    candidates: candidates.length,
    regions: regions.length,
    parties: parties.length,
    assumed,
  };
}
