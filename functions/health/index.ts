import { HealthEnv } from "#functions/health/env.ts";
import { createHealthHandler } from "#functions/health/handler.ts";
import { dynamoDb, sqs } from "#functions/shared/aws-clients.ts";
import { readEnvironment } from "#functions/shared/environment.ts";
import { httpFunction } from "#functions/shared/http.ts";
import { votingParts } from "#functions/shared/voting-parts.ts";

const env = readEnvironment(HealthEnv, process.env);

export const handler = httpFunction(createHealthHandler(votingParts(env, { dynamodb: dynamoDb(), sqs: sqs() })));
