import { createHash } from "node:crypto";
import { BatchExecuteStatementCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import { oneByOne } from "#functions/validate/one-by-one.ts";
import { answerOf, type FaultProxy, startFaultProxy } from "#load/faults/fault-proxy.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { inBatches } from "#storage/ballot-insertion.ts";
import type { VoteMessage } from "#storage/vote-message.ts";
import { votesTable } from "#storage/votes-table.ts";
import { emptyDatabase } from "#test/database.ts";
import { createTables } from "#test/storage/store.ts";

/** The ballot box keeps each voter's first ballot, whatever else is in the same request. */

const { endpoint, accessKeyId } = emptyDatabase();
let proxy: FaultProxy;
let client: DynamoDBClient;
beforeAll(async () => {
  proxy = await startFaultProxy(endpoint);
  client = new DynamoDBClient({ ...clientConfig(proxy.endpoint, accessKeyId), maxAttempts: 1 });
  await createTables(client);
});
afterAll(async () => {
  client.destroy();
  await proxy.stop();
});

function ballot(voter: string, text = "a ballot"): VoteMessage {
  const envelope = Buffer.from(text.padEnd(120));
  const oneTimeKey = new Uint8Array(32).fill(7);
  return {
    hash: createHash("sha256").update(voter).digest("base64url"),
    electionId: "L1",
    regionId: "all",
    oneTimeKey,
    envelope,
    stamp: new Uint8Array(16),
    castAt: "2026-01-01T00:00:00.000Z",
    trackingCode: trackingCodeOf(createHash("sha256").update(trackedBytes({ oneTimeKey, envelope })).digest()),
  };
}

describe.each([
  { way: "in batches", insertion: inBatches },
  { way: "one by one, as at an emulator", insertion: oneByOne },
])("ballots inserted $way", ({ way, insertion }) => {
  test("of a voter's two ballots in one request the first is stored; redelivered, it is recognized, and the other is still refused", async () => {
    const box = votesTable(client, "votes", insertion);
    const votes = [ballot(`Ada ${way}`, "first"), ballot(`Bob ${way}`), ballot(`Ada ${way}`, "second")];
    expect(await box.cast(votes)).toEqual(["stored", "stored", "duplicate"]);
    expect(await box.cast(votes)).toEqual(["already-stored", "already-stored", "duplicate"]);
    const [first] = votes;
    expect(await box.standingBallot(ballot(`Ada ${way}`).hash)).toMatchObject({ trackingCode: first?.trackingCode });
  });

  test("more ballots than fit in one request are all stored, and answered in order", async () => {
    const box = votesTable(client, "votes", insertion);
    const votes = Array.from({ length: 60 }, (_, voter) => ballot(`many ${voter % 55} ${way}`, `ballot ${voter}`));
    expect(await box.cast(votes)).toEqual(votes.map((_, voter) => (voter < 55 ? "stored" : "duplicate")));
  });

  test("a ballot that DynamoDB rejects holds up no other", async () => {
    const box = votesTable(client, "votes", insertion);
    const nameless = { ...ballot("nameless"), hash: "" };
    const [one, two, three] = await box.cast([ballot(`before ${way}`), nameless, ballot(`after ${way}`)]);
    expect([one, three]).toEqual(["stored", "stored"]);
    expect(two).toBeInstanceOf(Error);
  });
});

const Asked = z.looseObject({ Statements: z.array(z.unknown()) });
const Answered = z.looseObject({ Responses: z.array(z.unknown()) });

test("a throttled ballot is retried alone; if still throttled in the end, it is an error", async () => {
  onTestFinished(() => proxy.use((_call, pass) => pass()));
  const box = votesTable(client, "votes");
  const asked: number[] = [];
  /** Throttles the last statement of each request while `lasts` says so. */
  const crowded = (lasts: (request: number) => boolean): void => {
    asked.length = 0;
    proxy.use(async ({ action, body }, pass) => {
      if (action !== "BatchExecuteStatement") return pass();
      const { Statements, ...rest } = Asked.parse(JSON.parse(body));
      asked.push(Statements.length);
      if (!lasts(asked.length)) return pass();
      const kept = Statements.slice(0, -1);
      const { Responses } =
        kept.length === 0
          ? { Responses: [] }
          : Answered.parse(JSON.parse((await pass(JSON.stringify({ ...rest, Statements: kept }))).body));
      return answerOf(200, { Responses: [...Responses, { Error: { Code: "ThrottlingError", Message: "slow down" } }] });
    });
  };
  crowded((request) => request < 3);
  expect(await box.cast([ballot("roomy"), ballot("cramped")])).toEqual(["stored", "stored"]);
  expect(asked).toEqual([2, 1, 1]);

  crowded(() => true);
  const [roomy, cramped] = await box.cast([ballot("roomy 2"), ballot("cramped 2")]);
  expect(roomy).toBe("stored");
  expect(cramped).toBeInstanceOf(Error);
  expect(await box.standingBallot(ballot("cramped 2").hash)).toBeUndefined();
});

test("an insertion replaces nothing, even when its sender asks for that", async () => {
  const box = votesTable(client, "votes");
  await box.cast([ballot("steady", "first")]);
  const { Responses } = await client.send(
    new BatchExecuteStatementCommand({
      Statements: [{ Statement: `INSERT INTO "votes" VALUE {'hash': ?}`, Parameters: [{ S: ballot("steady").hash }] }],
    }),
  );
  expect(Responses?.[0]?.Error?.Code).toBe("DuplicateItem");
  expect(await box.standingBallot(ballot("steady").hash)).toMatchObject({
    trackingCode: ballot("steady", "first").trackingCode,
  });
});
