import { randomBytes, randomInt } from "node:crypto";
import { toBase64Url } from "#core/bytes.ts";
import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { envelopeBytes } from "#core/envelope.ts";
import type { Tally } from "#core/results.ts";
import { type Selection, SPOILED, writeSelection } from "#core/selection.ts";
import { WHOLE_COUNTRY } from "#core/whole-country.ts";
import { optionKey } from "#load/shared/accounting.ts";
import { type Credential, choose, type FreshVoter, type PlannedPost, requestOf } from "#load/shared/ballots.ts";
import { contestKey } from "#storage/keys.ts";
import { sealBallot } from "#web/sealing.ts";

/** What is handed in during a rehearsal, and what it must lead to. */

/** How many of each kind of ballot and attempt there are, per election. */
export const ATTEMPTS = {
  spoiled: 10,
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

/** Every so many ballots one is sealed as the site does it; the others are sent in plain. */
const SEALED_EVERY = 4;

export type Polling = Readonly<{
  definition: ElectionDefinition;
  roll: readonly FreshVoter[];
  /** One post for each voter on the roll but the last. */
  firstBallots: readonly PlannedPost[];
  /** Attempts that must change nothing; to be posted once the first ballots are counted. */
  refused: readonly PlannedPost[];
  /** The last voter's ballot, whose tracking code is looked up in the end. */
  witness: Readonly<{ path: string; body: string }>;
  /** What the box must hold, by region. */
  expected: ReadonlyMap<string, Tally>;
}>;

type Planned = Readonly<{ post: Readonly<{ path: string; body: string }>; regionId: string; interpretation: string }>;

/** A voter's region: regions take turns. */
function regionOf(definition: ElectionDefinition, voter: number): string {
  const regionIds = contestRegionIds(definition);
  return regionIds[voter % regionIds.length] ?? WHOLE_COUNTRY;
}

/** The first ballot of each voter: the spoiled first, then one whose envelope others copy, then blank ones, then the rest. */
async function planFirst(
  definition: ElectionDefinition,
  publicKey: string,
  voters: readonly FreshVoter[],
): Promise<readonly Planned[]> {
  const planned: Planned[] = [];
  const blankTo = ATTEMPTS.spoiled + (definition.allowBlank ? ATTEMPTS.blank : 0);
  const sealed = async (regionId: string, selection: Selection): Promise<string> =>
    (await sealBallot(definition, publicKey, regionId, selection)).envelope;

  let copied: (Planned & Readonly<{ envelope: string; selection: Selection }>) | undefined;
  let copies = 0;
  for (const [index, voter] of voters.entries()) {
    const { regionId } = voter;
    if (index < ATTEMPTS.spoiled) {
      const selection = choose(definition, regionId, randomInt);
      const envelope = toBase64Url(randomBytes(envelopeBytes(definition)));
      planned.push({ post: requestOf({ voter, definition, selection }, envelope), regionId, interpretation: SPOILED });
    } else if (index < blankTo) {
      const selection: Selection = { kind: "blank" };
      const post = requestOf({ voter, definition, selection }, await sealed(regionId, selection));
      planned.push({ post, regionId, interpretation: writeSelection(selection) });
    } else if (copied?.regionId === regionId && copies < ATTEMPTS.copies) {
      copies++;
      const { selection, envelope, interpretation } = copied;
      planned.push({ post: requestOf({ voter, definition, selection }, envelope), regionId, interpretation });
    } else {
      const selection = choose(definition, regionId, randomInt);
      const isSealed = copied === undefined || index % SEALED_EVERY === 0;
      const envelope = isSealed ? await sealed(regionId, selection) : undefined;
      const one = {
        post: requestOf({ voter, definition, selection }, envelope),
        regionId,
        interpretation: writeSelection(selection),
      };
      planned.push(one);
      if (copied === undefined && envelope !== undefined) copied = { ...one, envelope, selection };
    }
  }
  return planned;
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
  const duplicates = voters.slice(0, ATTEMPTS.duplicates).map(attempt);
  const unknown = strangers
    .slice(0, ATTEMPTS.strangers)
    .map((stranger, index) => attempt({ ...stranger, electionId, regionId: regionOf(definition, index) }));
  const inWrongRegion = regionIds.length < 2 ? [] : voters.slice(0, ATTEMPTS.wrongRegion).map(astray).map(attempt);
  const misspelt = voters
    .slice(0, ATTEMPTS.wrongForm)
    .map(attempt)
    .map(({ body, ...post }) => ({ ...post, body: body.replace(/"nas":"\d/, '"nas":"') }));
  return [...duplicates, ...unknown, ...inWrongRegion, ...misspelt];
}

/**
 * Plans the polling of one election. Voters of the whole run are numbered from `firstNumber` on.
 * @param credentials one for each voter on the roll
 * @param strangers credentials that no roll holds, at least ATTEMPTS.strangers
 */
export async function planPolling(
  definition: ElectionDefinition,
  publicKey: string,
  credentials: readonly Credential[],
  strangers: readonly Credential[],
  firstNumber: number,
): Promise<Polling> {
  const { electionId } = definition;
  const roll = credentials.map(({ nas, code }, index) => {
    return { nas, code, electionId, regionId: regionOf(definition, index) };
  });
  const planned = await planFirst(definition, publicKey, roll);
  const witness = planned.at(-1);
  if (witness === undefined) throw new RangeError("nobody is on the roll");
  const expected = new Map<string, Map<string, number>>();
  for (const { regionId, interpretation } of planned) {
    const tally = expected.get(regionId) ?? new Map<string, number>();
    expected.set(regionId, tally);
    tally.set(interpretation, (tally.get(interpretation) ?? 0) + 1);
  }
  return {
    definition,
    roll,
    firstBallots: planned.slice(0, -1).map(({ post, regionId, interpretation }, index) => ({
      ...post,
      expectation: { voter: firstNumber + index, option: optionKey(contestKey(electionId, regionId), interpretation) },
    })),
    refused: planRefused(definition, roll, strangers),
    witness: witness.post,
    expected,
  };
}
