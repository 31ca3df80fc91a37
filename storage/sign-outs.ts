import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";

/** When people last signed out of the console everywhere: tokens given before are refused from then on. */

/** Longer than any token or session of the console lives. */
const KEPT_FOR_MS = 48 * 3_600_000;

const SignOut = z.object({ atMs: z.number() });

export const signOutsIn = (documents: DynamoDBDocumentClient, tableName: string) => ({
  async atMs(subject: string): Promise<number | undefined> {
    const { Item } = await documents.send(
      new GetCommand({ TableName: tableName, Key: keyOf(subject), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : SignOut.parse(Item).atMs;
  },
  async note(subject: string, atMs: number): Promise<void> {
    const expiresAt = Math.ceil((atMs + KEPT_FOR_MS) / 1000);
    await documents.send(new PutCommand({ TableName: tableName, Item: { ...keyOf(subject), atMs, expiresAt } }));
  },
});
export type SignOuts = ReturnType<typeof signOutsIn>;

const keyOf = (subject: string) => ({ place: `sign-out#${subject}`, row: "-" });
