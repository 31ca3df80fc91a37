import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { secretsManagerClient } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { eventFunction } from "#functions/runtime/event-function.ts";
import { StateOpeningEnv } from "#functions/state-opening/env.ts";
import { createStateOpeningHandler } from "#functions/state-opening/handler.ts";
import { electionsTable } from "#storage/elections-table.ts";

const env = readEnvironment(StateOpeningEnv, process.env);

/** Reading a whole roll may exceed what its table serves at first; the SDK then backs off, up to 20 s. */
const MAX_ATTEMPTS = 12;
const dynamodb = new DynamoDBClient({ maxAttempts: MAX_ATTEMPTS });

export const handler = eventFunction(
  createStateOpeningHandler({
    elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
    kept: {
      documents: DynamoDBDocumentClient.from(dynamodb),
      electionsTable: env.ELECTIONS_TABLE,
      rollTable: env.ROLL_TABLE,
      secrets: secretsManagerClient(),
      secretPrefix: env.SECRET_PREFIX,
    },
    now: Date.now,
  }),
);
