import { ElectionDefinition } from "#core/election.ts";
import { CARD_CODE_PATTERN } from "#core/voting-code.ts";

/** The three kinds of contest, each a small election of which trustees hold the key. */

export const QUESTION_NAMES = ["law", "single", "ranked"] as const;
export type QuestionName = (typeof QUESTION_NAMES)[number];

export type Hours = Readonly<{ opensAt: string; closesAt: string }>;

const COMMON = {
  results: "after_close",
  trust: "trustees",
  minimumBallots: 1,
  allowBlank: true,
  credentialFields: [
    { name: "number", label: { fr: "Numéro de la carte", en: "Card number" }, pattern: "[0-9]{9}", identity: true },
    { name: "code", label: { fr: "Code", en: "Code" }, pattern: CARD_CODE_PATTERN, hasCheckCharacter: true },
  ],
};

const REGIONS = [
  { regionId: "east", name: { fr: "Est", en: "East" } },
  { regionId: "west", name: { fr: "Ouest", en: "West" } },
];
const standing = (candidateId: string, lastName: string, ...regionIds: readonly string[]) => ({
  ...{ candidateId, firstName: "Ada", lastName, regionIds },
});

const OWN = {
  law: {
    electionId: "trustees-law",
    votingMethod: "referendum",
    title: { fr: "Loi sur les archives", en: "Archives Act" },
    question: { fr: "Êtes-vous d’accord avec la loi ?", en: "Do you agree with this Act?" },
  },
  single: {
    electionId: "trustees-single",
    votingMethod: "single_choice",
    title: { fr: "Conseil", en: "Council" },
    ...{ regions: REGIONS, parties: [] },
    candidates: [
      standing("roy", "Roy", "east"),
      standing("lee", "Lee", "east", "west"),
      standing("fox", "Fox", "west"),
    ],
  },
  ranked: {
    electionId: "trustees-ranked",
    votingMethod: "ranked_choice",
    title: { fr: "Mairie", en: "Mayor" },
    ...{ regions: REGIONS.slice(0, 1), parties: [], maxRankings: 3 },
    candidates: [standing("roy", "Roy", "east"), standing("lee", "Lee", "east"), standing("fox", "Fox", "east")],
  },
} as const satisfies Record<QuestionName, object>;

export const questionOf = (name: QuestionName, hours: Hours): ElectionDefinition =>
  ElectionDefinition.parse({ ...COMMON, ...OWN[name], ...hours });
