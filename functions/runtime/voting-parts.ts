import * as z from "zod/mini";
import type { Parts } from "#functions/runtime/part-checks.ts";

/** The parts that a vote needs, for functions that check whether they answer. */

export const partsEnvironment = {
  ELECTIONS_TABLE: z.string().check(z.minLength(1)),
  ROLL_TABLE: z.string().check(z.minLength(1)),
  VOTES_TABLE: z.string().check(z.minLength(1)),
  TALLIES_TABLE: z.string().check(z.minLength(1)),
  BOARD_TABLE: z.string().check(z.minLength(1)),
  REJECTED_ATTEMPTS_TABLE: z.string().check(z.minLength(1)),
  VOTES_QUEUE_URL: z.url(),
  DEAD_LETTER_QUEUE_URL: z.url(),
};

/** The parts, by their names in the API. */
export function votingParts(
  env: Readonly<Record<keyof typeof partsEnvironment, string>>,
  { dynamodb, sqs }: Pick<Parts, "dynamodb" | "sqs">,
) {
  return {
    dynamodb,
    sqs,
    tables: {
      elections: env.ELECTIONS_TABLE,
      roll: env.ROLL_TABLE,
      votes: env.VOTES_TABLE,
      tallies: env.TALLIES_TABLE,
      board: env.BOARD_TABLE,
      "rejected-attempts": env.REJECTED_ATTEMPTS_TABLE,
    },
    queues: { votes: env.VOTES_QUEUE_URL, "dead-letter": env.DEAD_LETTER_QUEUE_URL },
    now: Date.now,
  } satisfies Parts;
}
