import { setTimeout as pause } from "node:timers/promises";
import { PARAMETERS } from "#infra/parameters.ts";
import { runFlawlessly } from "#load/clients/flawless-run.ts";
import { runVotes } from "#load/clients/vote-run.ts";
import { type FunctionTime, gigabyteSeconds, timeOnLambda } from "#load/cost/lambda-time.ts";
import { pacedVoters } from "#load/cost/paced-voters.ts";
import { storedBytesPerBallot } from "#load/cost/stored-bytes.ts";
import { type SystemUse, startMeteredSystem, useBetween, WATCHING } from "#load/metering/metered-system.ts";
import { NOTHING, type Usage } from "#load/shared/bill.ts";
import { enrolElectorate, planPosts } from "#load/shared/electorate.ts";
import { inTemporaryFolder } from "#local/loose-ends.ts";

/**
 * One run, metered in four parts on one system: a rush, whose operations are counted and whose batches are full; an even
 * pace, at which functions that answer a voter are timed and bodies measured; a status poll for each of those; and silence.
 */

export const EVEN_PACE_PER_SECOND = 50;
const IDLE_SECONDS = 10;
/** Seldom long; what the queue still held is decided by then. */
const SETTLED_AFTER_MS = 2_000;

/** Headers of a request as it reaches the API: the browser's, and CloudFront's own. Assumed. */
export const REQUEST_HEADER_BYTES = 500;
/** Headers of an answer by HTTP/2 on a connection that has said most of them before. Assumed. */
export const ANSWER_HEADER_BYTES = 180;

const BYTES_PER_GIGABYTE = 1e9;
const MILLISECONDS_PER_SECOND = 1000;

/** A stage in AWS lets counts wait for fuller batches; the laptop's own does not (config/local.json). */
export const DEFAULT_TALLY_WINDOW = PARAMETERS.tallyBatchWindowSeconds.parse(undefined);

export type RunSize = Readonly<{
  /** Votes of the rush. */
  votes: number;
  evenVotes: number;
  /** How long a count waits for its batch to fill. */
  tallyBatchWindowSeconds: number;
}>;

export type MeteredRun = Readonly<{
  votes: number;
  tallyBatchWindowSeconds: number;
  /** Of one vote, from its post to its count. */
  perVote: Usage;
  /** Of one look at what became of it. */
  perPoll: Usage;
  /** Of one vote at the even pace, where a batch holds what happens to wait. */
  perVoteAtEvenPace: Usage;
  /** An invocation of each function, with batches as full as in the rush. */
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

/**
 * What one exchange with a voter takes of CloudFront and the API.
 * @param sent bytes of a request's body @param received of its answer's
 */
function frontUsage(sent: number, received: number): Usage {
  return {
    ...NOTHING,
    cdnRequest: 1,
    apiRequest: 1,
    cdnGigabyteOut: (received + ANSWER_HEADER_BYTES) / BYTES_PER_GIGABYTE,
    cdnGigabyteToOrigin: (sent + REQUEST_HEADER_BYTES) / BYTES_PER_GIGABYTE,
  };
}

/** What a vote takes behind the API. @param unhurried what the functions' waiting is told from */
function behindTheApi(used: SystemUse, unhurried: SystemUse, votes: number) {
  const times = [...used.functions].flatMap(([name, busy]) => {
    const slow = unhurried.functions.get(name);
    if (busy.invocations === 0 || slow === undefined || slow.invocations === 0) return [];
    const time = timeOnLambda(name, busy.memoryMegabytes, slow, busy);
    return [{ time, invocationsPerVote: busy.invocations / votes }];
  });
  return {
    times: times.map(({ time }) => time),
    usage: {
      lambdaRequest: invocationsIn(used) / votes,
      lambdaGigabyteSecond: times.reduce(
        (sum, { time, invocationsPerVote }) => sum + invocationsPerVote * gigabyteSeconds(time),
        0,
      ),
      queueRequest: queueRequestsIn(used) / votes,
      tableWriteUnit: unitsIn(used, "write") / votes,
      tableReadUnit: unitsIn(used, "read") / votes,
    },
  };
}

function pollUsage(used: SystemUse, polls: number, front: Usage) {
  // Votes of the even pace may still be on their way: a poll pays for `vote-status` alone.
  const asked = { ...used, functions: new Map([...used.functions].filter(([name]) => name === "vote-status")) };
  const { times, usage } = behindTheApi(asked, asked, polls);
  return { times, usage: { ...front, ...usage, queueRequest: 0 } };
}

/**
 * Runs it. Throws when a vote is refused, lost or counted twice: nothing should be priced that does not work.
 */
export function runMetered(
  port: number,
  { votes, evenVotes, tallyBatchWindowSeconds }: RunSize,
  say: (line: string) => void,
): Promise<MeteredRun> {
  return inTemporaryFolder(async (logFolder) => {
    say("Starting a metered system.");
    const system = await startMeteredSystem(port, logFolder, { tallyBatchWindowSeconds });
    const voters = pacedVoters(EVEN_PACE_PER_SECOND);
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
      const posted = voters.bytes();
      const post = frontUsage(posted.sent / evenVotes, posted.received / evenVotes);
      const polling = await metered(() => voters.pollOnce(system.running.url));
      const poll = frontUsage(0, (voters.bytes().received - posted.received) / evenVotes);
      say(`Waiting ${IDLE_SECONDS} s in silence.`);
      const idle = await metered(() => pause(IDLE_SECONDS * MILLISECONDS_PER_SECOND));

      const inRush = behindTheApi(rush, even, votes);
      const atEvenPace = behindTheApi(even, even, evenVotes);
      const ofPolls = pollUsage(polling, evenVotes, poll);
      return {
        votes,
        tallyBatchWindowSeconds,
        perVote: { ...post, ...inRush.usage },
        perVoteAtEvenPace: { ...post, ...atEvenPace.usage },
        perPoll: ofPolls.usage,
        times: [...inRush.times, ...ofPolls.times],
        logBytesPerVote: rush.logBytes / votes,
        storedBytesPerVote: await storedBytesPerBallot(system.running),
        idle: {
          seconds: IDLE_SECONDS,
          invocations: invocationsIn(idle),
          units: unitsIn(idle, "read") + unitsIn(idle, "write"),
        },
      };
    } finally {
      await system.stop();
    }
  });
}
