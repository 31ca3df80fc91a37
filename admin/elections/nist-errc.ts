import { mostChoices, type RaceDefinition } from "#core/contest.ts";
import type { BilingualText, ElectionDefinition, Region } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { WHOLE_COUNTRY } from "#core/whole-country.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { isLaw, type Results } from "#published/figures.ts";
import { verdictOf } from "#published/verdict.ts";

/**
 * Results as NIST SP 1500-100 v2, "Election Results Reporting Common Data Format" (JSON). Ids are made of the definition's
 * own, with a prefix for each kind of object, since all share one space.
 */

/** Who reports: the election office. */
export type Issuer = Readonly<{ name: string; abbreviation: string }>;

/** `contests` has the law's result, or one result for each region, in any order. */
export type ContestResults = Readonly<{ election: PublicElection; contests: readonly Results[] }>;

type Node = Readonly<Record<string, unknown>>;

const node = (type: string, fields: Node): Node => ({ "@type": `ElectionResults.${type}`, ...fields });

const text = ({ fr, en }: BilingualText): Node =>
  node("InternationalizedText", {
    Text: [
      node("LanguageString", { Content: en, Language: "en" }),
      node("LanguageString", { Content: fr, Language: "fr" }),
    ],
  });

const unitId = (regionId: string): string => `unit-${regionId}`;
const partyId = (id: string): string => `party-${id}`;
const candidateId = (regionId: string, id: string): string => `candidate-${regionId}-${id}`;

/** A date in the election's zone, as XML and JSON Schema write it. */
function dateIn(timeZone: string, instant: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(new Date(instant));
}

const RESULTS_STATUS = {
  ...{ upcoming: "pre-election", open: "unofficial-partial" },
  ...{ being_opened: "unofficial-partial", closed: "unofficial-complete" },
} as const;
const COUNT_STATUS = {
  ...{ upcoming: "not-processed", open: "in-process", being_opened: "in-process", closed: "completed" },
} as const;

const countStatus = (results: Results): readonly Node[] => [
  node("CountStatus", { Type: "total", Status: COUNT_STATUS[results.status] }),
];

function unit(region: Region | undefined, results: Results | undefined): Node {
  return node("ReportingUnit", {
    "@id": unitId(region?.regionId ?? WHOLE_COUNTRY),
    Type: "other",
    OtherType: region === undefined ? "electorate" : "electoral-district",
    ...(region !== undefined && { Name: text(region.name) }),
    ...(results !== undefined && {
      VotersRegistered: results.turnout.on_roll,
      VotersParticipated: results.turnout.ballots,
    }),
  });
}

/** The whole electorate, composed of the regions where there are any. */
function units({ election: { definition }, contests }: ContestResults): readonly Node[] {
  if (definition.regions.length === 0) return [unit(undefined, contests[0])];
  const regions = definition.regions.map((region) =>
    unit(
      region,
      contests.find((results) => !isLaw(results) && results.region_id === region.regionId),
    ),
  );
  const composing = definition.regions.map(({ regionId }) => unitId(regionId));
  return [{ ...unit(undefined, undefined), ComposingGpUnitIds: composing }, ...regions];
}

const votes = (regionId: string, count: number, round?: number): Node =>
  node("VoteCounts", {
    GpUnitId: unitId(regionId),
    Type: "total",
    Count: count,
    ...(round !== undefined && { Round: round }),
  });

/** Blank ballots are undervotes; what cannot be counted is in the district's BallotCounts. */
function otherCounts(regionId: string, results: Results): Node {
  if (results.blank === null) return {};
  return { OtherCounts: [node("OtherCounts", { GpUnitId: unitId(regionId), Undervotes: results.blank })] };
}

function lawContest(definition: ElectionDefinition, results: LawResults): Node {
  if (definition.votingMethod !== "referendum") throw new TypeError(`${definition.electionId} is no law`);
  const { share, kind } = definition.requiredMajority;
  const required = typeof share === "number" ? `${share * 100} %` : share;
  const answer = (id: "oui" | "non", words: BilingualText): Node =>
    node("BallotMeasureSelection", {
      "@id": `selection-${id}`,
      Selection: text(words),
      ...(results[id] !== null && { VoteCounts: [votes(WHOLE_COUNTRY, results[id])] }),
    });
  return node("BallotMeasureContest", {
    "@id": "contest-law",
    Name: definition.title.en,
    BallotTitle: text(definition.title),
    FullText: text(definition.question),
    ElectionDistrictId: unitId(WHOLE_COUNTRY),
    Type: "referendum",
    VoteVariation: kind === "more-than" && share === 0.5 ? "majority" : "super-majority",
    PassageThreshold: text({
      en: `${kind === "more-than" ? "more than" : "at least"} ${required}`,
      fr: `${kind === "more-than" ? "plus de" : "au moins"} ${required}`,
    }),
    CountStatus: countStatus(results),
    ContestSelection: [answer("oui", { fr: "Oui", en: "Yes" }), answer("non", { fr: "Non", en: "No" })],
    ...otherCounts(WHOLE_COUNTRY, results),
  });
}

const VOTE_VARIATIONS = {
  single_choice: "plurality",
  choose: "n-of-m",
  ranked_choice: "rcv",
  stv: "rcv",
} as const satisfies Record<RaceDefinition["votingMethod"], string>;

const isApproval = (definition: RaceDefinition): boolean =>
  definition.votingMethod === "choose" && definition.maxChoices === "all";

