import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DeleteCommand, PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refillTable } from "#admin/tables/refill.ts";
import { type Office, openOffice } from "#test/admin/office.ts";

const COPY = "restored";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await office.connection.documents.send(
    new CreateTableCommand({
      TableName: COPY,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "hash", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "hash", KeyType: "HASH" }],
    }),
  );
});
afterAll(() => office.close());

const ballot = (voter: number, envelope = "sealed") => ({
  hash: `voter-${String(voter).padStart(3, "0")}`,
  electionId: "1",
  regionId: "1",
  envelope: Buffer.from(`${envelope} ${voter}`),
});
type Ballot = ReturnType<typeof ballot>;

async function put(table: string, ballots: readonly Ballot[]): Promise<void> {
  for (let start = 0; start < ballots.length; start += 25) {
    const requests = ballots.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    await office.connection.documents.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
  }
}

async function held(): Promise<readonly Record<string, unknown>[]> {
  const { votesTable, documents } = office.connection;
  const { Items = [] } = await documents.send(new ScanCommand({ TableName: votesTable }));
  return Items.sort((a, b) => String(a.hash).localeCompare(String(b.hash)));
}

describe("a table that lost something", () => {
  test("gets back what it lacks, and keeps what was cast after the copy was made", async () => {
    const { connection } = office;
    const before = Array.from({ length: 120 }, (_, voter) => ballot(voter));
    await put(COPY, before);
    await put(connection.votesTable, before);
    for (const { hash } of before.slice(10, 60)) {
      await connection.documents.send(new DeleteCommand({ TableName: connection.votesTable, Key: { hash } }));
    }
    // Meanwhile a voter whose ballot was lost has voted again, and somebody else has voted.
    const since = [ballot(20, "cast again"), ballot(500, "cast since")];
    for (const Item of since)
      await connection.documents.send(new PutCommand({ TableName: connection.votesTable, Item }));

    expect(await refillTable(connection, "votes", COPY)).toEqual({ read: 120, putBack: 49 });
    const right = [...before.filter(({ hash }) => hash !== "voter-020"), ...since];
    const texts = (await held()).map(({ hash, envelope }) => [hash, Buffer.from(envelope as Uint8Array).toString()]);
    expect(texts).toEqual(
      right.sort((a, b) => a.hash.localeCompare(b.hash)).map(({ hash, envelope }) => [hash, envelope.toString()]),
    );
  });

  test("is unchanged when it is refilled again", async () => {
    const before = await held();
    expect(await refillTable(office.connection, "votes", COPY)).toEqual({ read: 120, putBack: 0 });
    expect(await held()).toEqual(before);
  });

  test("may be that of the rejected attempts, whose rows have two keys", async () => {
    const { connection } = office;
    await connection.documents.send(
      new CreateTableCommand({
        TableName: "restored-attempts",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: ["bucket", "row"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
        KeySchema: [
          { AttributeName: "bucket", KeyType: "HASH" },
          { AttributeName: "row", KeyType: "RANGE" },
        ],
      }),
    );
    const attempts = ["kept", "lost"].map((row) => ({ bucket: "1#0", row }));
    for (const Item of attempts) {
      await connection.documents.send(new PutCommand({ TableName: "restored-attempts", Item }));
    }
    const kept = { ...attempts[0], attempts: 2 };
    await connection.documents.send(new PutCommand({ TableName: connection.rejectedAttemptsTable, Item: kept }));
    expect(await refillTable(connection, "rejected-attempts", "restored-attempts")).toEqual({ read: 2, putBack: 1 });
    const { Items } = await connection.documents.send(new ScanCommand({ TableName: connection.rejectedAttemptsTable }));
    expect(Items).toEqual([kept, attempts[1]]);
  });
});
