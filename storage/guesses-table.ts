import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { type GuessSubject, guessingWindowEndsMs, isNewsworthy } from "#core/guessing.ts";
import { guessListKey, guessRowKey } from "#storage/keys.ts";

/** The hour's wrong guesses, and the turns of those slowed for them. Rows expire; correct votes leave nothing here. */
export type Guesses = Readonly<{
  /** Counts one wrong guess at or from somebody. */
  count(electionId: string, window: string, subject: GuessSubject, mark: string): Promise<void>;
  /** Wrong guesses by mark, of those whose count limits them. */
  listed(electionId: string, window: string): Promise<ReadonlyMap<string, number>>;
  /**
   * Takes a turn at a place that has one every `everyMs`: 0 when it was free, otherwise how long until it is, in milliseconds.
   * A conditional write gives each turn once, however many functions ask.
   */
  takeTurn(electionId: string, window: string, place: string, nowMs: number, everyMs: number): Promise<number>;
}>;

/** Rows are needed for their hour, and for delayed ballots up to a quarter-hour longer. */
const KEPT_AFTER_WINDOW_MS = 3_600_000;
/** A longer list would cost too much to read; whoever guesses at this many is slowed by address. */
const MOST_LISTED = 5_000;

export function guessesTable(client: DynamoDBClient, tableName: string): Guesses {
  const expiry = (window: string) => ({
    N: String(Math.ceil((guessingWindowEndsMs(window) + KEPT_AFTER_WINDOW_MS) / 1000)),
  });

  const list = async (electionId: string, window: string, mark: string, wrongGuesses: number): Promise<void> => {
    await client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: { place: { S: guessListKey(electionId, window) }, row: { S: mark } },
        UpdateExpression: "SET wrongGuesses = :count, expiresAt = :expiry",
        ExpressionAttributeValues: { ":count": { N: String(wrongGuesses) }, ":expiry": expiry(window) },
      }),
    );
  };

  return {
    async count(electionId, window, subject, mark) {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: { place: { S: guessRowKey(electionId, mark) }, row: { S: "count" } },
          UpdateExpression: "ADD wrongGuesses :one SET expiresAt = :expiry",
          ExpressionAttributeValues: { ":one": { N: "1" }, ":expiry": expiry(window) },
          ReturnValues: "UPDATED_NEW",
        }),
      );
      const wrongGuesses = Number(Attributes?.wrongGuesses?.N ?? 0);
      if (isNewsworthy(subject, wrongGuesses)) await list(electionId, window, mark, wrongGuesses);
    },

    async listed(electionId, window) {
      const { Items } = await client.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: "place = :list",
          ExpressionAttributeValues: { ":list": { S: guessListKey(electionId, window) } },
          Limit: MOST_LISTED,
        }),
      );
      return new Map((Items ?? []).map(({ row, wrongGuesses }) => [row?.S ?? "", Number(wrongGuesses?.N ?? 0)]));
    },

    async takeTurn(electionId, window, place, nowMs, everyMs) {
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: tableName,
            Key: { place: { S: guessRowKey(electionId, place) }, row: { S: "turn" } },
            UpdateExpression: "SET nextAtMs = :next, expiresAt = :expiry",
            ConditionExpression: "attribute_not_exists(nextAtMs) OR nextAtMs <= :now",
            ExpressionAttributeValues: {
              ":next": { N: String(nowMs + everyMs) },
              ":now": { N: String(nowMs) },
              ":expiry": expiry(window),
            },
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          }),
        );
        return 0;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const nextAtMs = Number(error.Item?.nextAtMs?.N ?? nowMs);
        return Math.min(everyMs, Math.max(1, nextAtMs - nowMs));
      }
    },
  };
}
