import { randomUUID } from "node:crypto";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { PutCommand } from "@aws-sdk/lib-dynamodb";

/** What was done in the office's console. Acts are added, and never changed: no role may. */

export type AuditedAct = Readonly<{
  /** Undefined for what is about no one election. */
  electionId: string | undefined;
  atMs: number;
  /** The route's act, such as `apply`. */
  act: string;
  who: string;
  /** The account at the identity provider. */
  subject: string;
  /** The network address that it was done from. */
  address: string;
  outcome: "done" | "refused" | "proposed";
  reason?: string;
}>;

/** The partition of what is about no one election: no id has this form. */
export const NO_ELECTION = "-";

export const auditTable = (documents: DynamoDBDocumentClient, tableName: string) => ({
  async record({ electionId = NO_ELECTION, atMs, ...act }: AuditedAct): Promise<void> {
    const at = new Date(atMs).toISOString();
    await documents.send(
      new PutCommand({
        TableName: tableName,
        Item: { ...act, electionId, at, row: `${at}#${randomUUID()}` },
        ConditionExpression: "attribute_not_exists(electionId)",
      }),
    );
  },
});
