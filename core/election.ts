import * as z from "zod/mini";
import { VoterIdentity } from "#core/identity.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { levelFaults } from "#core/trustees/level.ts";
import { CHECKED_CODE_PATTERN } from "#core/voting-code.ts";
import { WHOLE_COUNTRY } from "#core/whole-country.ts";

/**
 * An election's definition: a law put to referendum, or a race of candidates. The one schema that the files in
 * `elections/`, the command line, the API and the site read.
 */

export const IDENTIFIER_FORM = /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/;

/** Part of keys, URLs and rankings: at most 40 letters, digits, `-` and `_`. A number is read as a string. */
export const Identifier = z.pipe(
  z.pipe(z.union([z.string(), z.int().check(z.nonnegative())]), z.transform(String)),
  z.string().check(z.regex(IDENTIFIER_FORM, "letters, digits, - and _ only, 1 to 40 characters")),
);

/** Addresses that no election can have: votes are sent to `/elections/vote`, and a paper's page is below `/vote/paper`. */
const NO_ELECTION_IDS: Readonly<Record<string, string>> = {
  vote: "the address where ballots are cast",
  paper: "the address of papers",
  "signed-in": "where voters come back to from signing in",
};

const textOf = (maxLength: number) => z.string().check(z.minLength(1), z.maxLength(maxLength));

/** A text in both official languages, 1 to 4,000 characters each. */
export const BilingualText = z
  .strictObject({ fr: textOf(4000), en: textOf(4000) })
  .check(z.meta({ id: "BilingualText" }));
export type BilingualText = Readonly<z.infer<typeof BilingualText>>;

export const Instant = z.iso.datetime({ offset: true });
export const DEFAULT_TIME_ZONE = "America/Toronto";

/** An area and a city. `Etc/GMT+5` is an offset, which knows no summer time, and so are abbreviations such as EST. */
const ZONE_NAME = /^(?!Etc\/)[A-Z]\w+(?:\/[A-Z][\w-]*)+$/;

