import { createSecretKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type AttributeValue, CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { toBase64Url } from "#core/bytes.ts";
import type { Election, ElectionDefinition } from "#core/election.ts";
import type { ContestTallies } from "#core/recount.ts";
import type { Tally } from "#core/results.ts";
import { TRACKING_CODE_BYTES, unpackTrackingCode } from "#core/tracking-code.ts";
import { countSegment } from "#functions/recount/segment.ts";
import { createTallyHandler } from "#functions/tally/handler.ts";
import { createValidateHandler } from "#functions/validate/handler.ts";
import { ballotKeys } from "#storage/ballot-keys.ts";
import { bulletinBoardTable } from "#storage/bulletin-board-table.ts";
import { electionsRegistered, electionsTable } from "#storage/elections-table.ts";
import { guessesTable } from "#storage/guesses-table.ts";
import { rejectedAttemptsTable } from "#storage/rejected-attempts-table.ts";
import { rollTable } from "#storage/roll-table.ts";
import { stampOf } from "#storage/stamp.ts";
import { talliesTable } from "#storage/tallies-table.ts";
import type { VoteMessage } from "#storage/vote-message.ts";
import { votesTable } from "#storage/votes-table.ts";
import { exportPrivateKey, publicKeyOf } from "#storage/x25519.ts";
import { emptyDatabase } from "#test/database.ts";
import { OPENING } from "#test/definitions.ts";
import { type Crash, crashingClient } from "#test/storage/crashing-client.ts";

/** The tables in a database of their own, and the real handlers in front of them. */

const CONTEXT = {
  functionName: "test",
  getRemainingTimeInMillis: () => 30_000,
} as Context;

const TABLES = {
  elections: ["electionId"],
  biographies: ["text", "part"],
  roll: ["hash"],
  votes: ["hash"],
  tallies: ["sheet", "row"],
  published: ["electionId", "part"],
  board: ["electionId", "row"],
  "rejected-attempts": ["bucket", "row"],
  guesses: ["place", "row"],
} as const;

/** Creates empty tables. Returns the ARN of the votes' stream. */
export async function createTables(client: DynamoDBClient): Promise<string> {
  const created = Object.entries(TABLES).map(async ([name, [partitionKey, sortKey]]) => {
    const keys = [partitionKey, sortKey].filter((key) => key !== undefined);
    const { TableDescription } = await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: "S" })),
        KeySchema: keys.map((key, index) => ({ AttributeName: key, KeyType: index === 0 ? "HASH" : "RANGE" })),
        ...(name === "votes" && { StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" } }),
      }),
    );
    return TableDescription?.LatestStreamArn;
  });
  return (await Promise.all(created)).find((arn) => arn !== undefined) ?? "";
}

/** A stream record as Lambda passes it, with binary values in base64. */
function lambdaRecord({ eventName, dynamodb }: _Record): unknown {
  const image = Object.entries(dynamodb?.NewImage ?? {}).map(([name, value]) => [
    name,
    value.B === undefined ? value : { B: Buffer.from(value.B).toString("base64") },
  ]);
  return { eventName, dynamodb: { SequenceNumber: dynamodb?.SequenceNumber, NewImage: Object.fromEntries(image) } };
}

