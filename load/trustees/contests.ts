import { ElectionDefinition } from "#core/election.ts";
import type { Selection } from "#core/selection.ts";
import { CARD_CODE_PATTERN } from "#core/voting-code.ts";

/** Small elections whose key trustees hold, one of each kind of contest, and who votes what. */

/** A selection, or one that the voter marks for a buyer with another counter than the smallest. */
export type Vote = Readonly<{ regionId: string; selection: Selection; isMarked?: boolean }>;
export type Contest = Readonly<{
  definition: ElectionDefinition;
  votes: readonly Vote[];
  /** Of each region, how many voters stay at home. */
  atHome: number;
}>;

const COMMON = {
  opensAt: "2026-03-01T13:00:00Z",
  closesAt: "2026-03-02T01:00:00Z",
  results: "after_close",
  trust: "trustees",
  minimumBallots: 1,
  allowBlank: true,
  credentialFields: [
    {
      name: "number",
      label: { fr: "Numéro de la carte", en: "Card number" },
      pattern: "[0-9]{9}",
      identity: true,
    },
    {
      name: "code",
      label: { fr: "Code", en: "Code" },
      pattern: CARD_CODE_PATTERN,
      hasCheckCharacter: true,
    },
  ],
};

const regions = ["1", "2"].map((regionId) => ({
  regionId,
  name: { fr: `Région ${regionId}`, en: `Region ${regionId}` },
}));
const candidate = (candidateId: string, lastName: string, regionIds: readonly string[]) => ({
  ...{ candidateId, firstName: "Ada", lastName, regionIds },
});

const choice = (answer: "oui" | "non"): Vote => ({ regionId: "all", selection: { kind: "choice", choice: answer } });
const blank: Vote = { regionId: "all", selection: { kind: "blank" } };
const marked: Vote = { ...choice("oui"), isMarked: true };

/** Twelve ballots, of which one is blank and one spoiled. */
const law = (): Contest => ({
  definition: ElectionDefinition.parse({
    ...COMMON,
    electionId: "LAW-12",
    votingMethod: "referendum",
    title: { fr: "Loi", en: "Law" },
    question: { fr: "Êtes-vous d’accord ?", en: "Do you agree?" },
  }),
  votes: [
    ...Array.from({ length: 6 }, () => choice("oui")),
    ...Array.from({ length: 4 }, () => choice("non")),
    blank,
    marked,
  ],
  atHome: 2,
});

const forOne = (regionId: string, candidateId: string): Vote => ({
  regionId,
  selection: { kind: "candidate", candidateId },
});

/** A single choice in two regions of as many ballots. */
const single = (): Contest => ({
  definition: ElectionDefinition.parse({
    ...COMMON,
    electionId: "SINGLE-2",
    votingMethod: "single_choice",
    title: { fr: "Élection", en: "Election" },
    regions,
    parties: [],
    candidates: [candidate("a", "Roy", ["1"]), candidate("b", "Lee", ["1", "2"]), candidate("c", "Fox", ["2"])],
  }),
  votes: [...["a", "a", "b"].map((id) => forOne("1", id)), ...["b", "c", "c"].map((id) => forOne("2", id))],
  atHome: 1,
});

const ranking = (...candidateIds: readonly string[]): Vote => ({
  regionId: "1",
  selection: { kind: "ranking", candidateIds },
});

const ranked = (): Contest => ({
  definition: ElectionDefinition.parse({
    ...COMMON,
    electionId: "RANKED-1",
    votingMethod: "ranked_choice",
    title: { fr: "Mairie", en: "Mayor" },
    regions: regions.slice(0, 1),
    parties: [],
    candidates: [candidate("x", "Roy", ["1"]), candidate("y", "Lee", ["1"]), candidate("z", "Fox", ["1"])],
    maxRankings: 3,
  }),
  votes: [ranking("x", "y"), ranking("y"), ranking("z", "y", "x"), ranking("y", "x"), ranking("x")],
  atHome: 1,
});

export const CONTESTS = { law, single, ranked } as const;
export type ContestName = keyof typeof CONTESTS;
