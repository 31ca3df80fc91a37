import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";

/**
 * Files of voters on their way up from the console, block by block. A row is there as its keyed hashes, which the roll itself will hold,
 * or as its fault: never as what it says.
 */

/** An upload that nobody goes on with is gone after so long. */
const KEPT_FOR_MS = 7 * 24 * 3_600_000;

const whole = z.int().check(z.nonnegative());

const Upload = z.object({
  name: z.string(),
  bytes: whole,
  /** Of the file, in hexadecimal. */
  sha256: z.string(),
  rows: whole,
  blocks: whole,
  width: whole,
  /** Blocks that are there. */
  done: z._default(z.set(z.number()), new Set()),
  /** How far writing it got, as the import's journal says; undefined before. */
  position: z.optional(z.string()),
});
export type Upload = Readonly<z.infer<typeof Upload>>;

/** `[line, hash, identity, region]` or `[line, problem, French]`. */
const StoredRow = z.union([
  z.tuple([whole, z.string(), z.string(), z.string()]),
  z.tuple([whole, z.string(), z.string()]),
]);
export type StoredRow = Readonly<z.infer<typeof StoredRow>>;

const StoredBlock = z.object({ row: z.string(), rows: z.string() });

const SESSION = "session";
const blockKey = (block: number): string => `block#${String(block).padStart(6, "0")}`;

const isRefused = (error: unknown): boolean => error instanceof ConditionalCheckFailedException;

export const rollUploads = (documents: DynamoDBDocumentClient, tableName: string) => {
  const placeOf = (electionId: string, uploadId: string): string => `roll-upload#${electionId}#${uploadId}`;
  const expiry = (atMs: number): number => Math.ceil((atMs + KEPT_FOR_MS) / 1000);

  return {
    async find(electionId: string, uploadId: string): Promise<Upload | undefined> {
      const Key = { place: placeOf(electionId, uploadId), row: SESSION };
      const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
      return Item === undefined ? undefined : Upload.parse(Item);
    },

    /** Begins an upload, or answers how far the same one got. */
    async begin(
      electionId: string,
      uploadId: string,
      about: Omit<Upload, "done" | "position">,
      atMs: number,
    ): Promise<Upload> {
      const Key = { place: placeOf(electionId, uploadId), row: SESSION };
      try {
        await documents.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...Key, ...about, expiresAt: expiry(atMs) },
            ConditionExpression: "attribute_not_exists(place)",
          }),
        );
        return { ...about, done: new Set() };
      } catch (error) {
        if (!isRefused(error)) throw error;
        const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
        return Upload.parse(Item);
      }
    },

    /** Puts a block there, again with the same effect. False once the upload is being written, or gone. */
    async putBlock(
      electionId: string,
      uploadId: string,
      block: number,
      rows: readonly StoredRow[],
      atMs: number,
    ): Promise<boolean> {
      const place = placeOf(electionId, uploadId);
      await documents.send(
        new PutCommand({
          TableName: tableName,
          Item: { place, row: blockKey(block), rows: JSON.stringify(rows), expiresAt: expiry(atMs) },
        }),
      );
      try {
        await documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { place, row: SESSION },
            UpdateExpression: "ADD done :block SET expiresAt = :expiresAt",
            ConditionExpression: "attribute_exists(place) AND attribute_not_exists(#position)",
            ExpressionAttributeNames: { "#position": "position" },
            ExpressionAttributeValues: { ":block": new Set([block]), ":expiresAt": expiry(atMs) },
          }),
        );
        return true;
      } catch (error) {
        if (isRefused(error)) return false;
        throw error;
      }
    },

    /** The rows of each block, in order, from one on. */
    async *readBlocks(electionId: string, uploadId: string, from = 0): AsyncGenerator<readonly StoredRow[]> {
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await documents.send(
          new QueryCommand({
            TableName: tableName,
            KeyConditionExpression: "#place = :place AND #row BETWEEN :from AND :last",
            ExpressionAttributeNames: { "#place": "place", "#row": "row" },
            ExpressionAttributeValues: {
              ":place": placeOf(electionId, uploadId),
              ":from": blockKey(from),
              ":last": blockKey(999_999),
            },
            ConsistentRead: true,
            ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }),
          }),
        );
        for (const item of Items) {
          const text: unknown = JSON.parse(StoredBlock.parse(item).rows);
          yield z.array(StoredRow).parse(text);
        }
        ExclusiveStartKey = LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
    },

    /** Notes how far writing it got. */
    async notePosition(electionId: string, uploadId: string, position: string): Promise<void> {
      await documents.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { place: placeOf(electionId, uploadId), row: SESSION },
          UpdateExpression: "SET #position = :position",
          ConditionExpression: "attribute_exists(place)",
          ExpressionAttributeNames: { "#position": "position" },
          ExpressionAttributeValues: { ":position": position },
        }),
      );
    },

    /** Takes it away, its blocks first, so that it can be taken away again if this is interrupted. */
    async remove(electionId: string, uploadId: string, { blocks }: Pick<Upload, "blocks">): Promise<void> {
      const place = placeOf(electionId, uploadId);
      for (let block = 0; block < blocks; block++) {
        await documents.send(new DeleteCommand({ TableName: tableName, Key: { place, row: blockKey(block) } }));
      }
      await documents.send(new DeleteCommand({ TableName: tableName, Key: { place, row: SESSION } }));
    },
  };
};
export type RollUploads = ReturnType<typeof rollUploads>;
