import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import type { Connection } from "#admin/connection/connection.ts";
import { issuersIn } from "#core/voter-issuers.ts";
import { secretsManagerClient, sqs } from "#functions/runtime/aws-clients.ts";
import { connectionEnvironment } from "#functions/runtime/office/env.ts";

const ConnectionEnv = z.object(connectionEnvironment);

/** A throttled table scales up; the SDK backs off, up to 20 s. */
const MAX_ATTEMPTS = 12;

/** Where the command line's operations act, with the rights of the function: what its role may not do fails. */
export function connectionOf(env: z.infer<typeof ConnectionEnv>): Connection {
  const dynamodb = new DynamoDBClient({ maxAttempts: MAX_ATTEMPTS });
  return {
    dynamodb,
    documents: DynamoDBDocumentClient.from(dynamodb, { unmarshallOptions: { wrapNumbers: Number } }),
    secrets: secretsManagerClient(),
    sqs: sqs(),
    cloudwatch: new CloudWatchClient(),
    electionsTable: env.ELECTIONS_TABLE,
    biographiesTable: env.BIOGRAPHIES_TABLE,
    rollTable: env.ROLL_TABLE,
    votesTable: env.VOTES_TABLE,
    talliesTable: env.TALLIES_TABLE,
    publishedTable: env.PUBLISHED_TABLE,
    boardTable: env.BOARD_TABLE,
    rejectedAttemptsTable: env.REJECTED_ATTEMPTS_TABLE,
    auditTable: env.AUDIT_TABLE,
    votesQueueUrl: env.VOTES_QUEUE_URL,
    deadLetterQueueUrl: env.DEAD_LETTER_QUEUE_URL,
    certifiedBucket: env.CERTIFIED_BUCKET,
    s3Endpoint: undefined,
    secretPrefix: env.SECRET_PREFIX,
    voterIssuers: issuersIn(env.VOTER_ISSUERS),
    // Its own address, which no function asks.
    apiUrl: "",
    close() {},
  };
}
