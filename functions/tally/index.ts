import { dynamoDb, secretsManagerClient } from "#functions/shared/aws-clients.ts";
import { ballotKeys } from "#functions/shared/ballot-keys.ts";
import { boardTable } from "#functions/shared/board-table.ts";
import { electionsTable } from "#functions/shared/elections-table.ts";
import { readEnvironment } from "#functions/shared/environment.ts";
import { eventFunction } from "#functions/shared/event-function.ts";
import { secretsManager } from "#functions/shared/secrets.ts";
import { talliesTable } from "#functions/shared/tallies-table.ts";
import { TallyEnv } from "#functions/tally/env.ts";
import { createTallyHandler } from "#functions/tally/handler.ts";

const env = readEnvironment(TallyEnv, process.env);
const dynamodb = dynamoDb();

export const handler = eventFunction(
  createTallyHandler({
    elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
    ballotKeys: ballotKeys(secretsManager(secretsManagerClient()), env.BALLOT_KEY_SECRET_PREFIX),
    tallies: talliesTable(dynamodb, env.TALLIES_TABLE),
    board: boardTable(dynamodb, env.BOARD_TABLE),
    onlyShard: env.ONLY_SHARD,
    now: Date.now,
  }),
);
