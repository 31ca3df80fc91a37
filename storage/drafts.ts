import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { PART_BYTES } from "#storage/definition-parts.ts";
import { holds } from "#storage/election-changes.ts";

/**
 * Definitions that officers are writing, one for each election id. The text lies compressed in parts of its own, which the draft's item
 * names; so a draft goes from one version to the next in one write, and of two officers the later learns that the other was first.
 */

const DraftHead = z.object({
  row: z.string(),
  /** From 1; 0 stands for none. */
  version: z.int().check(z.gte(1)),
  title: z.object({ fr: z.string(), en: z.string() }),
  savedAt: z.iso.datetime(),
  /** Who saved it last. */
  by: z.string(),
  /** Names its parts. */
  text: z.string(),
});

export type DraftSummary = Readonly<{ electionId: string }> & Readonly<Omit<z.infer<typeof DraftHead>, "row" | "text">>;
export type Draft = DraftSummary & Readonly<{ definition: unknown }>;

export type DraftToSave = Readonly<{
  /** What was read before; 0 where there was none. */
  version: number;
  title: DraftSummary["title"];
  definition: unknown;
  by: string;
  atMs: number;
}>;

const HEADS = "drafts";
const partsOf = (electionId: string): string => `draft#${electionId}`;
const StoredPart = z.object({ row: z.string(), bytes: z.instanceof(Uint8Array) });

function summaryOf({ row: electionId, text: _, ...head }: z.infer<typeof DraftHead>): DraftSummary {
  return { electionId, ...head };
}

export function draftsIn(documents: DynamoDBDocumentClient, TableName: string) {
  async function query(place: string, row?: string): Promise<readonly Record<string, unknown>[]> {
    const found: Record<string, unknown>[] = [];
    const pages = paginateQuery(
      { client: documents },
      {
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: `place = :place${row === undefined ? "" : " AND begins_with(#row, :row)"}`,
        ExpressionAttributeValues: { ":place": place, ...(row !== undefined && { ":row": row }) },
        ...(row !== undefined && { ExpressionAttributeNames: { "#row": "row" } }),
      },
    );
    for await (const { Items = [] } of pages) found.push(...Items);
    return found;
  }

  const heads = async (): Promise<readonly z.infer<typeof DraftHead>[]> =>
    (await query(HEADS)).map((item) => DraftHead.parse(item));

  const headOf = async (electionId: string): Promise<z.infer<typeof DraftHead> | undefined> =>
    (await heads()).find(({ row }) => row === electionId);

  async function textOf(electionId: string, text: string): Promise<string> {
    const parts = (await query(partsOf(electionId), `${text}#`)).map((item) => StoredPart.parse(item));
    if (parts.length === 0) throw new Error(`the draft of election ${electionId} has lost its text`);
    return (await promisify(gunzip)(Buffer.concat(parts.map(({ bytes }) => bytes)))).toString("utf8");
  }

  /** Takes out all parts but those of one text. */
  async function sweep(electionId: string, kept: string | undefined): Promise<void> {
    for (const item of await query(partsOf(electionId))) {
      const { row } = StoredPart.parse(item);
      if (kept !== undefined && row.startsWith(`${kept}#`)) continue;
      await documents.send(new DeleteCommand({ TableName, Key: { place: partsOf(electionId), row } }));
    }
  }

  const isAsRead = (version: number) =>
    version === 0
      ? { ConditionExpression: "attribute_not_exists(place)" }
      : { ConditionExpression: "version = :known", ExpressionAttributeValues: { ":known": version } };

  return {
    /** All drafts, by election id. */
    list: async (): Promise<readonly DraftSummary[]> => (await heads()).map(summaryOf),

    async find(electionId: string): Promise<Draft | undefined> {
      for (let last: string | undefined; ; ) {
        const head = await headOf(electionId);
        if (head === undefined) return undefined;
        try {
          return { ...summaryOf(head), definition: JSON.parse(await textOf(electionId, head.text)) };
        } catch (error) {
          // Saved anew meanwhile, which took the parts of the old text away.
          if (head.text === last) throw error;
          last = head.text;
        }
      }
    },

    /** The version that it has now; undefined when somebody else saved or discarded it since it was read. */
    async save(electionId: string, { version, definition, title, by, atMs }: DraftToSave): Promise<number | undefined> {
      const text = randomUUID();
      const packed = await promisify(gzip)(JSON.stringify(definition));
      for (let index = 0; index * PART_BYTES < packed.length; index++) {
        const bytes = new Uint8Array(packed.subarray(index * PART_BYTES, (index + 1) * PART_BYTES));
        const row = `${text}#${String(index).padStart(3, "0")}`;
        await documents.send(new PutCommand({ TableName, Item: { place: partsOf(electionId), row, bytes } }));
      }
      const savedAt = new Date(atMs).toISOString();
      const Item = { place: HEADS, row: electionId, version: version + 1, title, savedAt, by, text };
      const isSaved = await holds(() => documents.send(new PutCommand({ TableName, Item, ...isAsRead(version) })));
      await sweep(electionId, isSaved ? text : (await headOf(electionId))?.text);
      return isSaved ? version + 1 : undefined;
    },

    /** False when somebody else saved or discarded it since it was read. */
    async discard(electionId: string, version: number): Promise<boolean> {
      const Key = { place: HEADS, row: electionId };
      const isGone = await holds(() => documents.send(new DeleteCommand({ TableName, Key, ...isAsRead(version) })));
      if (isGone) await sweep(electionId, undefined);
      return isGone;
    },
  };
}
export type Drafts = ReturnType<typeof draftsIn>;
