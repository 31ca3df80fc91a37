import { setTimeout as pause } from "node:timers/promises";
import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { PARAMETERS } from "#infra/parameters.ts";
import { runFlawlessly } from "#load/clients/flawless-run.ts";
import { runVotes } from "#load/clients/vote-run.ts";
import { type FunctionTime, gigabyteSeconds, timeOnLambda } from "#load/cost/lambda-time.ts";
import { pacedVoters } from "#load/cost/paced-voters.ts";
import { sharedReads, votersInChromium } from "#load/cost/visits.ts";
import { voterUse } from "#load/cost/voter-use.ts";
import { amountsIn, type SystemUse, startMeteredSystem, useDuring } from "#load/metering/metered-system.ts";
import { NOTHING, type Usage } from "#load/shared/bill.ts";
import { unrankedElections } from "#load/shared/elections.ts";
import { enrolElectorate, planPosts } from "#load/shared/electorate.ts";
import { say } from "#load/shared/report.ts";
import { connectTo, type RunningSystem } from "#load/shared/running-system.ts";
import type { Exchange } from "#load/site-bench/whole-voter.ts";
import { inTemporaryFolder } from "#local/loose-ends.ts";

/**
 * One run, metered in parts on one system: a rush, whose operations are counted and whose batches are full; an even pace, at
 * which functions that answer a voter are timed and bodies measured; a status poll for each of those; voters in a browser, whose
 * requests are counted; what they read, asked for again without one; and silence.
 */

export const EVEN_PACE_PER_SECOND = 50;
const IDLE_SECONDS = 10;
/** In a browser; the first finds functions that were not asked yet, and is not counted. */
const VISITS = 4;
/** Of each answer that edges keep. */
const READS = 50;
/** By then, what the queue still held is decided. */
const SETTLED_AFTER_MS = 2_000;

/** Headers of a request that reaches the API: the browser's and CloudFront's. Assumed. */
export const REQUEST_HEADER_BYTES = 500;
/** Headers of an HTTP/2 answer on a connection that has sent most of them before. Assumed. */
export const ANSWER_HEADER_BYTES = 180;
/** In addition to an item's names and values, for its index entry. */
const BYTES_BILLED_FOR_AN_ITEM = 100;
const BYTES_PER_GIGABYTE = 1e9;

/** A stage in AWS lets counts wait for fuller batches; the laptop's does not (config/local.json). */
export const DEFAULT_TALLY_WINDOW = PARAMETERS.tallyBatchWindowSeconds.parse(undefined);

export type MeteredRun = Readonly<{
  votes: number;
  tallyBatchWindowSeconds: number;
  /** Of one vote, from its post to its count. */
  perVote: Usage;
  /** Of one request for its status. */
  perPoll: Usage;
  /** Of one request whose answer edges keep, when it reaches the API. */
  perRead: Usage;
  /** Of one voter, all in. */
  perVoter: Usage;
  /** The requests of voters in a browser. */
  visits: readonly (readonly Exchange[])[];
  /** Of one vote at the even pace, where a batch holds whatever is waiting. */
  perVoteAtEvenPace: Usage;
  /** An invocation of each function, with batches as full as in the rush. */
  times: readonly FunctionTime[];
  logBytesPerVote: number;
  /** In the tables, for as long as the ballot box is kept. */
  storedBytesPerVote: number;
  /** Invocations and capacity units while nobody votes. */
  idle: Readonly<{ seconds: number; invocations: number; units: number }>;
}>;

/** What one exchange with a voter uses of CloudFront and the API. @param sent bytes of the request's body @param received of the answer's */
function frontUsage(sent: number, received: number): Usage {
  return {
    ...NOTHING,
    cdnRequest: 1,
    apiRequest: 1,
    cdnGigabyteOut: (received + ANSWER_HEADER_BYTES) / BYTES_PER_GIGABYTE,
    cdnGigabyteToOrigin: (sent + REQUEST_HEADER_BYTES) / BYTES_PER_GIGABYTE,
  };
}

/** What a vote uses behind the API. @param unhurried for the functions' waiting */
function behindTheApi(used: SystemUse, unhurried: SystemUse, votes: number) {
  const { invocations, queueRequests, writeUnits, readUnits } = amountsIn(used);
  const times = [...used.functions].flatMap(([name, busy]) => {
    const slow = unhurried.functions.get(name);
    if (busy.invocations === 0 || slow === undefined || slow.invocations === 0) return [];
    return [timeOnLambda(name, busy.memoryMegabytes, slow, busy)];
  });
  const gigabyteSecondsOf = (time: FunctionTime): number =>
    (used.functions.get(time.name)?.invocations ?? 0) * gigabyteSeconds(time);
  return {
    times,
    usage: {
      lambdaRequest: invocations / votes,
      lambdaGigabyteSecond: times.reduce((sum, time) => sum + gigabyteSecondsOf(time), 0) / votes,
      queueRequest: queueRequests / votes,
      tableWriteUnit: writeUnits / votes,
      tableReadUnit: readUnits / votes,
    },
  };
}

