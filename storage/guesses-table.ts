import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { type GuessSubject, guessingWindowEndsMs, isNewsworthy } from "#core/guessing.ts";
import { guessListKey, guessRowKey } from "#storage/keys.ts";

/** An address's codes within the hour. */
export type CodesFrom = Readonly<{ wrong: number; admitted: number }>;

/** Wrong guesses by mark, of those whose count limits them; incomplete when there are too many to read. */
export type GuessList = Readonly<{ wrongGuesses: ReadonlyMap<string, number>; isComplete: boolean }>;

/** The hour's wrong guesses, and the turns of those slowed for them. Rows expire; correct votes leave only an address's number. */
export type Guesses = Readonly<{
  /** Counts one wrong guess at or from somebody. */
  count(electionId: string, window: string, subject: GuessSubject, mark: string): Promise<void>;
  listed(electionId: string, window: string): Promise<GuessList>;
  /** Wrong guesses of one mark, which an incomplete list may lack. */
  wrongGuessesOf(electionId: string, mark: string): Promise<number>;
  /** Adds codes received from an address; returns all that is known of it. */
  addAdmitted(electionId: string, window: string, address: string, codes: number): Promise<CodesFrom>;
  /**
   * Takes a turn at a place that has one every `everyMs`: 0 when it was free, otherwise how long until it is, in milliseconds.
   * A conditional write gives each turn once, however many functions ask.
   */
  takeTurn(electionId: string, window: string, turn: Turn): Promise<number>;
  /**
   * Takes the next turn that nobody has taken yet, which may be in the future: in how many milliseconds it is. Undefined when
   * that is more than `mostMs`, and none was taken.
   */
  queueForTurn(electionId: string, window: string, turn: Turn, mostMs: number): Promise<number | undefined>;
}>;

export type Turn = Readonly<{ place: string; nowMs: number; everyMs: number }>;

/** Rows are needed for their hour, and for delayed ballots up to a quarter-hour longer. */
const KEPT_AFTER_WINDOW_MS = 3_600_000;
/** A longer list would cost too much to read; beyond it, marks are looked up one by one. */
const MOST_LISTED = 5_000;
/** How often a turn is asked for when others take it at the same moment. */
const TRIES = 8;

/** @param mostListed how many guessers a list has at most */
export function guessesTable(client: DynamoDBClient, tableName: string, mostListed = MOST_LISTED): Guesses {
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

  const countKey = (electionId: string, mark: string) => ({
    place: { S: guessRowKey(electionId, mark) },
    row: { S: "count" },
  });
  const turnKey = (electionId: string, place: string) => ({
    place: { S: guessRowKey(electionId, place) },
    row: { S: "turn" },
  });

  /** 0 when it was free, otherwise how long all turns before the next free one take. */
  const takeFreeTurn = async (electionId: string, window: string, { place, nowMs, everyMs }: Turn): Promise<number> => {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: turnKey(electionId, place),
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
      return Math.max(1, Number(error.Item?.nextAtMs?.N ?? nowMs) - nowMs);
    }
  };

  /** Undefined when the next turn has become free in the meantime, or is too late. */
  const takeTurnAfter = async (
    electionId: string,
    { place, nowMs, everyMs }: Turn,
    mostMs: number,
  ): Promise<number | undefined> => {
    try {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: turnKey(electionId, place),
          UpdateExpression: "SET nextAtMs = nextAtMs + :every",
          ConditionExpression: "nextAtMs > :now AND nextAtMs <= :latest",
          ExpressionAttributeValues: {
            ":every": { N: String(everyMs) },
            ":now": { N: String(nowMs) },
            ":latest": { N: String(nowMs + mostMs) },
          },
          ReturnValues: "UPDATED_OLD",
        }),
      );
      return Number(Attributes?.nextAtMs?.N ?? nowMs) - nowMs;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  };

  return {
    async count(electionId, window, subject, mark) {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: countKey(electionId, mark),
          UpdateExpression: "ADD wrongGuesses :one SET expiresAt = :expiry",
          ExpressionAttributeValues: { ":one": { N: "1" }, ":expiry": expiry(window) },
          ReturnValues: "UPDATED_NEW",
        }),
      );
      const wrongGuesses = Number(Attributes?.wrongGuesses?.N ?? 0);
      if (isNewsworthy(subject, wrongGuesses)) await list(electionId, window, mark, wrongGuesses);
    },

    async listed(electionId, window) {
      const { Items, LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: "place = :list",
          ExpressionAttributeValues: { ":list": { S: guessListKey(electionId, window) } },
          Limit: mostListed,
        }),
      );
      return {
        wrongGuesses: new Map(
          (Items ?? []).map(({ row, wrongGuesses }) => [row?.S ?? "", Number(wrongGuesses?.N ?? 0)]),
        ),
        isComplete: LastEvaluatedKey === undefined,
      };
    },

    async wrongGuessesOf(electionId, mark) {
      const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: countKey(electionId, mark) }));
      return Number(Item?.wrongGuesses?.N ?? 0);
    },

    async addAdmitted(electionId, window, address, codes) {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: countKey(electionId, address),
          UpdateExpression: "ADD admitted :codes SET expiresAt = :expiry",
          ExpressionAttributeValues: { ":codes": { N: String(codes) }, ":expiry": expiry(window) },
          ReturnValues: "ALL_NEW",
        }),
      );
      return { wrong: Number(Attributes?.wrongGuesses?.N ?? 0), admitted: Number(Attributes?.admitted?.N ?? 0) };
    },

    async takeTurn(electionId, window, turn) {
      const wait = await takeFreeTurn(electionId, window, turn);
      return Math.min(turn.everyMs, wait);
    },

    async queueForTurn(electionId, window, turn, mostMs) {
      for (let tries = 0; tries < TRIES; tries++) {
        const waitMs = await takeFreeTurn(electionId, window, turn);
        if (waitMs === 0) return 0;
        if (waitMs > mostMs) return undefined;
        const queued = await takeTurnAfter(electionId, turn, mostMs);
        if (queued !== undefined) return queued;
      }
      throw new Error("others took every turn that was asked for");
    },
  };
}
