import { setTimeout as pause } from "node:timers/promises";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { RecountEnv } from "#functions/recount/env.ts";
import { createRecountHandler } from "#functions/recount/handler.ts";
import { countSegment } from "#functions/recount/segment.ts";
import { countOnThreads, type ThreadTask } from "#functions/recount/threads.ts";
import { dynamoDb, secretsManagerClient } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { eventFunction } from "#functions/runtime/event-function.ts";
import { measure } from "#functions/runtime/measure.ts";
import { METRICS } from "#functions/runtime/metrics-contract.ts";
import { ballotKeys } from "#storage/ballot-keys.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { secretsManager } from "#storage/secrets.ts";
import { talliesTable } from "#storage/tallies-table.ts";

const env = readEnvironment(RecountEnv, process.env);
const dynamodb = dynamoDb();

export const handler = eventFunction(
  createRecountHandler({
    elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
    tallies: talliesTable(dynamodb, env.TALLIES_TABLE),
    countBox: (elections) => countOnThreads(new URL(import.meta.url), elections),
    stillForMs: env.STILL_SECONDS * 1000,
    now: Date.now,
    pause: (ms) => pause(ms),
    tellOpen: (electionId, isOpen) => measure(electionId, { [METRICS.votingOpen]: isOpen ? 1 : 0 }),
    tellUnstated: (electionId) => measure(electionId, { [METRICS.unstated]: 1 }),
    tellFinding: (electionId, { ballots, disagreements }) =>
      measure(electionId, { [METRICS.recounted]: ballots, [METRICS.disagreements]: disagreements }),
  }),
);

// Threads run this same bundle: each counts its segment and ends.
if (!isMainThread) {
  const { elections, segment }: ThreadTask = workerData;
  const keys = ballotKeys(secretsManager(secretsManagerClient()), {
    ballotKeys: env.BALLOT_KEY_SECRET_PREFIX,
    stampKeys: env.STAMP_KEY_SECRET_PREFIX,
  });
  parentPort?.postMessage(await countSegment(dynamodb, env.VOTES_TABLE, elections, keys, segment));
}
