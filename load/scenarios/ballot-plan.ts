import type { Scenario } from "#load/scenarios/scenario.ts";
import {
  type Ballot,
  drawChoice,
  type FreshVoter,
  optionOf,
  type PlannedPost,
  type PostPlan,
  type PostRequest,
  type Random,
  requestOf,
  seal,
  shuffle,
  withoutFirstDigit,
} from "#load/shared/ballots.ts";
import { type Credentials, credentialOf } from "#load/shared/credentials.ts";
import type { OpenElection } from "#load/shared/elections.ts";

/** What a scenario posts. Memory holds credentials, choices and turns, some 40 bytes a voter; posts are made on demand. */

/** Who posts, by number: first the voters, then those who must never count. */
function countsOf(votes: number, scenario: Scenario) {
  const share = (percent: number): number => Math.round((votes * percent) / 100);
  return {
    repeats: share(scenario.duplicatesPercent),
    strangers: share(scenario.invalidPercent),
    spam: share(scenario.spamPercent),
    guesses: share(scenario.guessesPercent),
  };
}

/** How many credentials a plan needs: one per voter, and those that are on no roll. */
export function credentialsFor(votes: number, scenario: Scenario): number {
  const { strangers, spam, guesses } = countsOf(votes, scenario);
  return votes + strangers + spam + guesses;
}

type Choice = Readonly<Omit<Ballot, "voter"> & { regionId: string; option: string }>;

/** A choice for each number; equal ones are kept once. */
function drawChoices(
  { ballots }: Scenario,
  elections: readonly OpenElection[],
  count: number,
  random: Random,
): readonly Choice[] {
  const ranks = ballots === "longest-ranked" ? "all" : "any";
  const votedIn = elections.filter(
    ({ definition: { votingMethod } }) => ranks === "any" || votingMethod === "ranked_choice",
  );
  const known = new Map<string, Choice>();
  return Array.from({ length: count }, (_, number) => {
    const drawn = drawChoice(votedIn, number, random, ranks);
    const { definition, regionId } = drawn;
    const voter = { nas: "", code: "", electionId: definition.electionId, regionId };
    const option = optionOf({ ...drawn, voter });
    // A law has one contest, whatever the region; its roll has regions all the same.
    const choice = known.get(`${regionId}\n${option}`) ?? { ...drawn, option };
    known.set(`${regionId}\n${option}`, choice);
    return choice;
  });
}

function drawTurns(votes: number, counts: ReturnType<typeof countsOf>, random: Random): readonly number[] {
  const { repeats, strangers, spam, guesses } = counts;
  const voters = Array.from({ length: votes }, (_, number) => number);
  const others = Array.from({ length: strangers + spam + guesses }, (_, other) => votes + other);
  const again = shuffle(voters, random).slice(0, repeats);
  const turns = shuffle([...voters, ...again, ...others], random);
  if (guesses === 0) return turns;
  // The victim has voted before the guesses begin: later, the ballot would be received and its decision held back.
  return [...turns.filter((number) => number === 0), ...turns.filter((number) => number !== 0)];
}

/**
 * An address as CloudFront sends it. Only a system on this machine believes it: in AWS, CloudFront sends the true one, whatever
 * the viewer claims, so a whole run comes from one.
 */
function address(network: number, number: number): string {
  return `${network}.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}:40000`;
}

/** Private addresses (RFC 1918), one for each number below 16 million and below a million. */
const voterAddress = (number: number): string => address(10, number);
const spammerAddress = (number: number): string => address(172, (16 << 16) + number);

/** Who must be on the roll, and what is posted. @param credentials as many as credentialsFor says */
export function planScenario(
  scenario: Scenario,
  elections: readonly OpenElection[],
  votes: number,
  credentials: Credentials,
  random: Random,
  hasAddresses: boolean,
): Readonly<{ voters: Iterable<FreshVoter>; posts: PostPlan }> {
  const counts = countsOf(votes, scenario);
  const { strangers, spam } = counts;
  const choices = drawChoices(scenario, elections, votes + strangers + spam, random);
  const turns = drawTurns(votes, counts, random);
  const { postsPerBallot: times, spamPerAddress } = scenario;

  const ballotOf = (number: number): Ballot => {
    const choice = choices[number];
    if (choice === undefined) throw new RangeError(`nobody has the number ${number}`);
    const { regionId, option: _, ...ballot } = choice;
    const { electionId } = ballot.definition;
    return { ...ballot, voter: { ...credentialOf(credentials, number), electionId, regionId } };
  };
  const expectationOf = (number: number): PlannedPost["expectation"] =>
    number < votes ? { voter: number, option: choices[number]?.option ?? "" } : "not-counted";

  const requestFor = async (number: number): Promise<PostRequest> => {
    if (number < votes) {
      const ballot = ballotOf(number);
      // A repeated ballot is sent as the same bytes.
      const sealed = times > 1 ? (await seal(ballot)).signed : undefined;
      return { ...requestOf(ballot, sealed), from: voterAddress(number) };
    }
    if (number < votes + strangers) {
      const request = requestOf(ballotOf(number));
      const hasWrongForm = (number - votes) % 2 === 1;
      return { ...(hasWrongForm ? withoutFirstDigit(request) : request), from: voterAddress(number) };
    }
    const from = spammerAddress(Math.floor((number - votes - strangers) / spamPerAddress));
    if (number < votes + strangers + spam) return { ...requestOf(ballotOf(number)), from };
    // One voter's number with somebody else's code: a guess, which must never count.
    const victim = ballotOf(0);
    const { code } = credentialOf(credentials, number);
    return { ...requestOf({ ...victim, voter: { ...victim.voter, code } }), from };
  };

  function* voters() {
    for (let number = 0; number < votes; number++) yield ballotOf(number).voter;
  }
  return {
    voters: voters(),
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
          // In a row: virtual users post concurrently, so the same ballot is sent several times at once.
          for (let time = 0; time < times; time++) yield post;
        }
      },
    },
  };
}
