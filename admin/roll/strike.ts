import type { KeyObject } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Connection } from "#admin/connection/connection.ts";
import type { Struck } from "#core/strike.ts";
import type { RollEntry } from "#storage/roll-scan.ts";
import { strikeMark } from "#storage/strike-mark.ts";

/** Striking a person's code off, atomically against a ballot under way. */

export type StrikeOutcome = "struck" | "has-voted" | "changed";

type Strikes = Readonly<{
  electionId: string;
  /** All entries with which the person may vote. */
  entries: readonly RollEntry[];
  struck: Struck;
  /** The election's. */
  stampKey: KeyObject;
  /** With which the person may vote from now on. */
  replacement?: RollEntry;
}>;

type Item = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

const TRIES = 6;
const FIRST_PAUSE_MS = 30;

/** In the place of a ballot, on the condition under which ballots are inserted. */
function markOf({ votesTable }: Connection, entry: RollEntry, { electionId, struck, stampKey }: Strikes): Item {
  const { oneTimeKey: _, envelope: __, ...Item } = strikeMark(stampKey, { ...entry, electionId, ...struck });
  return {
    Put: {
      TableName: votesTable,
      Item,
      ConditionExpression: "attribute_not_exists(#hash)",
      ExpressionAttributeNames: { "#hash": "hash" },
    },
  };
}

/** On the roll, where `validate` reads why. */
function struckOff({ rollTable }: Connection, { hash, regionId }: RollEntry, { strike, at }: Struck): Item {
  return {
    Update: {
      TableName: rollTable,
      Key: { hash },
      UpdateExpression: "SET struck = :strike, struckAt = :at",
      ConditionExpression: "regionId = :regionId AND attribute_not_exists(struck)",
      ExpressionAttributeValues: { ":strike": strike, ":at": at, ":regionId": regionId },
    },
  };
}

function putOn({ rollTable }: Connection, electionId: string, { hash, regionId, identity }: RollEntry): Item {
  return {
    Put: {
      TableName: rollTable,
      Item: { hash, electionId, regionId, identity },
      ConditionExpression: "attribute_not_exists(#hash)",
      ExpressionAttributeNames: { "#hash": "hash" },
    },
  };
}

/**
 * Strikes off a person's codes, and puts the new one on the roll, all of it or nothing. A ballot and a mark go to one place, on one
 * condition, so of the two exactly one comes to be. `changed` means that somebody else changed the person's entry since it was read.
 */
export async function strikeOff(connection: Connection, strikes: Strikes): Promise<StrikeOutcome> {
  const { electionId, entries, struck, replacement } = strikes;
  const marks = entries.map((entry) => markOf(connection, entry, strikes));
  const onRoll = entries.map((entry) => struckOff(connection, entry, struck));
  const added = replacement === undefined ? [] : [putOn(connection, electionId, replacement)];
  for (let tried = 1; ; tried++) {
    try {
      await connection.documents.send(new TransactWriteCommand({ TransactItems: [...onRoll, ...marks, ...added] }));
      return "struck";
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
      const fails = (from: number, until: number) => codes.slice(from, until).includes("ConditionalCheckFailed");
      if (fails(0, onRoll.length)) return "changed";
      if (fails(onRoll.length, onRoll.length + marks.length)) return "has-voted";
      if (codes.includes("ConditionalCheckFailed")) return "changed";
      // A ballot or another officer writes to the same place at this moment.
      if (tried === TRIES) throw error;
      await delay(FIRST_PAUSE_MS * 2 ** tried * Math.random());
    }
  }
}
