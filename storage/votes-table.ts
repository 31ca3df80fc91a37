import { setTimeout as sleep } from "node:timers/promises";
import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchStatementError,
  type DynamoDBClient,
  GetItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Struck } from "#core/strike.ts";
import { inBatches } from "#storage/ballot-insertion.ts";
import { struckIn } from "#storage/strike-mark.ts";
import type { VoteMessage } from "#storage/vote-message.ts";

/** The outcome of the conditional write: stored now, stored by an earlier delivery, or what stands in its place: another ballot, or a mark. */
export type CastOutcome = "stored" | "already-stored" | "duplicate" | Struck;

/** A stored ballot without its envelope. `castAt` is an ISO instant, to the minute. */
export type StandingBallot = Readonly<{ trackingCode: string; castAt: string }>;

/** The ballot box. */
export type BallotBox = Readonly<{
  /**
   * Stores each ballot whose voter has none yet. That condition alone enforces one vote per credential. Returns outcomes in
   * order, with an Error for what could not be decided; never rejects.
   */
  cast(votes: readonly VoteMessage[]): Promise<readonly (CastOutcome | Error)[]>;
  /** The stored ballot of a voter's hash; undefined when there is none. */
  standingBallot(hash: string): Promise<StandingBallot | undefined>;
}>;

/** The limit of BatchExecuteStatement (DynamoDB developer guide, "Running batch operations with PartiQL"). */
const MOST_AT_ONCE = 25;
/** How often a throttled statement is tried; the SDK retries only whole requests. */
const TRIES = 4;
const FIRST_PAUSE_MS = 50;
const NO_ROOM: readonly string[] = [
  "ThrottlingError",
  "ProvisionedThroughputExceeded",
  "RequestLimitExceeded",
  "InternalServerError",
  "TransactionConflict",
] satisfies BatchStatementError["Code"][];

/** Votes in rounds of one ballot per voter: a request may have each key only once. */
function roundsOf(votes: readonly VoteMessage[]): readonly (readonly VoteMessage[])[] {
  const rounds: VoteMessage[][] = [];
  const earlier = new Map<string, number>();
  for (const vote of votes) {
    let round = earlier.get(vote.hash) ?? 0;
    while (rounds[round]?.length === MOST_AT_ONCE) round++;
    rounds[round] = [...(rounds[round] ?? []), vote];
    earlier.set(vote.hash, round + 1);
  }
  return rounds;
}

function standingIn({ trackingCode, castAt }: Record<string, AttributeValue>): StandingBallot {
  return { trackingCode: trackingCode?.S ?? "", castAt: castAt?.S ?? "" };
}

export function votesTable(
  client: DynamoDBClient,
  tableName: string,
  insertion: typeof inBatches = inBatches,
): BallotBox {
  const insert = insertion(client, tableName);

  /** What stands in the box of each of these voters. */
  const standingOf = async (votes: readonly VoteMessage[]): Promise<ReadonlyMap<string, StandingBallot>> => {
    const { Responses } = await client.send(
      new BatchGetItemCommand({
        RequestItems: {
          [tableName]: {
            Keys: votes.map(({ hash }) => ({ hash: { S: hash } })),
            ProjectionExpression: "#hash, trackingCode, castAt",
            ExpressionAttributeNames: { "#hash": "hash" },
            ConsistentRead: true,
          },
        },
      }),
    );
    const items = Responses?.[tableName] ?? [];
    return new Map(items.map((item) => [item.hash?.S ?? "", standingIn(item)]));
  };

  /** Casts ballots, one per voter, and notes their outcomes; returns those that were throttled. */
  const tryCast = async (
    votes: readonly VoteMessage[],
    outcomes: Map<VoteMessage, CastOutcome | Error>,
  ): Promise<readonly VoteMessage[]> => {
    const inserted = await insert(votes);
    const standing: VoteMessage[] = [];
    const left: VoteMessage[] = [];
    for (const [index, vote] of votes.entries()) {
      const outcome = inserted[index] ?? "no answer";
      if (outcome === "inserted") outcomes.set(vote, "stored");
      else if (outcome instanceof Error) outcomes.set(vote, outcome);
      else if (outcome === "DuplicateItem") standing.push(vote);
      else {
        outcomes.set(vote, new Error(`a ballot was not stored: ${outcome}`));
        if (NO_ROOM.includes(outcome)) left.push(vote);
      }
    }
    if (standing.length === 0) return left;
    const found = await standingOf(standing);
    for (const vote of standing) {
      const there = found.get(vote.hash);
      if (there === undefined) outcomes.set(vote, new Error("the ballot that stands could not be read"));
      else if (there.trackingCode === vote.trackingCode) outcomes.set(vote, "already-stored");
      else outcomes.set(vote, struckIn(there) ?? "duplicate");
    }
    return left;
  };

  const castRound = async (
    round: readonly VoteMessage[],
    outcomes: Map<VoteMessage, CastOutcome | Error>,
  ): Promise<void> => {
    try {
      let left = await tryCast(round, outcomes);
      for (let tried = 1; left.length > 0 && tried < TRIES; tried++) {
        await sleep(FIRST_PAUSE_MS * 2 ** tried * Math.random());
        left = await tryCast(left, outcomes);
      }
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      // A statement that DynamoDB rejects must not keep the others out.
      if (failure.name === "ValidationException" && round.length > 1) {
        await Promise.all(round.map((vote) => castRound([vote], outcomes)));
        return;
      }
      for (const vote of round) if (!outcomes.has(vote)) outcomes.set(vote, failure);
    }
  };

  return {
    async cast(votes) {
      const outcomes = new Map<VoteMessage, CastOutcome | Error>();
      for (const round of roundsOf(votes)) await castRound(round, outcomes);
      return votes.map((vote) => outcomes.get(vote) ?? new Error("a ballot was not decided"));
    },

    async standingBallot(hash) {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: tableName,
          Key: { hash: { S: hash } },
          ProjectionExpression: "trackingCode, castAt",
        }),
      );
      return Item && standingIn(Item);
    },
  };
}
