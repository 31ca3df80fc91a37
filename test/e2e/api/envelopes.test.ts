import { type AttributeValue, DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { law as define } from "#test/definitions.ts";
import { cast, eventually, get, outcomeOf, post } from "#test/e2e/api.ts";
import { functionLogs } from "#test/e2e/logs.ts";
import { garbled, openPolls, sealFor, signFor } from "#test/e2e/polls.ts";
import { credentials, type Voter, voter, votersIn } from "#test/e2e/voters.ts";
import type { SealedBallot } from "#web/sealing.ts";

const LAW = "L-envelopes";

beforeAll(() =>
  openPolls(
    define({ electionId: LAW }),
    Array.from({ length: 25 }, (_, n) => voter(30 + n)),
  ),
);

const law = async (): Promise<LawResults> => LawResults.parse(await (await get(`/api/v1/results/${LAW}`)).json());
const castLaw = async (who: Voter, sealed: SealedBallot) =>
  cast("/api/v1/vote", { ...credentials(who), law_id: LAW, ...(await signFor(LAW, "all", sealed, who)) });
const OUI = { kind: "choice", choice: "oui" } as const;

/** What was cast so far. Two instances may have read the tallies at different moments, so no answer tells what there was before. */
const soFar = { oui: 0, non: 0, spoiled: 0 };
const isCounted = (what: keyof typeof soFar) => {
  soFar[what]++;
  return eventually(law, (now) => now[what] === soFar[what]);
};

describe("a ballot sealed on the voter's device", () => {
  test("is counted, under the tracking code that the device computed", async () => {
    const sealed = await sealFor(LAW, "all", { kind: "choice", choice: "non" });
    const receipt = await castLaw(voter(30), sealed);
    expect(receipt.tracking_code).toBe(sealed.trackingCode);
    expect((await outcomeOf(receipt)).status).toBe("accepted");
    await isCounted("non");
  });

  test("sent again after a network failure is the same ballot, accepted once", async () => {
    const sealed = await sealFor(LAW, "all", OUI);
    const receipts = await Promise.all([0, 1, 2].map(() => castLaw(voter(31), sealed)));
    for (const receipt of receipts) expect((await outcomeOf(receipt)).status).toBe("accepted");
    await isCounted("oui");
  });

  test.each<[string, number, () => Promise<SealedBallot>]>([
    ["garbage", 32, async () => garbled(await sealFor(LAW, "all", OUI))],
    [
      "sealed for another election of the same size",
      33,
      async () => {
        const [here, there] = [
          await sealFor(LAW, "all", OUI),
          await sealFor("1", "1", { kind: "candidate", candidateId: "1" }),
        ].map(({ envelope }) => Buffer.from(envelope, "base64url"));
        const bytes = Buffer.concat([there ?? Buffer.of(), here ?? Buffer.of()]).subarray(0, here?.length);
        return { ...(await sealFor(LAW, "all", OUI)), envelope: bytes.toString("base64url") };
      },
    ],
  ])("that is %s is accepted as sealed and counted as spoiled, and counting goes on", async (_, n, make) => {
    expect((await outcomeOf(await castLaw(voter(n), await make()))).status).toBe("accepted");
    await isCounted("spoiled");
    const sound = await castLaw(voter(n + 10), await sealFor(LAW, "all", OUI));
    expect((await outcomeOf(sound)).status).toBe("accepted");
    await isCounted("oui");
  });

  test("replayed from one region into another is spoiled there", async () => {
    const [one] = votersIn("2", 60, 1);
    if (one === undefined) throw new Error("no demo voter in region 2");
    const region2 = async () =>
      ElectionResults.parse(await (await get("/api/v1/elections/1/regions/2/results")).json());
    const before = await region2();
    const sealed = await sealFor("1", "1", { kind: "candidate", candidateId: "1" });
    const receipt = await cast("/api/v1/elections/vote", {
      ...credentials(one),
      election_id: 1,
      region_id: 2,
      ...(await signFor("1", "2", sealed, one)),
    });
    expect((await outcomeOf(receipt)).status).toBe("accepted");
    await eventually(region2, ({ spoiled }) => spoiled === (before.spoiled ?? 0) + 1);
  });
});

describe("an envelope that was read from the votes table", () => {
  const votes = async (): Promise<readonly Record<string, AttributeValue>[]> => {
    const client = new DynamoDBClient(clientConfig(inject("endpoints").dynamodb));
    const pages = paginateScan({ client }, { TableName: inject("outputs").VotesTable, ConsistentRead: true });
    const found: Record<string, AttributeValue>[] = [];
    for await (const { Items = [] } of pages) found.push(...Items);
    client.destroy();
    return found;
  };
  const text = (value: AttributeValue | undefined): string => Buffer.from(value?.B ?? []).toString("base64url");

  test("is good for nobody else: with its own key it is refused, with the thief's it does not open", async () => {
    const receipt = await castLaw(voter(35), await sealFor(LAW, "all", OUI));
    expect((await outcomeOf(receipt)).status).toBe("accepted");
    const found = (await votes()).find(({ trackingCode }) => trackingCode?.S === receipt.tracking_code);
    await isCounted("oui");

    const own = await sealFor(LAW, "all", OUI);
    const stolen = { ...own, envelope: text(found?.envelope) };
    const signed = await signFor(LAW, "all", stolen, voter(36));
    const thief = { ...credentials(voter(36)), law_id: LAW, ...signed };
    const refused = await post("/api/v1/vote", { ...thief, one_time_key: text(found?.oneTimeKey) });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ type: "/api/v1/docs#wrong-signature" });

    // The refusal did not use up the right to vote.
    expect((await outcomeOf(await cast("/api/v1/vote", thief))).status).toBe("accepted");
    const after = await isCounted("spoiled");
    expect(after.oui).toBe(soFar.oui);
  });

  test("has a signature nowhere beside it, against which credentials could be tried", async () => {
    const fields = ["castAt", "electionId", "envelope", "hash", "oneTimeKey", "regionId", "stamp", "trackingCode"];
    // At the level "trustees" the voter key's own signature stands there: it speaks of no credentials.
    const isLive = ({ hash, oneTimeKey }: Record<string, AttributeValue>): boolean => hash?.S !== text(oneTimeKey);
    const live = (await votes()).filter(isLive);
    expect(live.length).toBeGreaterThan(0);
    for (const vote of live) expect(Object.keys(vote).sort()).toEqual(fields);
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
