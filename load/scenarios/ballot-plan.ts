import { candidatesIn } from "#core/contest.ts";
import { spammerAddress, voterAddress } from "#load/scenarios/addresses.ts";
import type { Scenario } from "#load/scenarios/scenario.ts";
import { drawTurns, type TurnCounts } from "#load/scenarios/turns.ts";
import type { Expectation } from "#load/shared/accounting.ts";
import {
  type Ballot,
  drawChoice,
  type FreshVoter,
  optionOf,
  type PlannedPost,
  type PostPlan,
  type Random,
  requestOf,
  shuffle,
} from "#load/shared/ballots.ts";
import { type Credentials, credentialOf } from "#load/shared/credentials.ts";
import type { OpenElection } from "#load/shared/demo-elections.ts";
import { sealBallot } from "#web/sealing.ts";

/** What a scenario posts. Memory holds credentials, choices and turns, some 30 bytes a voter; posts are made on demand. */

export type BallotPlan = Readonly<{
  /** Who must be on the roll. */
  voters: Iterable<FreshVoter>;
  posts: PostPlan;
}>;

export type PlanOptions = Readonly<{
  votes: number;
  /** As many as credentialsFor says. */
  credentials: Credentials;
  random: Random;
  /** Whether each voter posts from an address of their own, and spammers from theirs. */
  hasAddresses: boolean;
}>;

function share(votes: number, percent: number): number {
  return Math.round((votes * percent) / 100);
}

function turnsOf(votes: number, scenario: Scenario): TurnCounts {
  return {
    voters: votes,
    repeats: share(votes, scenario.duplicatesPercent),
    strangers: share(votes, scenario.invalidPercent),
    spam: share(votes, scenario.spamPercent),
    guesses: share(votes, scenario.guessesPercent),
  };
}

/** Credentials that a plan needs: one for each voter, and those that no roll holds. */
export function credentialsFor(votes: number, scenario: Scenario): number {
  const { voters, strangers, spam, guesses } = turnsOf(votes, scenario);
  return voters + strangers + spam + guesses;
}

/** Of a choice what many ballots have in common. */
type Choice = Readonly<Omit<Ballot, "voter"> & { regionId: string; option: string }>;

/** Every rank filled, in an order drawn at random. */
function longest({ definition, regionId, selection }: Omit<Choice, "option">, random: Random): Ballot["selection"] {
  if (definition.votingMethod !== "ranked_choice") return selection;
  const standing = candidatesIn(definition, regionId).map(({ candidateId }) => candidateId);
  return { kind: "ranking", candidateIds: shuffle(standing, random).slice(0, definition.maxRankings) };
}

/** A choice for each number; equal ones are kept once, and each number holds the place of its own. */
function drawChoices(
  scenario: Scenario,
  elections: readonly OpenElection[],
  count: number,
  random: Random,
): (number: number) => Choice {
  const isLong = scenario.ballots === "longest-ranked";
  const definitions = elections
    .map(({ definition }) => definition)
    .filter(({ votingMethod }) => !isLong || votingMethod === "ranked_choice");
  const choices: Choice[] = [];
  const places = new Map<string, number>();
  const drawn = new Uint32Array(count);
  for (let number = 0; number < count; number++) {
    const choice = drawChoice(definitions, number, random);
    const { definition, regionId } = choice;
    const selection = isLong ? longest(choice, random) : choice.selection;
    const voter = { nas: "", code: "", electionId: definition.electionId, regionId };
    const option = optionOf({ voter, definition, selection });
    // A law has one contest, whatever the region; voters are on its roll by region all the same.
    const key = `${regionId}\n${option}`;
    const place = places.get(key) ?? choices.push({ definition, regionId, selection, option }) - 1;
    places.set(key, place);
    drawn[number] = place;
  }
  return (number) => {
    const choice = choices[drawn[number] ?? -1];
    if (choice === undefined) throw new RangeError(`nobody has the number ${number}`);
    return choice;
  };
}

function withoutFirstDigit(body: string): string {
  return body.replace(/"nas":"\d/, '"nas":"');
}

/** Plans a scenario's run. */
export function planScenario(
  scenario: Scenario,
  elections: readonly OpenElection[],
  { votes, credentials, random, hasAddresses }: PlanOptions,
): BallotPlan {
  const counts = turnsOf(votes, scenario);
  const { strangers, spam } = counts;
  const choiceOf = drawChoices(scenario, elections, votes + strangers + spam, random);
  const turns = drawTurns(counts, random);
  const { postsPerBallot: times, spamPerAddress } = scenario;

  const ballotOf = (number: number): Ballot => {
    const { definition, regionId, selection } = choiceOf(number);
    const { electionId } = definition;
    return { voter: { ...credentialOf(credentials, number), electionId, regionId }, definition, selection };
  };
  const expectationOf = (number: number): Expectation =>
    number < votes ? { voter: number, option: choiceOf(number).option } : "not-counted";

  /** The ballot sealed once, as the site does it: whoever sends it again sends the very same bytes. */
  const sealed = async (ballot: Ballot): Promise<string> => {
    const { definition, voter, selection } = ballot;
    const key = elections.find((election) => election.definition === definition)?.publicKey ?? "";
    return (await sealBallot(definition, key, voter.regionId, selection)).envelope;
  };
  const ofVoter = async (number: number): Promise<Omit<PlannedPost, "expectation">> => {
    const ballot = ballotOf(number);
    return { ...requestOf(ballot, times > 1 ? await sealed(ballot) : undefined), from: voterAddress(number) };
  };
  const ofStranger = (number: number): Omit<PlannedPost, "expectation"> => {
    const { path, body } = requestOf(ballotOf(number));
    const hasWrongForm = (number - votes) % 2 === 1;
    return { path, body: hasWrongForm ? withoutFirstDigit(body) : body, from: voterAddress(number) };
  };
  const ofSpammer = (number: number): Omit<PlannedPost, "expectation"> => {
    const from = spammerAddress(Math.floor((number - votes - strangers) / spamPerAddress));
    if (number < votes + strangers + spam) return { ...requestOf(ballotOf(number)), from };
    // One voter's number with the code of somebody else: a guess, which must never count.
    const victim = ballotOf(0);
    return {
      ...requestOf({ ...victim, voter: { ...victim.voter, code: credentialOf(credentials, number).code } }),
      from,
    };
  };
  const requestFor = (number: number): Promise<Omit<PlannedPost, "expectation">> => {
    if (number < votes) return ofVoter(number);
    return Promise.resolve(number < votes + strangers ? ofStranger(number) : ofSpammer(number));
  };

  return {
    voters: {
      *[Symbol.iterator]() {
        for (let number = 0; number < votes; number++) yield ballotOf(number).voter;
      },
    },
    posts: {
      length: turns.length * times,
      at(index) {
        const number = turns[Math.floor(index / times)];
        return number === undefined ? undefined : { expectation: expectationOf(number) };
      },
      async *[Symbol.asyncIterator]() {
        for (const number of turns) {
          const { from, ...request } = await requestFor(number);
          const post = { ...request, ...(hasAddresses && { from }), expectation: expectationOf(number) };
          // One after the other: virtual users post side by side, so the same ballot is on its way several times at once.
          for (let time = 0; time < times; time++) yield post;
        }
      },
    },
  };
}
