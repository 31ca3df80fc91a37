import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { guessingWindow } from "#core/guessing.ts";
import { logFailure } from "#functions/runtime/observability.ts";
import { type Decision, measureDecisions } from "#functions/validate/decisions.ts";
import type { Guesses } from "#storage/guesses-table.ts";
import type { Rejection } from "#storage/keys.ts";
import type { RejectedAttempts } from "#storage/rejected-attempts-table.ts";
import type { Roll } from "#storage/roll-table.ts";
import { readVoteMessage, type VoteMessage } from "#storage/vote-message.ts";
import type { BallotBox } from "#storage/votes-table.ts";

export type ValidateDependencies = Readonly<{
  roll: Roll;
  box: BallotBox;
  rejectedAttempts: RejectedAttempts;
  guesses: Guesses;
  now: () => number;
}>;
type Outcome = Rejection | "accepted";
export type ValidateHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/**
 * Decides each queued ballot: accepted, duplicate, or not on the roll of its region. The batch takes one read of the roll and
 * one request of conditional writes, each independent of the others. A message leaves the queue only once its outcome is
 * stored: what fails is delivered again, and ends in the dead-letter queue when it never succeeds.
 */
export function createValidateHandler({
  roll,
  box,
  rejectedAttempts,
  guesses,
  now,
}: ValidateDependencies): ValidateHandler {
  /** Decides each vote, or gives an Error. */
  const decide = async (votes: readonly VoteMessage[]): Promise<ReadonlyMap<VoteMessage, Outcome | Error>> => {
    const regions = await roll.regionsOf(votes.map(({ hash }) => hash));
    const entitled = votes.filter(({ hash, regionId }) => regions.get(hash) === regionId);
    const cast = await box.cast(entitled);
    const outcomes = new Map<VoteMessage, Outcome | Error>(
      votes.map((vote) => [vote, regions.has(vote.hash) ? "wrong-region" : "unknown-credentials"]),
    );
    for (const [index, vote] of entitled.entries()) {
      const outcome = cast[index] ?? new Error("a ballot was not decided");
      const isAccepted = outcome === "stored" || outcome === "already-stored";
      outcomes.set(vote, isAccepted ? "accepted" : outcome);
    }
    return outcomes;
  };

  /** Neither repeating a wrong code nor a redelivery counts as another guess. */
  const countGuess = async ({ electionId, castAt, guessedIdentity, guessingAddress }: VoteMessage): Promise<void> => {
    const window = guessingWindow(Date.parse(castAt));
    await Promise.all([
      guessedIdentity !== undefined && guesses.count(electionId, window, "identity", guessedIdentity),
      guessingAddress !== undefined && guesses.count(electionId, window, "address", guessingAddress),
    ]);
  };

  return async (event, context) => {
    const votes = new Map(event.Records.map((record) => [record.messageId, readVoteMessage(record.body)]));
    const outcomes = await decide([...votes.values()].filter((vote) => vote !== undefined));

    const decisions: Decision[] = [];
    const validateOne = async (record: SQSRecord): Promise<void> => {
      const vote = votes.get(record.messageId);
      // Without its text, which may hold anything and must not be logged.
      if (vote === undefined) throw new TypeError("a message in the queue is not a vote");
      const outcome = outcomes.get(vote) ?? new Error("a ballot was not decided");
      if (outcome instanceof Error) throw outcome;
      if (outcome !== "accepted") {
        const occurrence = await rejectedAttempts.record({ ...vote, outcome });
        // A wrong region confirms a code without spending it, so it is a guess too.
        if (outcome !== "duplicate" && occurrence === "first") await countGuess(vote);
      }
      const tookMs = Math.max(0, now() - Number(record.attributes.SentTimestamp));
      decisions.push({ electionId: vote.electionId, outcome, tookMs });
    };

    const processor = new BatchProcessor(EventType.SQS);
    const response = await processPartialResponse(event, validateOne, processor, {
      context,
      throwOnFullBatchFailure: false,
    });
    measureDecisions(decisions);
    for (const error of processor.errors)
      logFailure("a ballot could not be decided and will be delivered again", error);
    return response;
  };
}
