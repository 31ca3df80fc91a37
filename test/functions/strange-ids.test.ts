import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { createElectionsHandler } from "#functions/elections/handler.ts";
import { createResultsHandler } from "#functions/results/handler.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { createVoteStatusHandler } from "#functions/vote-status/handler.ts";
import { biographyTexts } from "#storage/biographies-table.ts";
import { changesTexts, electionsRegistered, electionsTable, openingTexts } from "#storage/elections-table.ts";
import { publishedTable } from "#storage/published-table.ts";
import { findElection } from "#storage/registered-elections.ts";
import { rejectedAttemptsTable } from "#storage/rejected-attempts-table.ts";
import { talliesTable } from "#storage/tallies-table.ts";
import { votesTable } from "#storage/votes-table.ts";

/** Ids that no election can have. DynamoDB refuses a key of more than 2,048 bytes, which looked like an outage. */

const STRANGE = ["x".repeat(41), "x".repeat(2_100), "1#2", "", "é", "-1", "__proto__", "\u0000"];

/** Whatever is read of a table is counted, and fails. */
let reads = 0;
const client = new DynamoDBClient({ region: "nowhere" });
client.middlewareStack.add(
  () => async () => {
    reads++;
    throw new Error("a table was read");
  },
  { step: "initialize" },
);
const elections = electionsTable(client, "elections");
const secrets = { bytesIfAny: async () => undefined };
const receipts = { elections, secrets, receiptKeyPrefix: "" };
const box = votesTable(client, "votes");
const results = createResultsHandler({
  ...receipts,
  tallies: talliesTable(client, "tallies"),
  published: publishedTable(client, "published"),
  box,
  now: Date.now,
});
const told = createElectionsHandler({
  elections,
  openingOf: openingTexts(client, "elections"),
  changesOf: changesTexts(client, "elections"),
  biographiesOf: biographyTexts(client, "biographies"),
  now: Date.now,
});
const status = createVoteStatusHandler({
  ...receipts,
  box,
  rejectedAttempts: rejectedAttemptsTable(client, "rejected"),
});

const election = (id: string) => ({ election_id: id, region_id: id });
/** A request id as long as one for this election. */
const requestId = (id: string) => ({
  request_id: Buffer.concat([Uint8Array.of(Buffer.byteLength(id)), Buffer.from(id), Buffer.alloc(73)]).toString(
    "base64url",
  ),
});

test.each([
  ["elections/{election_id}", told, election],
  ["elections/{election_id}/opening", told, election],
  ["elections/{election_id}/regions/{region_id}/candidates", told, election],
  ["papers/{paper_id}", told, (id: string) => ({ paper_id: id })],
  ["elections/{election_id}/turnout", results, election],
  ["elections/{election_id}/results", results, election],
  ["elections/{election_id}/regions/{region_id}/results", results, election],
  ["results/{law_id}", results, (id: string) => ({ law_id: id })],
  ["votes/{request_id}", status, requestId],
  ["votes/{request_id}", status, (id: string) => ({ request_id: id })],
] as const)(
  "%s answers an id that no election can have with 404, and reads no table",
  async (route, handler, parameters) => {
    reads = 0;
    for (const id of STRANGE) {
      const event = { routeKey: `GET /api/v1/${route}`, headers: {}, pathParameters: parameters(id) };
      const { statusCode } = await handler(event as unknown as HttpEvent, {} as Parameters<typeof handler>[1]);
      expect(statusCode).toBe(404);
    }
    expect(reads).toBe(0);
  },
);

test("nobody else looks such an election up either", async () => {
  const documents = DynamoDBDocumentClient.from(client);
  const register = { documents, electionsTable: "elections" } as unknown as Parameters<typeof findElection>[0];
  for (const id of STRANGE) {
    expect(await findElection(register, id)).toBeUndefined();
    expect(await electionsRegistered(client, "elections")(id)).toBe(false);
  }
});

test("an id that an election can have is looked up", async () => {
  await expect(elections.find("x".repeat(40))).rejects.toThrow("a table was read");
});
