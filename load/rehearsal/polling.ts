import { randomBytes, randomInt } from "node:crypto";
import { toBase64Url } from "#core/bytes.ts";
import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { envelopeBytes } from "#core/envelope.ts";
import type { Tally } from "#core/results.ts";
import { countBallot, type Selection, SPOILED, writeSelection } from "#core/selection.ts";
import { WHOLE_COUNTRY } from "#core/whole-country.ts";
import { optionKey } from "#load/shared/accounting.ts";
import {
  type Ballot,
  type Credential,
  choose,
  type FreshVoter,
  type PlannedPost,
  requestOf,
  type Sealed,
  seal,
  withoutFirstDigit,
} from "#load/shared/ballots.ts";
import type { OpenElection } from "#load/shared/elections.ts";
import { contestKey } from "#storage/keys.ts";

/** How many of each kind of ballot and attempt there are, per election. */
export const ATTEMPTS = {
  spoiled: 10,
  /** Copied envelopes, each under its caster's own one-time key: they do not open. */
  copies: 5,
  /** Where the election takes blank ballots. */
  blank: 50,
  duplicates: 100,
  strangers: 60,
  /** Where the election has regions. */
  wrongRegion: 30,
  /** Refused at once, with 400. */
  wrongForm: 20,
} as const;

/** One ballot in this many is sealed as the site does; the others are plain. */
const SEALED_EVERY = 4;

export type Polling = Readonly<{
  definition: ElectionDefinition;
  /** One post for each voter on the roll but the last. */
  firstBallots: readonly PlannedPost[];
  /** Attempts that must change nothing; to be posted once the first ballots are counted. */
  refused: readonly PlannedPost[];
  /** The last voter's ballot, whose tracking code is looked up in the end. */
  witness: Readonly<{ path: string; body: string }>;
  /** What the box must contain, by region. */
  expected: ReadonlyMap<string, Tally>;
}>;

type Cast = Ballot & Readonly<{ sealed: Sealed | undefined; interpretation: string }>;

function regionOf(definition: ElectionDefinition, voter: number): string {
  const regionIds = contestRegionIds(definition);
  return regionIds[voter % regionIds.length] ?? WHOLE_COUNTRY;
}

/** The first ballot of each voter: the spoiled first, then blank ones, then one whose envelope others copy, then the rest. */
async function castFirst(election: OpenElection, voters: readonly FreshVoter[]): Promise<readonly Cast[]> {
  const { definition } = election;
  const cast: Cast[] = [];
  const copiedAt = ATTEMPTS.spoiled + (definition.allowBlank ? ATTEMPTS.blank : 0);
  let copies = 0;
  for (const [index, voter] of voters.entries()) {
    const copied = cast[copiedAt];
    if (copied?.voter.regionId === voter.regionId && copies < ATTEMPTS.copies) {
      copies++;
      const copy = { ...copied, voter };
      cast.push({ ...copy, sealed: await seal(copy, copied.sealed?.envelope), interpretation: SPOILED });
      continue;
    }
    const isSpoiled = index < ATTEMPTS.spoiled;
    const isBlank = !isSpoiled && index < copiedAt;
    const selection: Selection = isBlank ? { kind: "blank" } : choose(definition, voter.regionId, randomInt);
    const ballot = { ...election, voter, selection };
    const isSealed = index <= copiedAt || index % SEALED_EVERY === 0;
    const garbage = isSpoiled ? toBase64Url(randomBytes(envelopeBytes(definition))) : undefined;
    const sealed = isSealed ? await seal(ballot, garbage) : undefined;
    cast.push({ ...ballot, sealed, interpretation: isSpoiled ? SPOILED : writeSelection(selection) });
  }
  return cast;
}

function planRefused(
  definition: ElectionDefinition,
  voters: readonly FreshVoter[],
  strangers: readonly Credential[],
): readonly PlannedPost[] {
  const { electionId } = definition;
  const attempt = (voter: FreshVoter): PlannedPost => ({
    ...requestOf({ voter, definition, selection: choose(definition, voter.regionId, randomInt) }),
    expectation: "not-counted",
  });
  const regionIds = contestRegionIds(definition);
  const astray = (voter: FreshVoter): FreshVoter => ({
    ...voter,
    regionId: regionIds[(regionIds.indexOf(voter.regionId) + 1) % regionIds.length] ?? WHOLE_COUNTRY,
  });
  const unknown = strangers
    .slice(0, ATTEMPTS.strangers)
    .map((stranger, index) => ({ ...stranger, electionId, regionId: regionOf(definition, index) }));
  return [
    ...voters.slice(0, ATTEMPTS.duplicates).map(attempt),
    ...unknown.map(attempt),
    ...(regionIds.length < 2 ? [] : voters.slice(0, ATTEMPTS.wrongRegion).map(astray).map(attempt)),
    ...voters.slice(0, ATTEMPTS.wrongForm).map(attempt).map(withoutFirstDigit),
  ];
}

/** Who is on the roll: these, the regions in turn. */
export function rollOf(definition: ElectionDefinition, credentials: readonly Credential[]): readonly FreshVoter[] {
  return credentials.map((credential, index) => {
    return { ...credential, electionId: definition.electionId, regionId: regionOf(definition, index) };
  });
}

/** @param strangers credentials that are on no roll @param firstNumber number of the first voter, unique in the whole run */
export async function planPolling(
  election: OpenElection,
  roll: readonly FreshVoter[],
  strangers: readonly Credential[],
  firstNumber: number,
): Promise<Polling> {
  const { definition } = election;
  const { electionId } = definition;
  const posts = (await castFirst(election, roll)).map(({ sealed, interpretation, ...ballot }, index) => {
    const { regionId } = ballot.voter;
    const option = optionKey(contestKey(electionId, regionId), interpretation);
    const expectation = { voter: firstNumber + index, option };
    return { post: requestOf(ballot, sealed?.signed), regionId, interpretation, expectation };
  });
  const witness = posts.at(-1);
  if (witness === undefined) throw new RangeError("nobody is on the roll");
  const expected = new Map<string, Map<string, number>>();
  for (const { regionId, interpretation } of posts) {
    const tally = expected.get(regionId) ?? new Map<string, number>();
    countBallot(tally, interpretation);
    expected.set(regionId, tally);
  }
  return {
    definition,
    firstBallots: posts.slice(0, -1).map(({ post, expectation }) => ({ ...post, expectation })),
    refused: planRefused(definition, roll, strangers),
    witness: witness.post,
    expected,
  };
}
