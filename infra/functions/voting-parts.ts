import type { Tables } from "#infra/data/tables.ts";
import type { ScrutinFunction } from "#infra/functions/scrutin-function.ts";
import type { VotesQueue } from "#infra/voting/votes-queue.ts";

/** Every part that a vote needs, as checked by `health` and `system-status`. */
export type VotingParts = Pick<Tables, "elections" | "roll" | "votes" | "tallies" | "board" | "rejectedAttempts"> &
  Readonly<{ queue: VotesQueue }>;

/** The variables that name the parts, as `partsEnvironment` of functions/runtime/voting-parts.ts reads them. */
export const partsVariables = ({ elections, roll, votes, tallies, board, rejectedAttempts, queue }: VotingParts) => ({
  ELECTIONS_TABLE: elections.tableName,
  ROLL_TABLE: roll.tableName,
  VOTES_TABLE: votes.tableName,
  TALLIES_TABLE: tallies.tableName,
  BOARD_TABLE: board.tableName,
  REJECTED_ATTEMPTS_TABLE: rejectedAttempts.tableName,
  VOTES_QUEUE_URL: queue.queue.queueUrl,
  DEAD_LETTER_QUEUE_URL: queue.deadLetters.queueUrl,
});

/** Allows checking every table, and asking both queues how many messages wait. */
export function mayAsk(asking: ScrutinFunction, { queue: queues, ...parts }: VotingParts): void {
  const { elections, roll, votes, tallies, board, rejectedAttempts } = parts;
  for (const table of [elections, roll, votes, tallies, board, rejectedAttempts]) asking.may(["DescribeTable"], table);
  for (const { queueArn } of [queues.queue, queues.deadLetters]) asking.allow(["sqs:GetQueueAttributes"], queueArn);
}