/** Average bytes of a stored ballot and of its voter's entry on the roll, as DynamoDB bills them. */
async function storedBytesPerBallot(system: RunningSystem): Promise<number> {
  using connection = connectTo(system);
  const { documents, votesTable, rollTable } = connection;
  const sizes = [votesTable, rollTable].map(async (TableName) => {
    const { Table } = await documents.send(new DescribeTableCommand({ TableName }));
    const { TableSizeBytes = 0, ItemCount = 0 } = Table ?? {};
    return ItemCount === 0 ? 0 : TableSizeBytes / ItemCount + BYTES_BILLED_FOR_AN_ITEM;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Throws when a vote is refused, lost or counted twice: what does not work should not be priced. @param votes of the rush */
export function runMetered(votes: number, evenVotes: number, tallyBatchWindowSeconds: number): Promise<MeteredRun> {
  return inTemporaryFolder(async (logFolder) => {
    say("Starting a metered system.");
    await using system = await startMeteredSystem(logFolder, { tallyBatchWindowSeconds });
    const { running } = system;
    const voters = pacedVoters(EVEN_PACE_PER_SECOND);
    const warmUp = Math.ceil(votes / 5);
    const plan = await planPosts(await enrolElectorate(running, warmUp + votes + evenVotes), "half");
    await runFlawlessly(running, plan.slice(0, warmUp));
    const metered = async (work: () => Promise<unknown>): Promise<SystemUse> => {
      await pause(SETTLED_AFTER_MS);
      return useDuring(system, work);
    };

    say(`Voting ${votes} at full speed.`);
    const rush = await metered(() => runFlawlessly(running, plan.slice(warmUp, warmUp + votes)));
    say(`Voting ${evenVotes} at ${EVEN_PACE_PER_SECOND} a second, and asking once for the status of each.`);
    const even = await metered(async () => {
      const { account } = await runVotes(running, plan.slice(warmUp + votes), voters.post);
      if (account.voters !== evenVotes || account.lost + account.countedTwice > 0) {
        throw new Error(`of ${evenVotes} votes ${account.voters} were accepted and ${account.lost} lost`);
      }
    });
    const posted = voters.bytes();
    const post = frontUsage(posted.sent / evenVotes, posted.received / evenVotes);
    // Starts the function.
    await voters.pollOnce(running.url, 1);
    const beforePolls = voters.bytes().received;
    const polled = await metered(() => voters.pollOnce(running.url));
    const poll = frontUsage(0, (voters.bytes().received - beforePolls) / evenVotes);
    const visitors = await enrolElectorate(
      running,
      VISITS,
      undefined,
      (await unrankedElections(running.url)).slice(0, 1),
    );
    say(`Watching ${VISITS} voters in Chromium.`);
    const [, ...visits] = await votersInChromium(running, visitors);
    const paths = sharedReads(visits).flatMap((path) => Array.from({ length: READS }, () => path));
    const beforeReading = voters.bytes().received;
    const reading = await metered(() => voters.read(running.url, paths));
    const read = frontUsage(0, (voters.bytes().received - beforeReading) / paths.length);
    say(`Waiting ${IDLE_SECONDS} s in silence.`);
    const idle = amountsIn(await metered(() => pause(IDLE_SECONDS * 1000)));

    const inRush = behindTheApi(rush, even, votes);
    // Votes of the even pace may still be on their way: a poll pays for `vote-status` alone.
    const polling = { ...polled, functions: new Map([...polled.functions].filter(([name]) => name === "vote-status")) };
    const ofPolls = behindTheApi(polling, polling, evenVotes);
    const ofReads = behindTheApi(reading, reading, paths.length);
    const parts = {
      perVote: { ...post, ...inRush.usage },
      perPoll: { ...poll, ...ofPolls.usage, queueRequest: 0 },
      perRead: { ...read, ...ofReads.usage, queueRequest: 0 },
      logBytesPerVote: rush.logBytes / votes,
    };
    return {
      ...parts,
      votes,
      tallyBatchWindowSeconds,
      perVoter: voterUse(visits, parts),
      visits,
      perVoteAtEvenPace: { ...post, ...behindTheApi(even, even, evenVotes).usage },
      times: [...inRush.times, ...ofPolls.times, ...ofReads.times],
      storedBytesPerVote: await storedBytesPerBallot(running),
      idle: { seconds: IDLE_SECONDS, invocations: idle.invocations, units: idle.readUnits + idle.writeUnits },
    };
  });
}
