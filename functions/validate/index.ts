import { dynamoDb } from "#functions/shared/aws-clients.ts";
import { readEnvironment } from "#functions/shared/environment.ts";
import { eventFunction } from "#functions/shared/event-function.ts";
import { guessesTable } from "#functions/shared/guesses-table.ts";
import { reviewTable } from "#functions/shared/review-table.ts";
import { rollTable } from "#functions/shared/roll-table.ts";
import { votesTable } from "#functions/shared/votes-table.ts";
import { ValidateEnv } from "#functions/validate/env.ts";
import { createValidateHandler } from "#functions/validate/handler.ts";

const env = readEnvironment(ValidateEnv, process.env);
const dynamodb = dynamoDb();

export const handler = eventFunction(
  createValidateHandler({
    roll: rollTable(dynamodb, env.ROLL_TABLE),
    box: votesTable(dynamodb, env.VOTES_TABLE, { insertsOneByOne: env.INSERTS_ONE_BY_ONE !== undefined }),
    review: reviewTable(dynamodb, env.REVIEW_TABLE),
    guesses: guessesTable(dynamodb, env.GUESSES_TABLE),
    now: Date.now,
  }),
);
