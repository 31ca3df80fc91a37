import { setTimeout as pause } from "node:timers/promises";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { VoteStatus } from "#functions/vote-status/contract.ts";
import type { PollOutcome, Trial } from "#load/faults/fault.ts";
import { ask, enrolVoters, type Handed, handIn } from "#load/faults/voters.ts";
import { type Post, settleAccount, votersAccepted } from "#load/shared/accounting.ts";
import type { Random } from "#load/shared/ballots.ts";
import { connectTo, type RunningSystem } from "#load/shared/running-system.ts";
import { watchCount } from "#load/shared/tallies.ts";
import { inFlight } from "#storage/in-flight.ts";

/** Moments spread over the voting: it is divided into as many equal parts, and one is drawn in each. */
export type Moments = Readonly<{ moments: number; act: () => void }>;

export type Poll = Awaited<ReturnType<typeof openPoll>>;

const STATUSES_AT_ONCE = 30;
const DECIDED_WITHIN_MS = 180_000;
const ASK_AGAIN_AFTER_MS = 500;
/** Longer than a failed batch of the stream waits for redelivery: by then a double count would show. */
const CALM_MS = { full: 6_000, short: 1_000 } as const;
const PARTS = 1000;
/** No moment is near the end, when nothing is left to break. */
const LAST_MOMENT = 0.7;

const BoxItem = z.object({ trackingCode: z.string(), castAt: z.string() });

async function readBox(system: RunningSystem): Promise<ReadonlyMap<string, number>> {
  using connection = connectTo(system);
  const { documents, votesTable: TableName } = connection;
  const query = { TableName, ConsistentRead: true, ProjectionExpression: "trackingCode, castAt" };
  const castAtMs = new Map<string, number>();
  for await (const { Items = [] } of paginateScan({ client: documents }, query)) {
    for (const item of z.array(BoxItem).parse(Items)) castAtMs.set(item.trackingCode, Date.parse(item.castAt));
  }
  return castAtMs;
}

function acting({ moments, act }: Moments, random: Random): (share: number) => void {
  const parts = Array.from({ length: moments }, (_, part) => (part + random(PARTS) / PARTS) / moments);
  return (share) => {
    for (; parts[0] !== undefined && share >= LAST_MOMENT * parts[0]; parts.shift()) act();
  };
}

/** Enrols voters, and prepares the poll in which they vote. */
export async function openPoll(system: RunningSystem, trial: Trial) {
  const { votes, duplicates, random, onProgress } = trial;
  onProgress({ step: "starting", done: 1, total: 1 });
  onProgress({ step: "enrolling", done: 0, total: votes });
  const voters = await enrolVoters(system, votes, duplicates, random);
  onProgress({ step: "enrolling", done: votes, total: votes });
  using beforehand = watchCount(system);
  const before = await beforehand.read();
  const told = new Map<string, VoteStatus["status"]>();
  let handed: readonly (readonly Handed[])[] = [];

  /** What each voter's posts must lead to: a count for the ballot whose status is `accepted`. */
  const posts = (): readonly Post[] =>
    handed.flatMap((ballots, voter) => {
      const standing = ballots.find(({ post }) => told.get(post.trackingCode) === "accepted") ?? ballots[0];
      const option = standing?.post.option ?? "";
      return ballots.flatMap(({ statuses }) => statuses.map((status) => ({ expectation: { voter, option }, status })));
    });

  const untrueIn = (ballots: readonly Handed[], box: ReadonlyMap<string, number>): number => {
    const inBox = ballots.filter(({ post }) => box.has(post.trackingCode)).length;
    const untrue = ballots.filter(({ post, requestId }) => {
      if (requestId === undefined) return false;
      const status = told.get(post.trackingCode);
      return box.has(post.trackingCode) ? status !== "accepted" : status !== "duplicate" || inBox === 0;
    });
    return untrue.length + Math.max(0, inBox - 1);
  };

  return {
    async vote(at?: Moments): Promise<void> {
      const onShare = at === undefined ? () => {} : acting(at, random);
      handed = await handIn(system.url, voters, (done) => {
        onProgress({ step: "voting", done, total: voters.length });
        onShare(done / voters.length);
      });
    },

    /** Asks for the status of each receipt until all are decided, for three minutes at most. */
    async decide({ url }: RunningSystem): Promise<void> {
      let open = handed.flat().filter(({ requestId }) => requestId !== undefined);
      const total = open.length;
      const giveUpAtMs = Date.now() + DECIDED_WITHIN_MS;
      while (open.length > 0 && Date.now() < giveUpAtMs) {
        await inFlight(open, STATUSES_AT_ONCE, async ({ post, requestId }) => {
          const answer = await ask(`${url}/api/v1/votes/${requestId}`);
          if (answer?.status === 200) told.set(post.trackingCode, VoteStatus.parse(JSON.parse(answer.text)).status);
        });
        open = open.filter(({ post }) => (told.get(post.trackingCode) ?? "queued") === "queued");
        onProgress({ step: "deciding", done: total - open.length, total });
        if (open.length > 0) await pause(ASK_AGAIN_AFTER_MS);
      }
    },

    /** Compares tallies, ballot box and statuses, once nothing is counted any more. */
    async settle(now: RunningSystem): Promise<PollOutcome> {
      using watch = watchCount(now);
      const due = votersAccepted(posts());
      await watch.settle(before, Promise.resolve(due), ({ counted }) =>
        onProgress({ step: "counting", done: counted, total: due }),
      );
      await pause(trial.isFull ? CALM_MS.full : CALM_MS.short);
      const box = await readBox(now);
      return {
        account: settleAccount(posts(), before, await watch.read()),
        untrueStatuses: handed.reduce((sum, ballots) => sum + untrueIn(ballots, box), 0),
        toldDuplicate: [...told.values()].filter((status) => status === "duplicate").length,
        gaveUp: handed.flat().filter(({ requestId }) => requestId === undefined).length,
        castAtMs: box,
      };
    },
  };
}
