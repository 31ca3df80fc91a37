import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { dynamoDb, sqs } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { httpFunction } from "#functions/runtime/http.ts";
import { cloudWatch } from "#functions/runtime/measured/measurements.ts";
import { votingParts } from "#functions/runtime/voting-parts.ts";
import { SystemStatusEnv } from "#functions/system-status/env.ts";
import { createSystemStatusHandler } from "#functions/system-status/handler.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { publishedTable } from "#storage/published-table.ts";
import { talliesTable } from "#storage/tallies-table.ts";

const env = readEnvironment(SystemStatusEnv, process.env);
const dynamodb = dynamoDb();

export const handler = httpFunction(
  createSystemStatusHandler({
    elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
    tallies: talliesTable(dynamodb, env.TALLIES_TABLE),
    published: publishedTable(dynamodb, env.PUBLISHED_TABLE),
    measurements: cloudWatch(new CloudWatchClient({})),
    namespace: env.POWERTOOLS_METRICS_NAMESPACE,
    queueName: env.VOTES_QUEUE_NAME,
    tallyFunctionName: env.TALLY_FUNCTION_NAME,
    parts: votingParts(env, { dynamodb, sqs: sqs() }),
  }),
);
