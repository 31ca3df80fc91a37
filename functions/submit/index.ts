import { issuersIn } from "#core/voter-issuers.ts";
import { dynamoDb, secretsManagerClient, sqs } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { httpFunction } from "#functions/runtime/http.ts";
import { logFailure } from "#functions/runtime/observability.ts";
import { SubmitEnv } from "#functions/submit/env.ts";
import { createGuessLimits } from "#functions/submit/guess-limits.ts";
import { createSubmitHandler } from "#functions/submit/handler.ts";
import { tokenReader } from "#functions/submit/id-token.ts";
import { providerKeys } from "#functions/submit/provider-keys.ts";
import { voterReader } from "#functions/submit/voter.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { guessesTable } from "#storage/guesses-table.ts";
import { secretsManager } from "#storage/secrets.ts";
import { votesQueue } from "#storage/votes-queue.ts";

const env = readEnvironment(SubmitEnv, process.env);
const dynamodb = dynamoDb();

const notAsked = (error: unknown): void => logFailure("the identity provider could not be asked for its keys", error);

export const handler = httpFunction(
  createSubmitHandler({
    elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
    secrets: secretsManager(secretsManagerClient()),
    queue: votesQueue(sqs(), env.VOTES_QUEUE_URL),
    limits: createGuessLimits(guessesTable(dynamodb, env.GUESSES_TABLE), Date.now),
    voters: voterReader(tokenReader(providerKeys(issuersIn(env.VOTER_ISSUERS), Date.now, notAsked))),
    viewerAddressHeader: env.VIEWER_ADDRESS_HEADER,
    pepperSecretPrefix: env.PEPPER_SECRET_PREFIX,
    stampKeySecretPrefix: env.STAMP_KEY_SECRET_PREFIX,
    receiptKeyPrefix: env.RECEIPT_KEY_SECRET_PREFIX,
    acknowledgementKeyPrefix: env.ACKNOWLEDGEMENT_KEY_SECRET_PREFIX,
    now: Date.now,
  }),
);
