import { setTimeout as pause } from "node:timers/promises";
import { PARAMETERS } from "#infra/config.ts";
import { enrolElectorate, planPosts } from "#load/bench/electorate.ts";
import { runFlawlessly } from "#load/bench/flawless-run.ts";
import { WATCHING } from "#load/bench/operations.ts";
import { NOTHING, type Usage } from "#load/cost/bill.ts";
import { type MeteredVoters, meteredVoters, type WireBytes } from "#load/cost/metered-voters.ts";
import { storedBytesPerBallot } from "#load/cost/stored-bytes.ts";
import { inTemporaryFolder } from "#load/loose-ends.ts";
import { type SystemUse, startMeteredSystem, useBetween } from "#load/metered-system.ts";
import { runVotes } from "#load/vote-run.ts";

/**
 * One run, metered in four parts on one system: a rush, whose operations are counted and whose batches are full; an even
 * pace, at which functions that answer a voter are timed and bytes counted; a status poll for each of those; and silence.
 */

export const EVEN_PACE_PER_SECOND = 50;
const IDLE_SECONDS = 10;
/** Seldom long; what the queue still held is decided by then. */
const SETTLED_AFTER_MS = 2_000;

/** What CloudFront adds to an answer: transport security, via, x-cache and its own ids (infra/response-headers.ts). Assumed. */
export const CDN_HEADER_BYTES = 300;

const BYTES_PER_GIGABYTE = 1e9;
const MILLISECONDS_PER_SECOND = 1000;
const MEGABYTES_PER_GIGABYTE = 1024;

/** The stage's memory, which is what GB-seconds are made of. */
export const MEMORY_MEGABYTES = PARAMETERS.memoryMegabytes.parse(undefined);

export type FunctionTime = Readonly<{ name: string; invocationsPerVote: number; billedMs: number }>;

export type RunSize = Readonly<{
  /** Votes of the rush. */
  votes: number;
  evenVotes: number;
}>;

export type MeteredRun = Readonly<{
  votes: number;
  /** Of one vote, from its post to its count. */
  perVote: Usage;
  /** Of one look at what became of it. */
  perPoll: Usage;
  /** Of one vote at the even pace, where a batch holds what happens to wait. */
  perVoteAtEvenPace: Usage;
  /** Milliseconds of each function's invocations, on average. */
  times: readonly FunctionTime[];
  logBytesPerVote: number;
  /** In the tables, for as long as the ballot box is kept. */
  storedBytesPerVote: number;
  /** Invocations and capacity units while nobody votes. */
  idle: Readonly<{ seconds: number; invocations: number; units: number }>;
}>;

function unitsIn({ dynamodb }: SystemUse, kind: "read" | "write"): number {
  return [...dynamodb.units.values()].reduce((sum, units) => sum + units[kind], 0);
}

function invocationsIn({ functions }: SystemUse): number {
  return [...functions.values()].reduce((sum, { invocations }) => sum + invocations, 0);
}

function queueRequestsIn({ sqs }: SystemUse): number {
  return [...sqs.requests].reduce((sum, [action, count]) => sum + (WATCHING.has(action) ? 0 : count), 0);
}

const gigabyteSeconds = (milliseconds: number): number =>
  ((milliseconds / MILLISECONDS_PER_SECOND) * MEMORY_MEGABYTES) / MEGABYTES_PER_GIGABYTE;

/** What one exchange with a voter takes of CloudFront and the API. */
function frontUsage(bytes: WireBytes, exchanges: number): Usage {
  return {
    ...NOTHING,
    cdnRequest: 1,
    apiRequest: 1,
    cdnGigabyteOut: (bytes.received / exchanges + CDN_HEADER_BYTES) / BYTES_PER_GIGABYTE,
    cdnGigabyteToOrigin: bytes.sent / exchanges / BYTES_PER_GIGABYTE,
  };
}

function behindTheApi(used: SystemUse, votes: number) {
  const billedMs = [...used.functions.values()].reduce((sum, one) => sum + one.billedMs, 0);
  return {
    lambdaRequest: invocationsIn(used) / votes,
    lambdaGigabyteSecond: gigabyteSeconds(billedMs) / votes,
    queueRequest: queueRequestsIn(used) / votes,
    tableWriteUnit: unitsIn(used, "write") / votes,
    tableReadUnit: unitsIn(used, "read") / votes,
  };
}

