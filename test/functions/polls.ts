import { createSecretKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Context } from "aws-lambda";
import { hashedValues } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { GUESSING_WINDOW_MS } from "#core/guessing.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { createGuessLimits } from "#functions/submit/guess-limits.ts";
import { createSubmitHandler } from "#functions/submit/handler.ts";
import { tokenReader } from "#functions/submit/id-token.ts";
import { providerKeys } from "#functions/submit/provider-keys.ts";
import { voterReader } from "#functions/submit/voter.ts";
import { createValidateHandler } from "#functions/validate/handler.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { guessesTable } from "#storage/guesses-table.ts";
import { rejectedAttemptsTable } from "#storage/rejected-attempts-table.ts";
import { rollTable } from "#storage/roll-table.ts";
import type { VoteMessage } from "#storage/vote-message.ts";
import { voterHash } from "#storage/voter-hash.ts";
import { votesTable } from "#storage/votes-table.ts";
import { publicKeyOf } from "#storage/x25519.ts";
import { emptyDatabase } from "#test/database.ts";
import { OPENING } from "#test/definitions.ts";
import { sqsEvent } from "#test/functions/sqs-event.ts";
import { createTables } from "#test/storage/store.ts";

/** The real handlers on real tables, with a clock that the test moves and a queue that delays messages by it. */

const CONTEXT = { functionName: "test", getRemainingTimeInMillis: () => 30_000 } as Context;
const BATCH = 10;
/** A list of guessers is read up to here. */
export const MOST_LISTED = 60;

export type Voter = Readonly<{ nas: string; code: string }>;
export type Posting = Readonly<{
  /** None where voters sign in. */
  voter?: Voter;
  /** Beside who votes where; by default a choice in plain. */
  ballot?: Readonly<Record<string, unknown>>;
  from: string;
  environment?: number;
  headers?: Record<string, string>;
  /** The voters on the roll are in region 1. */
  regionId?: "1" | "2";
}>;
export type Posted = Readonly<{ status: number; retryAfter: string | undefined; message: string }>;

type Waiting = Readonly<{ vote: VoteMessage; delaySeconds: number; dueMs: number }>;

