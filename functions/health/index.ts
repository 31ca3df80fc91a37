import { HealthEnv } from "#functions/health/env.ts";
import { createHealthHandler } from "#functions/health/handler.ts";
import { dynamoDb, sqs } from "#functions/shared/aws-clients.ts";
import { readEnvironment } from "#functions/shared/environment.ts";
import { httpFunction } from "#functions/shared/http.ts";

const env = readEnvironment(HealthEnv, process.env);

export const handler = httpFunction(
  createHealthHandler({
    dynamodb: dynamoDb(),
    sqs: sqs(),
    tables: {
      elections: env.ELECTIONS_TABLE,
      roll: env.ROLL_TABLE,
      votes: env.VOTES_TABLE,
      tallies: env.TALLIES_TABLE,
      board: env.BOARD_TABLE,
      review: env.REVIEW_TABLE,
    },
    queues: { votes: env.VOTES_QUEUE_URL, "dead-letter": env.DEAD_LETTER_QUEUE_URL },
    now: Date.now,
  }),
);
