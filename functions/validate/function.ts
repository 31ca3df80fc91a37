import { dynamoDb } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { eventFunction } from "#functions/runtime/event-function.ts";
import { ValidateEnv } from "#functions/validate/env.ts";
import { createValidateHandler } from "#functions/validate/handler.ts";
import type { inBatches } from "#storage/ballot-insertion.ts";
import { guessesTable } from "#storage/guesses-table.ts";
import { rejectedAttemptsTable } from "#storage/rejected-attempts-table.ts";
import { rollTable } from "#storage/roll-table.ts";
import { votesTable } from "#storage/votes-table.ts";

const env = readEnvironment(ValidateEnv, process.env);
const dynamodb = dynamoDb();

/** @param insertion how ballots are inserted */
export const validateFunction = (insertion: typeof inBatches) =>
  eventFunction(
    createValidateHandler({
      roll: rollTable(dynamodb, env.ROLL_TABLE),
      box: votesTable(dynamodb, env.VOTES_TABLE, insertion),
      rejectedAttempts: rejectedAttemptsTable(dynamodb, env.REJECTED_ATTEMPTS_TABLE),
      guesses: guessesTable(dynamodb, env.GUESSES_TABLE),
      now: Date.now,
    }),
  );
