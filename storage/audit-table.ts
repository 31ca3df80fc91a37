import { randomUUID } from "node:crypto";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { AuditOutcome } from "#core/audit.ts";

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
  reason?: string;
}>;

/** How an act ended. One that began and never ended was cut short, or is under way. */
export type AuditedEnd = Readonly<{ outcome: AuditOutcome; untilMs: number }>;

/** The partition of what is about no one election: no id has this form. */
export const NO_ELECTION = "-";

/** What the row of an act's end has after that of its beginning. */
export const END = "#end";

export const auditTable = (documents: DynamoDBDocumentClient, TableName: string) => {
  const add = (item: Readonly<{ electionId: string; row: string }>) =>
    documents.send(new PutCommand({ TableName, Item: item, ConditionExpression: "attribute_not_exists(electionId)" }));
  return {
    /** Records that an act begins: what cannot be recorded is not done. Answers with what records its end. */
    async begin({ electionId = NO_ELECTION, atMs, ...act }: AuditedAct): Promise<(end: AuditedEnd) => Promise<void>> {
      const at = new Date(atMs).toISOString();
      const begun = { ...act, electionId, at, row: `${at}#${randomUUID()}` };
      await add(begun);
      return async (end) => {
        await add({ ...end, electionId, row: begun.row + END });
      };
    },
  };
};
export type AuditTable = ReturnType<typeof auditTable>;
