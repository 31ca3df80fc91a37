import { dynamoDb, secretsManagerClient, sqs } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { httpFunction } from "#functions/runtime/http.ts";
import { SubmitEnv } from "#functions/submit/env.ts";
import { createGuessLimits } from "#functions/submit/guess-limits.ts";
import { createSubmitHandler } from "#functions/submit/handler.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { guessesTable } from "#storage/guesses-table.ts";
import { secretsManager } from "#storage/secrets.ts";
import { votesQueue } from "#storage/votes-queue.ts";

const env = readEnvironment(SubmitEnv, process.env);
const dynamodb = dynamoDb();

export const handler = httpFunction(
  createSubmitHandler({
    elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
    secrets: secretsManager(secretsManagerClient()),
    queue: votesQueue(sqs(), env.VOTES_QUEUE_URL),
    limits: createGuessLimits(guessesTable(dynamodb, env.GUESSES_TABLE), Date.now),
    viewerAddressHeader: env.VIEWER_ADDRESS_HEADER,
    pepperSecretPrefix: env.PEPPER_SECRET_PREFIX,
    stampKeySecretPrefix: env.STAMP_KEY_SECRET_PREFIX,
    receiptKeyPrefix: env.RECEIPT_KEY_SECRET_PREFIX,
    now: Date.now,
  }),
);