/** A candidate's votes: in each round still in, or all there are. */
function candidateVotes(regionId: string, id: string, results: ElectionResults): readonly Node[] {
  if (results.rounds !== undefined) {
    return results.rounds.flatMap(({ round, candidates }) =>
      candidates
        .filter(({ candidate_id }) => candidate_id === id)
        .map((standing) => votes(regionId, standing.votes, round)),
    );
  }
  const count = results.candidates.find(({ candidate_id }) => candidate_id === id)?.votes ?? null;
  return count === null ? [] : [votes(regionId, count)];
}

function raceContest(definition: RaceDefinition, results: ElectionResults): Node {
  const regionId = results.region_id ?? WHOLE_COUNTRY;
  const region = definition.regions.find((one) => one.regionId === regionId);
  return node("CandidateContest", {
    "@id": `contest-${regionId}`,
    Name: region === undefined ? definition.title.en : `${definition.title.en}, ${region.name.en}`,
    BallotTitle: text(definition.title),
    ElectionDistrictId: unitId(regionId),
    VotesAllowed: definition.votingMethod === "choose" ? mostChoices(definition, regionId) : 1,
    NumberElected: "seats" in definition ? definition.seats : 1,
    VoteVariation: isApproval(definition) ? "approval" : VOTE_VARIATIONS[definition.votingMethod],
    CountStatus: countStatus(results),
    ContestSelection: results.candidates.map(({ candidate_id }, index) =>
      node("CandidateSelection", {
        "@id": `selection-${regionId}-${candidate_id}`,
        SequenceOrder: index + 1,
        CandidateIds: [candidateId(regionId, candidate_id)],
        VoteCounts: candidateVotes(regionId, candidate_id, results),
      }),
    ),
    ...otherCounts(regionId, results),
  });
}

/** Each candidate once in each of their regions, since one may be elected in one region and defeated in another. */
function candidatesOf(definition: RaceDefinition, contests: readonly ElectionResults[]): readonly Node[] {
  const byId = new Map(definition.candidates.map((candidate) => [candidate.candidateId, candidate]));
  return contests.flatMap((results) => {
    const verdict = verdictOf(definition, results);
    const status = (id: string): Node => {
      if (verdict.kind !== "elected" || !verdict.final) return {};
      if (verdict.open?.tied.some((one) => one.id === id)) return {};
      return { PostElectionStatus: verdict.elected.some((one) => one.id === id) ? "winner" : "defeated" };
    };
    return results.candidates.map(({ candidate_id: id, name }) => {
      const party = byId.get(id)?.partyId;
      return node("Candidate", {
        "@id": candidateId(results.region_id ?? WHOLE_COUNTRY, id),
        BallotName: text({ fr: name, en: name }),
        ...(party !== undefined && { PartyId: partyId(party) }),
        ...status(id),
      });
    });
  });
}

function partiesOf({ parties }: RaceDefinition): Node {
  if (parties.length === 0) return {};
  return {
    Party: parties.map((party) =>
      node("Party", { "@id": partyId(party.partyId), Name: text(party.name), Color: party.colour.slice(1) }),
    ),
  };
}

/** Ballots by district; those still withheld are left out. */
function ballotCounts(results: Results): readonly Node[] {
  if (results.spoiled === null) return [];
  const regionId = isLaw(results) ? WHOLE_COUNTRY : (results.region_id ?? WHOLE_COUNTRY);
  const { ballots } = results.turnout;
  return [
    node("BallotCounts", {
      GpUnitId: unitId(regionId),
      Type: "total",
      BallotsCast: ballots,
      BallotsRejected: results.spoiled,
    }),
  ];
}

/** The report, ready to be written as JSON. Throws Refusal for an election that was cancelled. */
export function nistReport(found: ContestResults, issuer: Issuer): Node {
  const { election, contests } = found;
  const { definition } = election;
  const latest =
    contests
      .map(({ updated_at }) => updated_at)
      .toSorted()
      .at(-1) ?? election.opens_at;
  const status = contests.some((results) => results.status === "open") ? "open" : election.status;
  if (status === "cancelled")
    throw new EnglishRefusal(`Election ${election.election_id} was cancelled: it has no result.`);
  return node("ElectionReport", {
    Format: "summary-contest",
    Status: RESULTS_STATUS[status],
    // The specification's times have whole seconds.
    GeneratedDate: new Date(latest).toISOString().replace(/\.\d+/, ""),
    Issuer: issuer.name,
    IssuerAbbreviation: issuer.abbreviation,
    ...(definition.test === true && { IsTest: true }),
    SequenceStart: 1,
    SequenceEnd: 1,
    VendorApplicationId: "Scrutin",
    GpUnit: units(found),
    ...(definition.votingMethod !== "referendum" && partiesOf(definition)),
    Election: [
      node("Election", {
        Name: text(definition.title),
        ...(definition.votingMethod === "referendum"
          ? { Type: "other", OtherType: "referendum" }
          : {
              Type: "general",
              Candidate: candidatesOf(
                definition,
                contests.filter((results): results is ElectionResults => !isLaw(results)),
              ),
            }),
        StartDate: dateIn(definition.timeZone, election.opens_at),
        EndDate: dateIn(definition.timeZone, election.closes_at),
        ElectionScopeId: unitId(WHOLE_COUNTRY),
        ExternalIdentifier: [
          node("ExternalIdentifier", { Type: "other", OtherType: "scrutin", Value: definition.electionId }),
        ],
        BallotCounts: contests.flatMap(ballotCounts),
        Contest: contests.map((results) => contestOf(definition, results)),
      }),
    ],
  });
}

function contestOf(definition: ElectionDefinition, results: Results): Node {
  if (isLaw(results)) return lawContest(definition, results);
  if (definition.votingMethod === "referendum") throw new TypeError(`${definition.electionId} is a law`);
  return raceContest(definition, results);
}
