import { access } from "node:fs/promises";
import { basename } from "node:path";
import { type ListedCandidate, readCandidateSheet } from "#admin/elections/candidate-sheet.ts";
import { describeBadRows } from "#admin/roll/bad-rows.ts";
import { writeWholeFile } from "#admin/shared/whole-file.ts";
import { clockTime } from "#core/clock-times.ts";
import { normaliseCredential } from "#core/credential.ts";
import { definitionWarnings, describeFaults } from "#core/definition-faults.ts";
import {
  type BilingualText,
  DEFAULT_TIME_ZONE,
  ElectionDefinition,
  IDENTIFIER_FORM,
  isTimeZone,
} from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import { limitsExceeded } from "#storage/definition-limits.ts";

/** A definition made from a sheet of candidates, with something plausible for all that the sheet cannot tell. */

export const NEW_METHODS = ["single_choice", "choose", "ranked_choice", "stv"] as const;
type NewMethod = (typeof NEW_METHODS)[number];

export type NewOptions = Readonly<{
  from: string;
  out: string;
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

export type NewDefinition = Readonly<{
  candidates: number;
  regions: number;
  parties: number;
  /** What was made up, and is for the officer to put right. */
  assumed: readonly string[];
  warnings: readonly string[];
}>;

/** Told apart in both themes; the officer may know the parties' own. */
const COLOURS = ["#0b4f9e", "#b3261e", "#1b6e3b", "#946200", "#7a2e9e", "#00687a", "#8a3b12", "#4a5568"];

const MOST_RANKS = 50;
const DAY_MS = 86_400_000;
/** Made-up times: a week of voting, in a month. */
const OPENS_IN_DAYS = 30;
const CLOSES_IN_DAYS = 37;

function slugOf(text: string): string {
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

function timesOf({ opens, closes }: NewOptions, timeZone: string, atMs: number) {
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

/** Whether a file has this name. */
const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Writes a definition for the candidates of a sheet. Throws Refusal, with every fault by its line, and then writes nothing. */
export async function newDefinition(options: NewOptions, atMs = Date.now()): Promise<NewDefinition> {
  const { from, out, titleFr, titleEn, method = "single_choice", seats = 1, timeZone = DEFAULT_TIME_ZONE } = options;
  if (await isThere(out)) throw new Refusal(`${out} exists already: give another file, or remove it first.`);
  if (!isTimeZone(timeZone))
    throw new Refusal(`timeZone: not an IANA time zone such as ${DEFAULT_TIME_ZONE}, by its area and city, or UTC.`);
  const sheet = await readCandidateSheet(from);
  if (sheet.bad.length > 0) {
    throw new Refusal(`${basename(from)}: nothing was written, for ${describeBadRows(sheet.bad.length, sheet.bad)}`);
  }
  if (sheet.candidates.length === 0) throw new Refusal(`${basename(from)}: this sheet has no candidates.`);

  const electionId = options.id ?? (slugOf(basename(from).replace(/\.[^.]*$/, "")) || "election");
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
  const json = {
    electionId,
    votingMethod: method,
    title: { fr: titleFr ?? titleEn ?? `Élection ${electionId}`, en: titleEn ?? titleFr ?? `Election ${electionId}` },
    ...timesOf(options, timeZone, atMs),
    timeZone,
    regions,
    parties,
    candidates,
  };
  const standing = regions.map(({ regionId }) => candidates.filter(({ regionIds }) => regionIds.includes(regionId)));
  const rules = rulesOf(method, seats, Math.max(...standing.map(({ length }) => length)));
  const definition = { ...json, ...rules };
  const parsed = ElectionDefinition.safeParse(definition);
  const faults = [...describeFaults(definition), ...(parsed.success ? limitsExceeded(parsed.data) : [])];
  if (!parsed.success || faults.length > 0) throw new Refusal(faults.map((fault) => `${out}: ${fault}`).join("\n"));
  await writeWholeFile(out, [`${JSON.stringify(definition, null, 2)}\n`]);

  const assumed = [
    ...(options.opens === undefined ? [`opensAt ${json.opensAt} (--opens)`] : []),
    ...(options.closes === undefined ? [`closesAt ${json.closesAt} (--closes)`] : []),
    ...(options.timeZone === undefined ? [`timeZone ${timeZone} (--time-zone)`] : []),
    ...(options.id === undefined ? [`electionId ${electionId}, which never changes later (--id)`] : []),
    ...(titleFr === undefined ? [`title.fr “${json.title.fr}” (--title-fr)`] : []),
    ...(titleEn === undefined ? [`title.en “${json.title.en}” (--title-en)`] : []),
    ...Object.entries(rules).map(([name, value]) => `${name} ${value}`),
    ...(method === "single_choice" ? [] : ["no tieBreakOrder"]),
    ...(sheet.hasRegions
      ? ["the regions' names"]
      : ["regions: one for everybody, since the sheet has no column region"]),
    ...(parties.length > 0 ? ["the parties' colours"] : []),
    ...sheet.inOneLanguage.map((name) => `${name}: the sheet has it in one language, and it stands in both`),
    ...(sheet.encoding === "windows-1252" ? ["accents: the sheet was read as Windows-1252"] : []),
    "credentialFields: nas and a code of eleven characters; contact: nobody",
  ];
  return {
    candidates: candidates.length,
    regions: regions.length,
    parties: parties.length,
    assumed,
    warnings: definitionWarnings(parsed.data),
  };
}
