import { createHash, randomBytes } from "node:crypto";
import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { toBase64Url } from "#core/bytes.ts";
import { trackingCodeOf } from "#core/tracking-code.ts";
import { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { law as define } from "#test/definitions.ts";
import { cast, eventually, get, outcomeOf } from "#test/e2e/api.ts";
import { functionLogs } from "#test/e2e/logs.ts";
import { openPolls, sealFor } from "#test/e2e/polls.ts";
import { credentials, type Voter, voter, votersIn } from "#test/e2e/voters.ts";

const LAW = "L-envelopes";

beforeAll(() =>
  openPolls(
    define({ electionId: LAW }),
    Array.from({ length: 25 }, (_, n) => voter(30 + n)),
  ),
);

const law = async (): Promise<LawResults> => LawResults.parse(await (await get(`/api/v1/results/${LAW}`)).json());
const castLaw = (who: Voter, envelope: Uint8Array) =>
  cast("/api/v1/vote", { ...credentials(who), law_id: LAW, envelope: toBase64Url(envelope) });

describe("a ballot sealed on the voter's device", () => {
  test("is counted, under the tracking code that the device computed", async () => {
    const before = await law();
    const envelope = await sealFor(LAW, "all", { kind: "choice", choice: "non" });
    const receipt = await castLaw(voter(30), envelope);
    expect(receipt.tracking_code).toBe(trackingCodeOf(createHash("sha256").update(envelope).digest()));
    expect((await outcomeOf(receipt)).status).toBe("accepted");
    await eventually(law, ({ non }) => non === (before.non ?? 0) + 1);
  });

  test("sent again after a network failure is the same ballot, accepted once", async () => {
    const envelope = await sealFor(LAW, "all", { kind: "choice", choice: "oui" });
    const receipts = await Promise.all([0, 1, 2].map(() => castLaw(voter(31), envelope)));
    for (const receipt of receipts) expect((await outcomeOf(receipt)).status).toBe("accepted");
  });

  test.each<[string, number, () => Promise<Uint8Array>]>([
    ["garbage", 32, async () => randomBytes((await sealFor(LAW, "all", { kind: "choice", choice: "oui" })).length)],
    [
      "sealed for another election of the same size",
      33,
      async () => {
        const envelope = await sealFor(LAW, "all", { kind: "choice", choice: "oui" });
        const elsewhere = await sealFor("1", "1", { kind: "candidate", candidateId: "1" });
        return Buffer.concat([elsewhere, envelope]).subarray(0, envelope.length);
      },
    ],
  ])("that is %s is accepted as sealed and counted as spoiled, and counting goes on", async (_, n, make) => {
    const before = await law();
    expect((await outcomeOf(await castLaw(voter(n), await make()))).status).toBe("accepted");
    await eventually(law, ({ spoiled }) => spoiled === (before.spoiled ?? 0) + 1);
    const sound = await castLaw(voter(n + 10), await sealFor(LAW, "all", { kind: "choice", choice: "oui" }));
    expect((await outcomeOf(sound)).status).toBe("accepted");
    await eventually(law, ({ oui }) => oui === (before.oui ?? 0) + 1);
  });

  test("replayed from one region into another is spoiled there", async () => {
    const [one] = votersIn("2", 60, 1);
    if (one === undefined) throw new Error("no demo voter in region 2");
    const region2 = async () =>
      ElectionResults.parse(await (await get("/api/v1/elections/1/regions/2/results")).json());
    const before = await region2();
    const replayed = toBase64Url(await sealFor("1", "1", { kind: "candidate", candidateId: "1" }));
    const receipt = await cast("/api/v1/elections/vote", {
      ...credentials(one),
      election_id: 1,
      region_id: 2,
      envelope: replayed,
    });
    expect((await outcomeOf(receipt)).status).toBe("accepted");
    await eventually(region2, ({ spoiled }) => spoiled === (before.spoiled ?? 0) + 1);
  });
});

test("no table or log holds a NAS or a code, or links a choice to a voter's hash", async () => {
  const who = voter(51);
  const receipt = await cast("/api/v1/vote", { ...credentials(who), law_id: LAW, vote: "non" });
  expect((await outcomeOf(receipt)).status).toBe("accepted");

  const client = new DynamoDBClient(clientConfig(inject("endpoints").dynamodb));
  const names = Object.entries(inject("outputs")).filter(([output]) => output.endsWith("Table"));
  const dumps = await Promise.all(
    names.map(async ([output, TableName]) => {
      const pages: unknown[] = [];
      for await (const { Items } of paginateScan({ client }, { TableName })) pages.push(Items);
      return [output, JSON.stringify(pages)] as const;
    }),
  );
  client.destroy();
  const logs = await functionLogs();
  for (const [place, text] of [...dumps, ...logs]) {
    expect(text.includes(who.nas), `${place} holds a NAS`).toBe(false);
    expect(text.includes(`"${who.code}"`), `${place} holds a code`).toBe(false);
  }
  const votes = dumps.find(([output]) => output === "VotesTable")?.[1] ?? "";
  expect(votes).toContain(receipt.tracking_code);
  expect(votes).not.toMatch(/"(?:oui|non)"/);
});
