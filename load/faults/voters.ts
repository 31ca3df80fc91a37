import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import { choose, optionOf, type Random, requestOf, seal, shuffle } from "#load/shared/ballots.ts";
import { enrolElectorate } from "#load/shared/electorate.ts";
import { exchange } from "#load/shared/exchange.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";
import { inFlight } from "#storage/in-flight.ts";

/** Voters who post the same envelope again until it is received, as the site does for them. */

type SealedPost = Readonly<{ path: string; body: string; trackingCode: string; option: string }>;

/** One voter's envelopes: one, or two handed in at the same moment, of which one may count. */
export type Voter = readonly SealedPost[];

/** The outcome of one envelope: the status of each try, undefined where no answer came, and the receipt in the end. */
export type Handed = Readonly<{
  post: SealedPost;
  statuses: readonly (number | undefined)[];
  /** Undefined when the voter gave up. */
  requestId: string | undefined;
}>;

const MOST_AT_ONCE = 50;
/** So that when something breaks in the middle, some voters have not begun. */
const SHARE_AT_ONCE = 1 / 8;
const ANSWER_WITHIN_MS = 15_000;
/** Longer than anything here takes to recover. */
const GIVES_UP_AFTER_MS = 180_000;
const RETRY_AFTER_MS = 300;

const Receipt = z.object({ request_id: z.string(), tracking_code: z.string() });

/** Enrols new voters and seals their ballots. @param duplicates how many of them hand in a second one, drawn anew */
export async function enrolVoters(
  system: RunningSystem,
  votes: number,
  duplicates: number,
  random: Random,
): Promise<readonly Voter[]> {
  const ballots = await enrolElectorate(system, votes, random);
  const voters = ballots.map((first, index): Promise<Voter> => {
    const second = { ...first, selection: choose(first.definition, first.voter.regionId, random) };
    const sealed = (index < duplicates ? [first, second] : [first]).map(async (ballot) => {
      const { signed, trackingCode } = await seal(ballot);
      return { ...requestOf(ballot, signed), trackingCode, option: optionOf(ballot) };
    });
    return Promise.all(sealed);
  });
  return shuffle(await Promise.all(voters), random);
}

/** An answer, or undefined when no complete one came. */
export function ask(url: string, body?: string): Promise<Awaited<ReturnType<typeof exchange>> | undefined> {
  return exchange(url, body, { withinMs: ANSWER_WITHIN_MS }).catch(() => undefined);
}

/** Hands everything in, a voter's envelopes at the same moment. @param onVoter called with how many voters are done */
export async function handIn(
  url: string,
  voters: readonly Voter[],
  onVoter: (done: number) => void,
): Promise<readonly (readonly Handed[])[]> {
  const handed: (readonly Handed[])[] = [];
  const tryUntilReceived = async (post: SealedPost): Promise<Handed> => {
    const statuses: (number | undefined)[] = [];
    for (const givesUpAtMs = Date.now() + GIVES_UP_AFTER_MS; Date.now() < givesUpAtMs; await pause(RETRY_AFTER_MS)) {
      const answer = await ask(`${url}${post.path}`, post.body);
      statuses.push(answer?.status);
      if (answer?.status === 202) {
        return { post, statuses, requestId: Receipt.parse(JSON.parse(answer.text)).request_id };
      }
    }
    return { post, statuses, requestId: undefined };
  };
  const width = Math.min(MOST_AT_ONCE, Math.ceil(voters.length * SHARE_AT_ONCE));
  await inFlight(voters, width, async (voter) => {
    handed.push(await Promise.all(voter.map(tryUntilReceived)));
    onVoter(handed.length);
  });
  return handed;
}
