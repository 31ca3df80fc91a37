import { randomUUID } from "node:crypto";
import { DuplicateItemException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, ExecuteStatementCommand } from "@aws-sdk/lib-dynamodb";
import type { AuditOutcome } from "#core/audit.ts";
import { canNameElection } from "#storage/definition-parts.ts";

/**
 * What was done in the office's console. Acts are inserted, and never changed: the right to insert can replace nothing (DynamoDB
 * developer guide, "PartiQL insert statements"), and no role has another.
 */

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
  const insert = async (item: Readonly<Record<string, unknown>>): Promise<void> => {
    const names = Object.keys(item);
    try {
      await documents.send(
        new ExecuteStatementCommand({
          Statement: `INSERT INTO "${TableName}" VALUE {${names.map((name) => `'${name}': ?`).join(", ")}}`,
          Parameters: Object.values(item),
        }),
      );
    } catch (error) {
      // Sent again by the client, because an answer was lost: nobody else has its row.
      if (!(error instanceof DuplicateItemException)) throw error;
    }
  };
  return {
    /** Records that an act begins: what cannot be recorded is not done. Answers with what records its end. */
    async begin({ electionId: named, atMs, ...act }: AuditedAct): Promise<(end: AuditedEnd) => Promise<void>> {
      // Anything may be asked for.
      const electionId = named !== undefined && canNameElection(named) ? named : NO_ELECTION;
      const at = new Date(atMs).toISOString();
      const begun = { ...act, electionId, at, row: `${at}#${randomUUID()}` };
      await insert(begun);
      return async (end) => {
        await insert({ ...end, electionId, row: begun.row + END });
      };
    },
  };
};
export type AuditTable = ReturnType<typeof auditTable>;
