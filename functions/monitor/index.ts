import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { MonitorEnv } from "#functions/monitor/env.ts";
import { createMonitorHandler } from "#functions/monitor/handler.ts";
import { cloudWatch } from "#functions/monitor/measurements.ts";
import { dynamoDb, sqs } from "#functions/shared/aws-clients.ts";
import { electionsTable } from "#functions/shared/elections-table.ts";
import { readEnvironment } from "#functions/shared/environment.ts";
import { httpFunction } from "#functions/shared/http.ts";
import { talliesTable } from "#functions/shared/tallies-table.ts";
import { votingParts } from "#functions/shared/voting-parts.ts";

const env = readEnvironment(MonitorEnv, process.env);
const dynamodb = dynamoDb();

export const handler = httpFunction(
  createMonitorHandler({
    elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
    tallies: talliesTable(dynamodb, env.TALLIES_TABLE),
    measurements: cloudWatch(new CloudWatchClient({})),
    namespace: env.POWERTOOLS_METRICS_NAMESPACE,
    queueName: env.VOTES_QUEUE_NAME,
    tallyFunctionName: env.TALLY_FUNCTION_NAME,
    parts: votingParts(env, { dynamodb, sqs: sqs() }),
  }),
);