/** Reads a stream from where it was left, over all its shards. */
function streamReader(client: DynamoDBStreamsClient, streamArn: string): () => Promise<readonly _Record[]> {
  const iterators = new Map<string, string | undefined>();
  return async () => {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
    const found: _Record[] = [];
    for (const { ShardId } of StreamDescription?.Shards ?? []) {
      if (ShardId === undefined) continue;
      let iterator =
        iterators.get(ShardId) ??
        (
          await client.send(
            new GetShardIteratorCommand({ StreamArn: streamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
          )
        ).ShardIterator;
      for (let read = 1; read > 0 && iterator !== undefined; ) {
        const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
        read = page.Records?.length ?? 0;
        found.push(...(page.Records ?? []));
        iterator = page.NextShardIterator;
      }
      iterators.set(ShardId, iterator);
    }
    return found;
  };
}

/** Creates the tables in an empty database. */
export async function startStore() {
  const { config } = emptyDatabase();
  const client = new DynamoDBClient(config);
  const documents = DynamoDBDocumentClient.from(client);
  const readStream = streamReader(new DynamoDBStreamsClient(config), await createTables(client));
  const recordsByElection = new Map<string, unknown[]>();
  const privateKeys = new Map<string, string>();

  const secrets = {
    text: async (name: string) => privateKeys.get(name) ?? "",
    bytes: async (name: string) => Buffer.from(privateKeys.get(name) ?? "", "base64url"),
  };
  const readers = ballotKeys(secrets, { ballotKeys: "", stampKeys: "stamp-key/" });
  const box = votesTable(client, "votes");
  const rejectedAttempts = rejectedAttemptsTable(client, "rejected-attempts");
  const tallies = talliesTable(client, "tallies");

  return {
    /** Registers an election with fresh keys, and its roll. */
    async register(
      definition: ElectionDefinition,
      voters: readonly Readonly<{ hash: string; regionId: string }>[],
    ): Promise<Election> {
      const { privateKey } = generateKeyPairSync("x25519");
      const publicKey = publicKeyOf(privateKey);
      privateKeys.set(definition.electionId, toBase64Url(exportPrivateKey(privateKey)));
      const { electionId } = definition;
      privateKeys.set(`stamp-key/${electionId}`, toBase64Url(randomBytes(32)));
      await documents.send(
        new PutCommand({
          TableName: "elections",
          Item: { electionId, definition: JSON.stringify(definition), publicKey, opening: `parts:${OPENING}:1` },
        }),
      );
      await documents.send(
        new BatchWriteCommand({
          RequestItems: { roll: voters.map((voter) => ({ PutRequest: { Item: { ...voter, electionId } } })) },
        }),
      );
      return { definition, publicKey, opening: OPENING };
    },

    /** A ballot with the stamp that `submit` would put on it. */
    async stamp(ballot: Omit<VoteMessage, "stamp">): Promise<VoteMessage> {
      const key = createSecretKey(await secrets.bytes(`stamp-key/${ballot.electionId}`));
      return { ...ballot, stamp: stampOf(key, ballot) };
    },

    /** The election's, for marks in the place of ballots. */
    stampKey: async (electionId: string) => createSecretKey(await secrets.bytes(`stamp-key/${electionId}`)),

    /** Writes items of any shape to the votes table, and returns them as the stream's records. */
    async insert(items: readonly Readonly<Record<string, AttributeValue>>[]): Promise<readonly unknown[]> {
      await Promise.all(items.map((Item) => client.send(new PutItemCommand({ TableName: "votes", Item }))));
      return items.map((NewImage, index) =>
        lambdaRecord({ eventName: "INSERT", dynamodb: { SequenceNumber: String(index + 1), NewImage } }),
      );
    },

    /** Counts an election's stored ballots as the scheduled recount does, by contestKey. */
    recount: (election: Election): Promise<ContestTallies> =>
      countSegment(client, "votes", [election], readers, { segment: 0, of: 1 }),

    /** Writes ballots to the box as the role of `validate` may. */
    cast: box.cast,

    /** Invokes the real validate handler, which may die on the way. */
    async validate(event: SQSEvent, crash: Crash | undefined): Promise<SQSBatchResponse> {
      const mortal = crashingClient(config, crash);
      const handle = createValidateHandler({
        roll: rollTable(mortal, "roll"),
        box: votesTable(mortal, "votes"),
        rejectedAttempts: rejectedAttemptsTable(mortal, "rejected-attempts"),
        guesses: guessesTable(mortal, "guesses"),
        now: Date.now,
      });
      try {
        return await handle(event, CONTEXT);
      } finally {
        mortal.destroy();
      }
    },

    /** Invokes the real tally handler, which may die on the way. */
    async tally(shardId: string, records: readonly unknown[], crash: Crash | undefined): Promise<void> {
      const mortal = crashingClient(config, crash);
      const handle = createTallyHandler({
        elections: electionsTable(mortal, "elections"),
        isRegistered: electionsRegistered(mortal, "elections"),
        ballotKeys: readers,
        tallies: talliesTable(mortal, "tallies"),
        board: bulletinBoardTable(mortal, "board"),
        now: Date.now,
      });
      try {
        await handle({ Records: records, shardId, state: {} });
      } finally {
        mortal.destroy();
      }
    },

    /** The stream's records of one election's votes, in the stream's order, once all are there. */
    async streamRecords(electionId: string, count: number): Promise<readonly unknown[]> {
      for (;;) {
        const known = recordsByElection.get(electionId) ?? [];
        if (known.length >= count) return known;
        const records = await readStream();
        if (records.length === 0) await sleep(20);
        for (const record of records) {
          const id = record.dynamodb?.NewImage?.electionId?.S ?? "";
          recordsByElection.set(id, [...(recordsByElection.get(id) ?? []), lambdaRecord(record)]);
        }
      }
    },

    /** Tracking code of the ballot in the box, by voter's hash. */
    async storedTrackingCodes(hashes: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const read = hashes.map(async (hash) => [hash, (await box.standingBallot(hash))?.trackingCode] as const);
      return new Map((await Promise.all(read)).flatMap(([hash, code]) => (code === undefined ? [] : [[hash, code]])));
    },

    /** Tracking codes of a voter's rejected attempts. */
    async rejectedTrackingCodes(electionId: string, hash: string): Promise<ReadonlySet<string>> {
      const rows = await rejectedAttempts.rowsOf(electionId, hash);
      return new Set(rows.flatMap(({ trackingCodes }) => [...trackingCodes]));
    },

    /** Tracking codes on an election's board, with repetitions. */
    async postedCodes(electionId: string): Promise<readonly string[]> {
      const codes: string[] = [];
      for await (const posting of bulletinBoardTable(client, "board").postedSince(electionId, 0)) {
        for (let at = 0; at < posting.codes.length; at += TRACKING_CODE_BYTES) {
          codes.push(unpackTrackingCode(posting.codes.subarray(at, at + TRACKING_CODE_BYTES)));
        }
      }
      return codes;
    },

    async tallyOf(definition: ElectionDefinition, regionId: string): Promise<Tally> {
      return (await tallies.ofElection(definition, { isConsistent: true })).get(regionId) ?? new Map();
    },

    turnout: tallies.turnoutOf,

    stop(): void {
      client.destroy();
    },
  };
}
export type Store = Awaited<ReturnType<typeof startStore>>;