/** Whether the runtime knows this name of the IANA time zone database, older and newer names of a place alike. */
export function isTimeZone(name: string): boolean {
  if (name === "UTC") return true;
  if (!ZONE_NAME.test(name)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    // Capitals matter everywhere else.
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}

const Colour = z.string().check(z.regex(/^#[0-9a-f]{6}$/, "a colour is # and six lower-case hexadecimal digits"));

/** A pattern is matched against the normalised value: letters and digits only, upper case. */
export const CredentialField = z.strictObject({
  name: z
    .string()
    .check(z.regex(/^[a-z][a-z0-9_]{0,39}$/, "a name is a lower-case letter, then up to 39 more, digits or _")),
  label: BilingualText,
  hint: z.optional(BilingualText),
  pattern: z.string().check(
    z.regex(/^(?:\[[A-Z0-9-]+\]|[A-Z0-9])(?:(?:\[[A-Z0-9-]+\]|[A-Z0-9])|\{\d{1,2}(?:,\d{1,2})?\})*$/, {
      error: "a pattern is made of A-Z, 0-9, classes such as [0-9] and counts such as {9}",
    }),
  ),
  inputMode: z._default(z.enum(["numeric", "text"]), "text"),
  /** Whether it is a code as `roll generate` makes them, whose last character checks the others; see core/voting-code.ts. */
  hasCheckCharacter: z.optional(z.boolean()),
  /** Whether it says who somebody is. Where no field is marked, all but the last do; the others are secret (core/credential.ts). */
  identity: z.optional(z.boolean()),
});
export type CredentialField = Readonly<z.infer<typeof CredentialField>>;

/** NAS (numéro d'assurance sociale, the Canadian social insurance number). */
const NAS: CredentialField = {
  name: "nas",
  label: { fr: "Numéro d’assurance sociale (NAS)", en: "Social insurance number (SIN)" },
  hint: { fr: "9 chiffres", en: "9 digits" },
  pattern: "[0-9]{9}",
  inputMode: "numeric",
};
const CODE_LABEL = { fr: "Code de vote", en: "Voting code" };

const NAS_AND_CODE: CredentialField[] = [
  NAS,
  {
    name: "code",
    label: CODE_LABEL,
    hint: {
      fr: "11 lettres ou chiffres, sur votre carte d’électeur; jamais 0, 1, I, L, O, U ni V",
      en: "11 letters or digits, on your voter card; never 0, 1, I, L, O, U or V",
    },
    pattern: CHECKED_CODE_PATTERN,
    inputMode: "text",
    hasCheckCharacter: true,
  },
];

/** With codes of six characters, which are guessed 193,000 times as fast: for demonstrations. */
export const NAS_AND_SHORT_CODE: CredentialField[] = [
  NAS,
  {
    name: "code",
    label: CODE_LABEL,
    hint: { fr: "6 lettres ou chiffres, sur votre carte d’électeur", en: "6 letters or digits, on your voter card" },
    pattern: "[A-Z0-9]{6}",
    inputMode: "text",
  },
];

export const Region = z.strictObject({ regionId: Identifier, name: BilingualText });
export type Region = Readonly<z.infer<typeof Region>>;

export const Party = z.strictObject({ partyId: Identifier, name: BilingualText, colour: Colour });
export type Party = Readonly<z.infer<typeof Party>>;

const NAME = z._default(z.string().check(z.maxLength(100)), "");

export const Candidate = z.strictObject({
  candidateId: Identifier,
  /** Whoever has one name alone leaves out the other of these. */
  firstName: NAME,
  lastName: NAME,
  partyId: z.optional(Identifier),
  regionIds: z.array(Identifier).check(z.minLength(1)),
  bio: z.optional(BilingualText),
  /** When they withdrew after the opening: `scrutin election withdraw` records it, never a definition's file. */
  withdrawnAt: z.optional(Instant),
  /** Path of a portrait on the site itself: nothing on a ballot is fetched from elsewhere. */
  photo: z.optional(
    z
      .string()
      .check(
        z.regex(
          /^(?:\/[a-z0-9_-]+)+\.(?:avif|jpg|png|svg|webp)$/,
          "a photo is a path on the site such as /photos/17.jpg",
        ),
      ),
  ),
});
export type Candidate = Readonly<z.infer<typeof Candidate>>;

/** What the title of an election for rehearsal begins with, so that nothing that names it can be taken for an election. */
export const TEST_MARKS = { fr: "ESSAI", en: "TEST" } as const;

const CORRECTED_PLACE =
  /^(?:summary|contact|parties\.[\w-]{1,40}\.name|candidates\.[\w-]{1,40}\.(?:firstName|lastName|bio))$/;

/** A text that was corrected after the opening, where it stands, and what it was; null where there was none. */
export const Correction = z.strictObject({
  correctedAt: Instant,
  of: z.string().check(z.regex(CORRECTED_PLACE)),
  from: z.nullable(z.union([z.string(), BilingualText])),
  to: z.union([z.string(), BilingualText]),
});

/** That an election was cancelled: voting ended with it, and nothing is ever counted. The reason is told to voters. */
export const Cancellation = z.strictObject({ at: Instant, reason: BilingualText });
export type Cancellation = Readonly<z.infer<typeof Cancellation>>;

const common = {
  $schema: z.optional(z.string()),
  electionId: Identifier,
  /** The paper that this is a question of: its definitions are one visit of a voter. */
  paper: z.optional(Identifier),
  /** For rehearsal: its title says so, it is in no public list, and it can be deleted at any time. */
  test: z.optional(z.boolean()),
  title: BilingualText,
  summary: z.optional(BilingualText),
  /** Whom a voter calls, worded to follow "call": the office and its number. */
  contact: z.optional(BilingualText),
  /** `scrutin election correct` records them, never a definition's file. */
  corrections: z.optional(z.array(Correction)),
  /** `scrutin election cancel` records it, never a definition's file. */
  cancelled: z.optional(Cancellation),
  opensAt: Instant,
  closesAt: Instant,
  /** IANA time zone of the times that voters are shown. */
  timeZone: z._default(
    z
      .string()
      .check(z.refine(isTimeZone, "not an IANA time zone such as America/Toronto, by its area and city, or UTC")),
    DEFAULT_TIME_ZONE,
  ),
  /** When results are shown: at once, to those whose ballot was accepted, or after closing. */
  results: z._default(z.enum(["live", "after_vote", "after_close"]), "after_close"),
  /** The privacy threshold: while voting is open, a contest's counts are shown in steps of at least this many ballots. */
  minimumBallots: z._default(z.int().check(z.gte(1)), 10),
  allowBlank: z._default(z.boolean(), false),
  /** Who may open the ballot box after certification: anyone, or auditors who are given the key (see docs/trust.md). */
  verification: z._default(z.enum(["public", "auditors"]), "public"),
  /** Who has the key of the ballots: the office, as without it, or trustees together, so that nobody opens one before closing. */
  trust: z.optional(z.enum(["live", "trustees"])),
  /** Signs voters in, in place of credentials that they type. */
  identity: z.optional(VoterIdentity),
  /** Empty where voters sign in. */
  credentialFields: z._default(z.array(CredentialField).check(z.maxLength(4)), NAS_AND_CODE),
};

/** A lot drawn in public over a tie: the first named wins. */
export const DrawnLot = z.strictObject({
  /** Null for all regions together. */
  regionId: z.nullable(Identifier),
  order: z.array(Identifier).check(z.minLength(2)),
  drawnAt: Instant,
});

const race = {
  ...common,
  /** Drawn after closing: `scrutin election draw-lot` records them, never a definition's file. */
  lots: z.optional(z.array(DrawnLot)),
  regions: z.array(Region).check(z.minLength(1)),
  parties: z._default(z.array(Party), []),
  candidates: z.array(Candidate).check(z.minLength(1)),
  /** By region, the SHA-256 of the biographies that are kept apart, in hexadecimal (storage/biographies.ts); never in a file. */
  biographies: z.optional(z.record(z.string(), z.string().check(z.regex(/^[0-9a-f]{64}$/)))),
};

/** A share of a whole: a number from 0 to 1, or a fraction such as "2/3", which no decimal number states exactly. */
export const Share = z.union([
  z.number().check(z.gte(0), z.lte(1)),
  z.string().check(
    z.regex(/^\d{1,3}\/[1-9]\d{0,2}$/, "a share is a number from 0 to 1 or a fraction such as 2/3"),
    z.refine((fraction) => {
      const [part = 0, whole = 0] = fraction.split("/").map(Number);
      return part <= whole;
    }, "a share is at most the whole"),
  ),
]);
export type Share = z.infer<typeof Share>;

const RequiredMajority = z.strictObject({ kind: z.enum(["more-than", "at-least"]), share: Share });

const Referendum = z.strictObject({
  ...common,
  votingMethod: z.literal("referendum"),
  question: BilingualText,
  /** Share of the roll that must vote for the outcome to stand; without it any turnout is enough. */
  quorum: z.optional(Share),
  /** Share of the votes for either answer that `oui` must have for the law to be adopted. */
  requiredMajority: z._default(RequiredMajority, { kind: "more-than", share: 0.5 }),
  regions: z._default(
    z.array(Region).check(z.maxLength(0, "a law is put to the whole country: it has no regions")),
    [],
  ),
});
const SingleChoice = z.strictObject({
  ...race,
  votingMethod: z.literal("single_choice"),
  /** What ballots for a candidate who withdrew are: void, as without it, or counted. */
  withdrawn: z.optional(z.enum(["void", "count"])),
});
/** Candidates in an order drawn by lot before the election: the first of those tied wins. */
const tieBreakOrder = z.optional(z.array(Identifier));
/** How many each region elects. */
const seats = z._default(z.int().check(z.gte(1), z.lte(100)), 1);
const maxRankings = z.int().check(z.gte(1), z.lte(50));
const RankedChoice = z.strictObject({
  ...race,
  votingMethod: z.literal("ranked_choice"),
  maxRankings,
  tieBreakOrder,
});

/** Rankings for several seats. */
const TransferableVote = z.strictObject({
  ...race,
  votingMethod: z.literal("stv"),
  seats,
  maxRankings,
  tieBreakOrder,
});

/** A mark for each of several names: the most marks win the seats. */
const Choose = z.strictObject({
  ...race,
  votingMethod: z.literal("choose"),
  seats,
  /** How many names a ballot may mark; "all" is approval voting. */
  maxChoices: z.union([z.int().check(z.gte(1), z.lte(100)), z.literal("all")]),
  tieBreakOrder,
});

type Issues = { addIssue: (issue: { code: "custom"; path: (string | number)[]; message: string }) => void };

function refuse(issues: Issues, path: (string | number)[], message: string): void {
  issues.addIssue({ code: "custom", path, message });
}

function refuseRepeats(issues: Issues, list: string, ids: readonly string[]): void {
  const used = new Set<string>();
  ids.forEach((id, index) => {
    if (used.has(id)) refuse(issues, [list, index], `${id} is already used in ${list}`);
    used.add(id);
  });
}

function refuseLevel(
  definition: z.infer<typeof ElectionShape>,
  issues: Issues,
  standing: ReadonlyMap<string, number>,
): void {
  if (definition.trust !== "trustees") return;
  for (const { field, rule } of levelFaults(definition, standing)) refuse(issues, [field], rule);
}

/** Rules that involve several fields. */
function checkRelations(definition: z.infer<typeof ElectionShape>, issues: Issues): void {
  const { electionId } = definition;
  const address = Object.hasOwn(NO_ELECTION_IDS, electionId) ? NO_ELECTION_IDS[electionId] : undefined;
  if (address !== undefined) {
    refuse(issues, ["electionId"], `"${electionId}" is ${address} and cannot be an election's`);
  }
  for (const language of ["fr", "en"] as const) {
    if (definition.test !== true || definition.title[language].startsWith(TEST_MARKS[language])) continue;
    refuse(issues, ["title", language], `the title of an election with test: true begins with ${TEST_MARKS[language]}`);
  }
  if (Date.parse(definition.closesAt) <= Date.parse(definition.opensAt)) {
    refuse(issues, ["closesAt"], "voting must close after it opens");
  }
  const regionIds = definition.regions.map(({ regionId }) => regionId);
  refuseRepeats(issues, "regions", regionIds);
  if (regionIds.includes(WHOLE_COUNTRY)) {
    refuse(issues, ["regions"], `"${WHOLE_COUNTRY}" is the name of the whole country and cannot be a region's`);
  }
  const { identity, credentialFields } = definition;
  if (identity !== undefined) {
    // What was left out is the default itself.
    const isWritten = credentialFields.some((field) => !NAS_AND_CODE.includes(field));
    if (isWritten) refuse(issues, ["credentialFields"], "has no place beside identity: who signs in types nothing");
  } else if (credentialFields.length === 0) {
    refuse(issues, ["credentialFields"], "must have at least 1 item, or the definition an identity");
  } else if (credentialFields.every((field) => field.identity === true)) {
    refuse(issues, ["credentialFields"], "at least one credential is secret: one without identity: true");
  }
  refuseRepeats(
    issues,
    "credentialFields",
    credentialFields.map(({ name }) => name),
  );
  if (definition.votingMethod === "referendum") {
    refuseLevel(definition, issues, new Map());
    return;
  }

  const partyIds = definition.parties.map(({ partyId }) => partyId);
  const candidateIds = definition.candidates.map(({ candidateId }) => candidateId);
  refuseRepeats(issues, "parties", partyIds);
  refuseRepeats(issues, "candidates", candidateIds);
  // Sets: a country has hundreds of regions and thousands of candidates, and definitions are read often.
  const parties = new Set(partyIds);
  const regions = new Set(regionIds);
  const standing = new Map<string, number>();
  for (const id of definition.candidates.flatMap((candidate) => candidate.regionIds)) {
    standing.set(id, (standing.get(id) ?? 0) + 1);
  }
  refuseLevel(definition, issues, standing);
  definition.candidates.forEach(({ firstName, lastName, partyId, regionIds: standsIn }, index) => {
    if (`${firstName}${lastName}`.trim() === "") {
      refuse(issues, ["candidates", index], "a candidate has a firstName, a lastName or both");
    }
    if (partyId !== undefined && !parties.has(partyId)) {
      refuse(issues, ["candidates", index, "partyId"], `no party ${partyId} is defined`);
    }
    for (const regionId of standsIn) {
      if (!regions.has(regionId)) {
        refuse(issues, ["candidates", index, "regionIds"], `no region ${regionId} is defined`);
      }
    }
  });
  for (const regionId of regionIds) {
    const candidates = standing.get(regionId) ?? 0;
    if (candidates === 0) refuse(issues, ["regions"], `nobody stands in region ${regionId}`);
    else if ("seats" in definition && candidates < definition.seats) {
      refuse(issues, ["seats"], `region ${regionId} has ${candidates} candidates for ${definition.seats} seats`);
    }
  }
  if ("tieBreakOrder" in definition && definition.tieBreakOrder !== undefined) {
    const drawn = definition.tieBreakOrder;
    refuseRepeats(issues, "tieBreakOrder", drawn);
    if (candidateIds.some((id) => !drawn.includes(id)) || drawn.some((id) => !candidateIds.includes(id))) {
      refuse(issues, ["tieBreakOrder"], "the order drawn by lot names every candidate once and nobody else");
    }
  }
}

/** A definition by its fields alone, whose rules between them may be broken: enough to be shown. */
export const ElectionShape = z.discriminatedUnion("votingMethod", [
  Referendum,
  SingleChoice,
  Choose,
  RankedChoice,
  TransferableVote,
]);

/** Nobody types anything where voters sign in. */
const withoutFields = <T extends z.infer<typeof ElectionShape>>(definition: T): T =>
  definition.identity === undefined ? definition : { ...definition, credentialFields: [] };

export const ElectionDefinition = ElectionShape.check(
  z.superRefine(checkRelations),
  z.overwrite(withoutFields),
  z.meta({ id: "ElectionDefinition" }),
);
export type ElectionDefinition = Readonly<z.infer<typeof ElectionDefinition>>;

/** An election's definition, the key its ballots are sealed to, and what was fixed before voting. */
export type Election = Readonly<{
  definition: ElectionDefinition;
  /** X25519 public key, 32 bytes, base64url; where trustees hold it, that of their ceremony, an element of ristretto255. */
  publicKey: string;
  /** How trustees made the key; undefined at level live. */
  ceremony?: Ceremony | undefined;
  /** SHA-256 of its opening statement, in hexadecimal (core/opening.ts); undefined until it is stated: nobody can vote before. */
  opening: string | undefined;
}>;

/** What ballots are cast in: a definition, and the opening statement that fixed it. */
export type StatedElection = Readonly<{ definition: ElectionDefinition; opening: string }>;
