import { setTimeout as pause } from "node:timers/promises";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { inFlight } from "#admin/shared/in-flight.ts";
import { VoteStatus } from "#functions/vote-status/contract.ts";
import { enrolVoters } from "#load/faults/electorate.ts";
import type { PollOutcome, Trial } from "#load/faults/fault.ts";
import { ask, type Handed, handIn } from "#load/faults/posting.ts";
import { type OptionCounts, type Post, settleAccount, votersAccepted } from "#load/shared/accounting.ts";
import { connectTo, type RunningSystem } from "#load/shared/running-system.ts";
import { watchCount } from "#load/shared/tallies.ts";

/** A poll held while something breaks. */
export type Poll = Readonly<{
  /** Hands every ballot in; `onShare` hears the share of the voters who are done, 0 to 1. */
  vote(onShare: (share: number) => void): Promise<void>;
  /** Asks for each receipt until all are decided, or for three minutes. */
  decide(system: RunningSystem): Promise<void>;
  /** Compares tallies, ballot box and statuses, once nothing is counted any more. */
  settle(system: RunningSystem): Promise<PollOutcome>;
}>;

const STATUSES_AT_ONCE = 30;
const DECIDED_WITHIN_MS = 180_000;
const ASK_AGAIN_AFTER_MS = 500;
/** Longer than a failed batch of the stream waits for redelivery: a double count would have shown. */
const CALM_MS = { full: 6_000, short: 1_000 } as const;

const BoxItem = z.object({ trackingCode: z.string(), castAt: z.string() });

async function readBox(system: RunningSystem): Promise<ReadonlyMap<string, number>> {
  const { documents, votesTable, close } = connectTo(system);
  const castAtMs = new Map<string, number>();
  try {
    const pages = paginateScan(
      { client: documents },
      { TableName: votesTable, ConsistentRead: true, ProjectionExpression: "trackingCode, castAt" },
    );
    for await (const { Items } of pages) {
      for (const { trackingCode, castAt } of z.array(BoxItem).parse(Items ?? [])) {
        castAtMs.set(trackingCode, Date.parse(castAt));
      }
    }
    return castAtMs;
  } finally {
    close();
  }
}

async function readTallies(system: RunningSystem): Promise<OptionCounts> {
  const watch = watchCount(system);
  try {
    return await watch.read();
  } finally {
    watch.close();
  }
}

/** Enters voters on the roll of a system and gives the poll that they will hold. */
export async function openPoll(system: RunningSystem, trial: Trial): Promise<Poll> {
  trial.onProgress({ step: "starting", done: 1, total: 1 });
  trial.onProgress({ step: "enrolling", done: 0, total: trial.votes });
  const voters = await enrolVoters(system, trial.votes, trial.duplicates, trial.random);
  trial.onProgress({ step: "enrolling", done: voters.length, total: trial.votes });
  const before = await readTallies(system);
  const told = new Map<string, VoteStatus["status"]>();
  let handed: readonly (readonly Handed[])[] = [];

  /** What each voter's posts must lead to: a count for the ballot they were told is accepted. */
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
    async vote(onShare) {
      handed = await handIn(system.url, voters, (done) => {
        trial.onProgress({ step: "voting", done, total: voters.length });
        onShare(done / voters.length);
      });
    },

    async decide({ url }) {
      let open = handed.flat().filter(({ requestId }) => requestId !== undefined);
      const total = open.length;
      const giveUpAtMs = Date.now() + DECIDED_WITHIN_MS;
      while (open.length > 0 && Date.now() < giveUpAtMs) {
        await inFlight(open, STATUSES_AT_ONCE, async ({ post, requestId }) => {
          const answer = await ask(`${url}/api/v1/votes/${requestId}`);
          if (answer?.status === 200) told.set(post.trackingCode, VoteStatus.parse(JSON.parse(answer.text)).status);
        });
        open = open.filter(({ post }) => (told.get(post.trackingCode) ?? "queued") === "queued");
        trial.onProgress({ step: "deciding", done: total - open.length, total });
        if (open.length > 0) await pause(ASK_AGAIN_AFTER_MS);
      }
    },

    async settle(now) {
      const watch = watchCount(now);
      try {
        const due = votersAccepted(posts());
        await watch.settle(before, Promise.resolve(due), ({ counted }) =>
          trial.onProgress({ step: "counting", done: counted, total: due }),
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
      } finally {
        watch.close();
      }
    },
  };
}