/** @param options.viewerAddressHeader as the stage's parameter of that name */
export async function openPolls(
  options: Readonly<{ viewerAddressHeader?: string; voterIssuers?: readonly string[] }> = {},
) {
  const client = new DynamoDBClient(emptyDatabase().config);
  const documents = DynamoDBDocumentClient.from(client);
  await createTables(client);

  const pepper = randomBytes(32);
  const secrets = { bytes: async () => new Uint8Array(pepper) };
  let nowMs = Date.parse("2026-11-03T14:00:00Z");
  const now = (): number => nowMs;
  let queue: Waiting[] = [];
  const sent: Waiting[] = [];

  /** Each environment of `submit` has a memory of its own. */
  const environment = (guessesTableName: string) =>
    createSubmitHandler({
      elections: electionsTable(client, "elections", now),
      secrets,
      queue: {
        send: async (vote, delaySeconds) => {
          const waiting = { vote, delaySeconds, dueMs: nowMs + delaySeconds * 1000 };
          queue.push(waiting);
          sent.push(waiting);
        },
      },
      limits: createGuessLimits(guessesTable(client, guessesTableName, MOST_LISTED), now),
      voters: voterReader(tokenReader(providerKeys(options.voterIssuers ?? [], now, () => undefined))),
      viewerAddressHeader: options.viewerAddressHeader ?? "",
      pepperSecretPrefix: "pepper/",
      stampKeySecretPrefix: "stamp-key/",
      receiptKeyPrefix: "receipt-key/",
      acknowledgementKeyPrefix: "acknowledgement-key/",
      now,
    });
  const environments = Array.from({ length: 8 }, () => environment("guesses"));
  const validate = createValidateHandler({
    roll: rollTable(client, "roll"),
    box: votesTable(client, "votes"),
    rejectedAttempts: rejectedAttemptsTable(client, "rejected-attempts"),
    guesses: guessesTable(client, "guesses"),
    now,
  });

  async function deliver(votes: readonly VoteMessage[]): Promise<void> {
    for (let start = 0; start < votes.length; start += BATCH) {
      const { batchItemFailures } = await validate(sqsEvent(votes.slice(start, start + BATCH), 0), CONTEXT);
      if (batchItemFailures.length > 0) throw new Error("validate did not decide every ballot");
    }
  }

  async function post(handler: (typeof environments)[number], electionId: string, posting: Posting): Promise<Posted> {
    const {
      voter,
      from,
      headers = {},
      regionId = "1",
      ballot = { candidate_id: regionId === "1" ? "1" : "3" },
    } = posting;
    const choice = { region_id: regionId, ...ballot };
    const event = {
      routeKey: "POST /api/v1/elections/vote",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ ...voter, election_id: electionId, ...choice }),
      isBase64Encoded: false,
      requestContext: { http: { sourceIp: from } },
    };
    const answer = await handler(event as unknown as HttpEvent, CONTEXT);
    const body: unknown = JSON.parse(answer.body ?? "null");
    return {
      status: answer.statusCode ?? 0,
      retryAfter: answer.headers?.["retry-after"]?.toString(),
      message: JSON.stringify(body),
    };
  }

  return {
    /** Registers an election with these voters, or claims, on its roll, all in region 1. Returns its public key. */
    async register(definition: ElectionDefinition, voters: readonly (Voter | string)[]): Promise<string> {
      const publicKey = publicKeyOf(generateKeyPairSync("x25519").privateKey);
      const { electionId } = definition;
      await documents.send(
        new PutCommand({
          TableName: "elections",
          Item: { electionId, definition: JSON.stringify(definition), publicKey, opening: `parts:${OPENING}:1` },
        }),
      );
      const key = createSecretKey(pepper);
      const items = voters.map((voter) => {
        const values = typeof voter === "string" ? [voter] : [voter.nas, voter.code];
        const hash = voterHash(key, hashedValues(definition, values, "1"), electionId);
        return { PutRequest: { Item: { hash, electionId, regionId: "1" } } };
      });
      for (let start = 0; start < items.length; start += 25) {
        await documents.send(new BatchWriteCommand({ RequestItems: { roll: items.slice(start, start + 25) } }));
      }
      return publicKey;
    },

    /** Posts a ballot to one of eight environments of `submit`. */
    async post(electionId: string, posting: Posting): Promise<Posted> {
      const handler = environments[posting.environment ?? 0];
      if (handler === undefined) throw new RangeError("there are eight environments");
      return post(handler, electionId, posting);
    },

    /** Posts to an environment whose table of guesses does not answer. */
    postWithoutGuesses: (electionId: string, posting: Posting) => post(environment("missing"), electionId, posting),

    /** Advances the clock a second at a time, and decides every ballot when it is due. */
    async pass(seconds: number): Promise<void> {
      for (let second = 0; second <= seconds; second++) {
        const due = queue.filter(({ dueMs }) => dueMs <= nowMs);
        queue = queue.filter(({ dueMs }) => dueMs > nowMs);
        await deliver(due.map(({ vote }) => vote));
        if (second < seconds) nowMs += 1000;
      }
    },

    /** Moves the clock to the next full hour, when counts of guesses restart. */
    startHour(): void {
      nowMs = (Math.floor(nowMs / GUESSING_WINDOW_MS) + 1) * GUESSING_WINDOW_MS;
    },

    /** Redelivers messages that were already decided. */
    deliverAgain: (votes: readonly VoteMessage[]) => deliver(votes),

    /** Everything that was ever sent to the queue, oldest first. */
    sent: (): readonly Waiting[] => sent,

    /** The tracking code of a voter's ballot in the box. */
    async ballotOf(electionId: string, { nas, code }: Voter): Promise<string | undefined> {
      const hash = voterHash(createSecretKey(pepper), [nas, code], electionId);
      return (await votesTable(client, "votes").standingBallot(hash))?.trackingCode;
    },

    /** Lists others as guessed at, whose marks come before every true one. */
    async listDecoys(electionId: string, count: number): Promise<void> {
      const list = `${electionId}#${new Date(nowMs).toISOString().slice(0, "2026-11-03T14".length)}`;
      const rows = Array.from({ length: count }, (_, number) => ({
        PutRequest: { Item: { place: list, row: `!${number}`, wrongGuesses: 5, expiresAt: Math.ceil(nowMs / 1000) } },
      }));
      for (let start = 0; start < rows.length; start += 25) {
        await documents.send(new BatchWriteCommand({ RequestItems: { guesses: rows.slice(start, start + 25) } }));
      }
    },

    /** All rows of the table of guesses. */
    async guessRows(): Promise<readonly Record<string, unknown>[]> {
      const { Items } = await client.send(new ScanCommand({ TableName: "guesses" }));
      return Items ?? [];
    },

    now: () => nowMs,

    /** How each ballot that was sent fared, in the order in which they were. */
    outcomes: (): Promise<readonly string[]> =>
      Promise.all(
        sent.map(async ({ vote: { hash, trackingCode } }) => {
          const standing = await votesTable(client, "votes").standingBallot(hash);
          if (standing === undefined) return "invalid";
          return standing.trackingCode === trackingCode ? "accepted" : "duplicate";
        }),
      ),

    rejectedAttempts: rejectedAttemptsTable(client, "rejected-attempts"),

    close(): void {
      client.destroy();
    },
  };
}
export type Polls = Awaited<ReturnType<typeof openPolls>>;
