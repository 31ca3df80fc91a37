import { createHash, createSecretKey, randomBytes, randomUUID } from "node:crypto";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Context } from "aws-lambda";
import type { ActOptions, ActSummary } from "#admin/roll/acts.ts";
import { actOnRolls } from "#admin/roll/paper-acts.ts";
import type { Asked, People } from "#admin/roll/people.ts";
import type { Strike } from "#core/strike.ts";
import { createValidateHandler } from "#functions/validate/handler.ts";
import { readPepper, readStampKey } from "#storage/election-secrets.ts";
import { guessesTable } from "#storage/guesses-table.ts";
import { rejectedAttemptsTable } from "#storage/rejected-attempts-table.ts";
import { rollTable } from "#storage/roll-table.ts";
import { stampOf } from "#storage/stamp.ts";
import type { VoteMessage } from "#storage/vote-message.ts";
import { voterHash } from "#storage/voter-hash.ts";
import { votesTable } from "#storage/votes-table.ts";
import type { Office } from "#test/admin/office.ts";
import { sqsEvent } from "#test/functions/sqs-event.ts";

/** Voters who come while officers act on the roll. */

const CONTEXT = { functionName: "validate", getRemainingTimeInMillis: () => 30_000 } as Context;
/** As often as the queue delivers a message. */
const DELIVERIES = 10;

const CODE_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const someCode = (): string => [...randomBytes(20)].map((byte) => CODE_ALPHABET.charAt(byte % 32)).join("");

/** Does an act on the roll of one election. */
export async function actOnRoll(
  { connection }: Office,
  asked: Asked,
  strike: Strike,
  people: People,
  options: ActOptions,
): Promise<ActSummary> {
  const [summary] = (await actOnRolls(connection, [{ asked, people }], strike, options)).summaries;
  if (summary === undefined) throw new Error("there is a summary for each roll");
  return summary.of;
}

/** A ballot of these credentials, as `submit` queues it; what it says cannot be opened. */
export async function ballotOf(
  { connection }: Office,
  electionId: string,
  values: readonly string[],
  regionId: string,
): Promise<VoteMessage> {
  const pepper = createSecretKey((await readPepper(connection, electionId)) ?? new Uint8Array());
  const stampKey = createSecretKey((await readStampKey(connection, electionId)) ?? new Uint8Array());
  const ballot = {
    hash: voterHash(pepper, values, electionId),
    ...{ electionId, regionId },
    oneTimeKey: new Uint8Array(randomBytes(32)),
    envelope: new Uint8Array(createHash("sha256").update(randomUUID()).digest()),
    trackingCode: someCode(),
    castAt: "2026-01-01T12:00:00.000Z",
  };
  return { ...ballot, stamp: stampOf(stampKey, ballot) };
}

/** Delivers ballots to the real `validate` until all are decided. */
export async function decide({ connection }: Office, client: DynamoDBClient, votes: readonly VoteMessage[]) {
  const { rollTable: roll, votesTable: box, rejectedAttemptsTable: rejected } = connection;
  const handle = createValidateHandler({
    roll: rollTable(client, roll),
    box: votesTable(client, box),
    rejectedAttempts: rejectedAttemptsTable(client, rejected),
    guesses: guessesTable(client, "guesses"),
    now: Date.now,
  });
  let left = votes;
  for (let delivery = 0; left.length > 0; delivery++) {
    if (delivery === DELIVERIES) throw new Error("a ballot was never decided");
    const { batchItemFailures } = await handle(sqsEvent(left, 0), CONTEXT);
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    left = left.filter((_, index) => failed.has(String(index)));
  }
}

/** What became of a ballot: in the box, or why not. */
export async function outcomeOf({ connection }: Office, { hash, electionId, trackingCode }: VoteMessage) {
  const { dynamodb, votesTable: box, rejectedAttemptsTable: rejected } = connection;
  const standing = await votesTable(dynamodb, box).standingBallot(hash);
  if (standing?.trackingCode === trackingCode) return "accepted";
  const rows = await rejectedAttemptsTable(dynamodb, rejected).rowsOf(electionId, hash);
  return rows.find(({ trackingCodes }) => trackingCodes.has(trackingCode))?.outcome ?? "undecided";
}
