import { HealthEnv } from "#functions/health/env.ts";
import { createHealthHandler } from "#functions/health/handler.ts";
import { dynamoDb, sqs } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { httpFunction } from "#functions/runtime/http.ts";
import { votingParts } from "#functions/runtime/voting-parts.ts";

const env = readEnvironment(HealthEnv, process.env);

export const handler = httpFunction(createHealthHandler(votingParts(env, { dynamodb: dynamoDb(), sqs: sqs() })));
