import { dynamoDb, secretsManagerClient } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { eventFunction } from "#functions/runtime/event-function.ts";
import { TallyEnv } from "#functions/tally/env.ts";
import { createTallyHandler } from "#functions/tally/handler.ts";
import { ballotKeys } from "#storage/ballot-keys.ts";
import { bulletinBoardTable } from "#storage/bulletin-board-table.ts";
import { electionsRegistered, electionsTable } from "#storage/elections-table.ts";
import { secretsManager } from "#storage/secrets.ts";
import { talliesTable } from "#storage/tallies-table.ts";

const env = readEnvironment(TallyEnv, process.env);
const dynamodb = dynamoDb();

export const handler = eventFunction(
  createTallyHandler({
    elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
    isRegistered: electionsRegistered(dynamodb, env.ELECTIONS_TABLE),
    ballotKeys: ballotKeys(secretsManager(secretsManagerClient()), {
      ballotKeys: env.BALLOT_KEY_SECRET_PREFIX,
      stampKeys: env.STAMP_KEY_SECRET_PREFIX,
    }),
    tallies: talliesTable(dynamodb, env.TALLIES_TABLE),
    board: bulletinBoardTable(dynamodb, env.BOARD_TABLE),
    now: Date.now,
  }),
);
