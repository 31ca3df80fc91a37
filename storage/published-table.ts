import { randomUUID } from "node:crypto";
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { ballotsKnown, NOTHING_PUBLISHED, type PublishedState } from "#core/published-state.ts";
import { decodeState, encodeState } from "#storage/published-state-codec.ts";

/** A state as stored. */
export type Published = Readonly<{
  /** Rises with each state that is published; 0 for none. */
  version: number;
  writtenAtMs: number;
  /** Compressed size. */
  bytes: number;
  state: PublishedState;
}>;

export type PublishedStates = Readonly<{
  /** What is published of an election, read consistently. */
  find(electionId: string): Promise<Published>;
  /**
   * Publishes the state that follows another. `overtaken` when something else was published after that one: two publishers
   * that read the same state cannot both go on from it.
   */
  publish(
    electionId: string,
    before: Published,
    state: PublishedState,
    atMs: number,
  ): Promise<"published" | "overtaken">;
}>;

const NONE: Published = { version: 0, writtenAtMs: 0, bytes: 0, state: NOTHING_PUBLISHED };

/** An item holds 400 kB. */
export const MOST_BYTES_OF_AN_ITEM = 380_000;
export const BYTES_PER_WRITE_UNIT = 1024;
/** States are published at most as often as tallies are read. */
const PUBLISHED_EVERY_MS = 2_000;
const BALLOTS_PER_WRITE_UNIT = 20;

/**
 * Whether a state is worth its write units: the first unit is; those beyond it wait for 20 ballots each, or for two seconds
 * each. What is shown at closing does not wait.
 */
export function isWorthWriting(before: Published, state: PublishedState, atMs: number): boolean {
  if (state === before.state) return false;
  if (state.isClosed !== before.state.isClosed) return true;
  const units = Math.max(1, Math.ceil(before.bytes / BYTES_PER_WRITE_UNIT));
  const sinceMs = atMs - before.writtenAtMs;
  const more = ballotsKnown(state) - ballotsKnown(before.state);
  if (sinceMs < PUBLISHED_EVERY_MS) return false;
  return more >= (units - 1) * BALLOTS_PER_WRITE_UNIT || sinceMs >= units * PUBLISHED_EVERY_MS;
}

/** The item that says which state is published; it holds the state itself if it is short enough. */
const HEAD = "state";
/** How often a state is looked for whose parts are being replaced. */
const TRIES = 5;

type Head = Readonly<Omit<Published, "state"> & { body: Uint8Array | undefined; parts: readonly string[] }>;

function readHead({ version, writtenAtMs, bytes, body, parts }: Record<string, AttributeValue>): Head {
  return {
    version: Number(version?.N),
    writtenAtMs: Number(writtenAtMs?.N),
    bytes: Number(bytes?.N),
    body: body?.B,
    parts: (parts?.L ?? []).map(({ S = "" }) => S),
  };
}

/** Keeps each election's state in memory as long as it stands. */
export function publishedTable(client: DynamoDBClient, tableName: string): PublishedStates {
  const known = new Map<string, Published>();
  const keyOf = (electionId: string, part: string) => ({ electionId: { S: electionId }, part: { S: part } });

  const item = async (electionId: string, part: string) => {
    const Key = keyOf(electionId, part);
    return (await client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }))).Item;
  };
  const remove = (electionId: string, parts: readonly string[]) =>
    Promise.all(
      parts.map((part) => client.send(new DeleteItemCommand({ TableName: tableName, Key: keyOf(electionId, part) }))),
    );
  const headOf = async (electionId: string): Promise<Head | undefined> => {
    const found = await item(electionId, HEAD);
    return found === undefined ? undefined : readHead(found);
  };
  /** The bytes that a head leads to; undefined when the next state has replaced them meanwhile. */
  const bytesOf = async (electionId: string, { body, parts }: Head): Promise<Uint8Array | undefined> => {
    if (body !== undefined) return body;
    const found = await Promise.all(parts.map((part) => item(electionId, part)));
    const bodies = found.flatMap((one) => (one?.body?.B === undefined ? [] : [one.body.B]));
    return bodies.length === parts.length ? Buffer.concat(bodies) : undefined;
  };

  return {
    async find(electionId) {
      for (let tries = 0; tries < TRIES; tries++) {
        const head = await headOf(electionId);
        if (head === undefined) return NONE;
        const kept = known.get(electionId);
        if (kept?.version === head.version) return kept;
        const bytes = await bytesOf(electionId, head);
        if (bytes === undefined) continue;
        const { version, writtenAtMs } = head;
        const published = { version, writtenAtMs, bytes: bytes.length, state: decodeState(bytes) };
        known.set(electionId, published);
        return published;
      }
      throw new Error("the published state was replaced each time it was read");
    },

    async publish(electionId, before, state, atMs) {
      const bytes = encodeState(state);
      // Each attempt has parts of its own, so that publishers at the same time do not mix theirs.
      const attempt = randomUUID();
      const pieces =
        bytes.length <= MOST_BYTES_OF_AN_ITEM
          ? []
          : Array.from({ length: Math.ceil(bytes.length / MOST_BYTES_OF_AN_ITEM) }, (_, index) => ({
              part: `${attempt}#${index}`,
              body: bytes.subarray(index * MOST_BYTES_OF_AN_ITEM, (index + 1) * MOST_BYTES_OF_AN_ITEM),
            }));
      const parts = pieces.map(({ part }) => part);
      const replaced = before.bytes > MOST_BYTES_OF_AN_ITEM ? ((await headOf(electionId))?.parts ?? []) : [];
      await Promise.all(
        pieces.map(({ part, body }) =>
          client.send(
            new PutItemCommand({ TableName: tableName, Item: { ...keyOf(electionId, part), body: { B: body } } }),
          ),
        ),
      );
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: {
              ...keyOf(electionId, HEAD),
              version: { N: String(before.version + 1) },
              attempt: { S: attempt },
              writtenAtMs: { N: String(atMs) },
              bytes: { N: String(bytes.length) },
              ...(parts.length === 0 ? { body: { B: bytes } } : { parts: { L: parts.map((S) => ({ S })) } }),
            },
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
            ConditionExpression: before.version === 0 ? "attribute_not_exists(version)" : "version = :before",
            ...(before.version > 0 && { ExpressionAttributeValues: { ":before": { N: String(before.version) } } }),
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // Unless it was this attempt that went through, and only its answer was lost.
        if (error.Item?.attempt?.S !== attempt) {
          await remove(electionId, parts);
          return "overtaken";
        }
      }
      known.set(electionId, { version: before.version + 1, writtenAtMs: atMs, bytes: bytes.length, state });
      await remove(electionId, replaced);
      return "published";
    },
  };
}
