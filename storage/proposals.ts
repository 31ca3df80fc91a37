import { randomUUID } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { canonicalJson } from "#core/canonical-json.ts";
import { OFFICE_GROUPS } from "#core/office-groups.ts";
import { type Decision, type Proposal, standsUntilMs } from "#core/proposals.ts";
import { sha256Hex } from "#storage/definition-parts.ts";

/** What waits for a second person, in the office's table. Each is decided at most once, by a conditional write. */

const PLACE = "proposals";
/** Decided or not, they are shown for so long; the audit keeps them. */
const SHOWN_FOR_MS = 30 * 24 * 3_600_000;
/** An item has at most 400 kB. */
const MOST_BYTES = 380_000;

/** The request that was proposed. */
export type RequestContent = Readonly<{ parameters: Readonly<Record<string, string>>; body: unknown }>;

/** What a person sees and confirms, as one number; the page computes the same. */
export const requestSha256 = (route: string, { parameters, body }: RequestContent): string =>
  sha256Hex(canonicalJson({ route, parameters, body: body ?? null }));

const Person = z.object({ subject: z.string(), name: z.string() });
const StoredProposal = z.object({
  row: z.string(),
  route: z.string(),
  act: z.string(),
  groups: z.array(z.enum(OFFICE_GROUPS)),
  electionId: z.optional(z.string()),
  by: Person,
  atMs: z.number(),
  sha256: z.string(),
  decision: z.optional(
    z.object({
      state: z.enum(["confirmed", "refused", "withdrawn"]),
      by: Person,
      atMs: z.number(),
      reason: z.optional(z.string()),
      outcome: z.optional(z.enum(["done", "refused"])),
    }),
  ),
});
const StoredContent = z.object({ content: z.instanceof(Uint8Array) });
const Content = z.object({ parameters: z.record(z.string(), z.string()), body: z.unknown() });

function proposalOf(item: unknown): Proposal {
  const { row: id, electionId, decision, ...rest } = StoredProposal.parse(item);
  return {
    id,
    electionId,
    decision: decision && { ...decision, reason: decision.reason, outcome: decision.outcome },
    ...rest,
  };
}

const keyOf = (id: string) => ({ place: PLACE, row: id });

export const proposalsIn = (documents: DynamoDBDocumentClient, TableName: string) => ({
  /** Undefined when the request is too long to be kept. */
  async propose(
    proposed: Omit<Proposal, "id" | "sha256" | "decision">,
    content: RequestContent,
  ): Promise<Proposal | undefined> {
    const packed = gzipSync(JSON.stringify(content));
    if (packed.length > MOST_BYTES) return undefined;
    const proposal = { ...proposed, sha256: requestSha256(proposed.route, content) };
    const id = randomUUID();
    await documents.send(
      new PutCommand({
        TableName,
        Item: {
          ...keyOf(id),
          ...proposal,
          content: packed,
          expiresAt: Math.ceil((proposed.atMs + SHOWN_FOR_MS) / 1000),
        },
        ConditionExpression: "attribute_not_exists(place)",
      }),
    );
    return { ...proposal, id, decision: undefined };
  },

  /** Later first. */
  async list(): Promise<readonly Proposal[]> {
    const found: Proposal[] = [];
    const pages = paginateQuery(
      { client: documents },
      {
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: "place = :place",
        ExpressionAttributeValues: { ":place": PLACE },
        ProjectionExpression: "#row, #route, #act, #groups, electionId, #by, atMs, sha256, decision",
        ExpressionAttributeNames: { "#row": "row", "#route": "route", "#act": "act", "#groups": "groups", "#by": "by" },
      },
    );
    for await (const { Items = [] } of pages) found.push(...Items.map(proposalOf));
    return found.sort((a, b) => b.atMs - a.atMs);
  },

  async find(id: string): Promise<Readonly<{ proposal: Proposal; content: RequestContent }> | undefined> {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: keyOf(id), ConsistentRead: true }));
    if (Item === undefined) return undefined;
    const { parameters, body } = Content.parse(JSON.parse(gunzipSync(StoredContent.parse(Item).content).toString()));
    return { proposal: proposalOf(Item), content: { parameters, body } };
  },

  /** Decides an open proposal; false when it has been decided meanwhile. One that expired is not decided any more. */
  async decide({ id, sha256, atMs }: Proposal, decision: Decision): Promise<boolean> {
    if (decision.atMs >= standsUntilMs({ atMs })) return false;
    try {
      await documents.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(id),
          UpdateExpression: "SET decision = :decision",
          ConditionExpression: "attribute_exists(place) AND attribute_not_exists(decision) AND sha256 = :sha256",
          ExpressionAttributeValues: { ":decision": withoutUndefined(decision), ":sha256": sha256 },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },

  /** What became of a confirmed proposal. */
  async noteOutcome({ id }: Pick<Proposal, "id">, outcome: NonNullable<Decision["outcome"]>): Promise<void> {
    await documents.send(
      new UpdateCommand({
        TableName,
        Key: keyOf(id),
        UpdateExpression: "SET decision.outcome = :outcome",
        ConditionExpression: "attribute_exists(decision)",
        ExpressionAttributeValues: { ":outcome": outcome },
      }),
    );
  },
});
export type Proposals = ReturnType<typeof proposalsIn>;

const withoutUndefined = (decision: Decision) =>
  Object.fromEntries(Object.entries(decision).filter(([, value]) => value !== undefined));