/** Functions that answer a voter are timed at the even pace, those that take batches in the rush, where batches are full. */
function functionTimes(rush: SystemUse, rushVotes: number, even: SystemUse): readonly FunctionTime[] {
  return [...rush.functions]
    .filter(([, { invocations }]) => invocations > 0)
    .map(([name, inRush]) => {
      const isAsked = inRush.invocations >= rushVotes;
      const timed = isAsked ? (even.functions.get(name) ?? inRush) : inRush;
      return {
        name,
        invocationsPerVote: inRush.invocations / rushVotes,
        billedMs: timed.billedMs / timed.invocations,
      };
    });
}

function pollUsage(used: SystemUse, polls: number, bytes: WireBytes): Usage {
  const status = used.functions.get("status") ?? { invocations: 0, billedMs: 0 };
  return {
    ...frontUsage(bytes, polls),
    lambdaRequest: status.invocations / polls,
    lambdaGigabyteSecond: gigabyteSeconds(status.billedMs) / polls,
    tableReadUnit: unitsIn(used, "read") / polls,
    tableWriteUnit: unitsIn(used, "write") / polls,
  };
}

function bytesBetween(before: WireBytes, voters: MeteredVoters): WireBytes {
  const after = voters.bytes();
  return { sent: after.sent - before.sent, received: after.received - before.received };
}

/**
 * Runs it. Throws when a vote is refused, lost or counted twice: nothing should be priced that does not work.
 */
export function runMetered(
  port: number,
  { votes, evenVotes }: RunSize,
  say: (line: string) => void,
): Promise<MeteredRun> {
  return inTemporaryFolder(async (logFolder) => {
    say("Starting a metered system.");
    const system = await startMeteredSystem(port, logFolder);
    const voters = meteredVoters(EVEN_PACE_PER_SECOND);
    try {
      const warmUp = Math.ceil(votes / 5);
      const electorate = await enrolElectorate(system.running, warmUp + votes + evenVotes);
      const plan = await planPosts(electorate, "half");
      await runFlawlessly(system.running, plan.slice(0, warmUp));
      const metered = async (work: () => Promise<unknown>): Promise<SystemUse> => {
        await pause(SETTLED_AFTER_MS);
        const before = await system.read();
        await work();
        return useBetween(before, await system.read());
      };

      say(`Voting ${votes} at full speed.`);
      const rush = await metered(() => runFlawlessly(system.running, plan.slice(warmUp, warmUp + votes)));
      say(`Voting ${evenVotes} at ${EVEN_PACE_PER_SECOND} a second, and asking once for each what became of it.`);
      const even = await metered(async () => {
        const { account } = await runVotes(system.running, plan.slice(warmUp + votes), voters.post);
        if (account.voters !== evenVotes || account.lost + account.countedTwice > 0) {
          throw new Error(`of ${evenVotes} votes ${account.voters} were accepted and ${account.lost} lost`);
        }
      });
      const postBytes = voters.bytes();
      const polling = await metered(() => voters.pollOnce(system.running.url));
      const pollBytes = bytesBetween(postBytes, voters);
      say(`Waiting ${IDLE_SECONDS} s in silence.`);
      const idle = await metered(() => pause(IDLE_SECONDS * MILLISECONDS_PER_SECOND));

      const times = functionTimes(rush, votes, even);
      return {
        votes,
        perVote: {
          ...frontUsage(postBytes, evenVotes),
          ...behindTheApi(rush, votes),
          lambdaGigabyteSecond: gigabyteSeconds(
            times.reduce((sum, { invocationsPerVote, billedMs }) => sum + invocationsPerVote * billedMs, 0),
          ),
        },
        perVoteAtEvenPace: { ...frontUsage(postBytes, evenVotes), ...behindTheApi(even, evenVotes) },
        perPoll: pollUsage(polling, evenVotes, pollBytes),
        times: [
          ...times,
          {
            name: "status",
            invocationsPerVote: 0,
            billedMs: (polling.functions.get("status")?.billedMs ?? 0) / evenVotes,
          },
        ],
        logBytesPerVote: rush.logBytes / votes,
        storedBytesPerVote: await storedBytesPerBallot(system.running),
        idle: {
          seconds: IDLE_SECONDS,
          invocations: invocationsIn(idle),
          units: unitsIn(idle, "read") + unitsIn(idle, "write"),
        },
      };
    } finally {
      voters.close();
      await system.stop();
    }
  });
}
