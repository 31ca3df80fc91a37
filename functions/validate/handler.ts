import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { guessingWindow } from "#core/guessing.ts";
import type { Struck } from "#core/strike.ts";
import { logFailure } from "#functions/runtime/observability.ts";
import { type Decision, measureDecisions } from "#functions/validate/decisions.ts";
import type { Guesses } from "#storage/guesses-table.ts";
import type { Rejection } from "#storage/keys.ts";
import type { RejectedAttempts } from "#storage/rejected-attempts-table.ts";
import type { Registration, Roll } from "#storage/roll-table.ts";
import { readVoteMessage, type VoteMessage } from "#storage/vote-message.ts";
import type { BallotBox, CastOutcome } from "#storage/votes-table.ts";

export type ValidateDependencies = Readonly<{
  roll: Roll;
  box: BallotBox;
  rejectedAttempts: RejectedAttempts;
  guesses: Guesses;
  now: () => number;
}>;
/** `since` is when the voter's code was struck off. */
type Outcome = Readonly<{ outcome: Rejection | "accepted"; since?: string }>;
export type ValidateHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

const struckOff = ({ strike, at }: Struck): Outcome => ({ outcome: strike, since: at });

/** Why a ballot that the roll does not let pass is refused. Who holds all credentials of a struck code may know why. */
function refusalOf(registration: Registration | undefined): Outcome {
  if (registration === undefined) return { outcome: "unknown-credentials" };
  return registration.struck === undefined ? { outcome: "wrong-region" } : struckOff(registration.struck);
}

function outcomeOf(cast: CastOutcome | Error): Outcome | Error {
  if (cast instanceof Error) return cast;
  if (cast === "duplicate") return { outcome: cast };
  return typeof cast === "object" ? struckOff(cast) : { outcome: "accepted" };
}

/** Outcomes that tell whether a code is right without spending it. A struck code cannot be spent, so trying it gains nothing. */
const GUESSES: readonly string[] = ["unknown-credentials", "wrong-region"] satisfies Rejection[];

/**
 * Decides each queued ballot: accepted, duplicate, not on the roll of its region, or of a code that was struck off. The batch takes one read of the roll and
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
    const registrations = await roll.registrationsOf(votes.map(({ hash }) => hash));
    const mayVote = ({ hash, regionId }: VoteMessage): boolean => {
      const found = registrations.get(hash);
      return found?.regionId === regionId && found.struck === undefined;
    };
    const entitled = votes.filter(mayVote);
    const cast = await box.cast(entitled);
    const outcomes = new Map<VoteMessage, Outcome | Error>(
      votes.map((vote) => [vote, refusalOf(registrations.get(vote.hash))]),
    );
    for (const [index, vote] of entitled.entries()) {
      outcomes.set(vote, outcomeOf(cast[index] ?? new Error("a ballot was not decided")));
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
      const decided = outcomes.get(vote) ?? new Error("a ballot was not decided");
      if (decided instanceof Error) throw decided;
      const { outcome, since } = decided;
      if (outcome !== "accepted") {
        const occurrence = await rejectedAttempts.record({ ...vote, outcome, since });
        if (GUESSES.includes(outcome) && occurrence === "first") await countGuess(vote);
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
