import { dynamoDb, secretsManagerClient, sqs } from "#functions/shared/aws-clients.ts";
import { electionsTable } from "#functions/shared/elections-table.ts";
import { readEnvironment } from "#functions/shared/environment.ts";
import { guessesTable } from "#functions/shared/guesses-table.ts";
import { httpFunction } from "#functions/shared/http.ts";
import { secretsManager } from "#functions/shared/secrets.ts";
import { votesQueue } from "#functions/shared/votes-queue.ts";
import { SubmitEnv } from "#functions/submit/env.ts";
import { createGuessLimits } from "#functions/submit/guess-limits.ts";
import { createSubmitHandler } from "#functions/submit/handler.ts";

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
    receiptSecretName: env.RECEIPT_SECRET_NAME,
    now: Date.now,
  }),
);
