import { createHash, randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import type { CloudFormationCustomResourceEvent } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { stateOpening } from "#admin/elections/opening.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { DeploymentAnswer } from "#functions/apply-elections/contract.ts";
import { createApplyElectionsHandler } from "#functions/apply-elections/handler.ts";
import { packedLines } from "#functions/apply-elections/packed-lines.ts";
import { keepApart, textsNamedBy } from "#storage/biographies.ts";
import { biographyTexts } from "#storage/biographies-table.ts";
import { findElection } from "#storage/registered-elections.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { law, race, raceWithBiographies } from "#test/definitions.ts";
import { IDENTITY } from "#test/identified.ts";

const BEFORE = Date.parse("2024-12-01T00:00:00Z");
const DURING = Date.parse("2025-06-01T00:00:00Z");

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const Answer = z.object({
  ...DeploymentAnswer.shape,
  PhysicalResourceId: z.string(),
  StackId: z.string(),
  LogicalResourceId: z.string(),
});

/** The answer to CloudFormation when a stage with these definitions is deployed. */
async function deploy(
  definitions: readonly (ElectionDefinition | string)[],
  {
    atMs = BEFORE,
    type = "Create" as "Create" | "Update" | "Delete",
    physicalId = "elections",
    isGoingBack = false,
    code = definitions,
  } = {},
): Promise<z.infer<typeof Answer>> {
  const answers: z.infer<typeof Answer>[] = [];
  const textsOf = (all: typeof definitions) => all.map((one) => (typeof one === "string" ? one : JSON.stringify(one)));
  const texts = textsOf(definitions);
  const handle = createApplyElectionsHandler({
    register: office.connection,
    linesOf: (file) => packedLines(office.path(file)),
    read: async (file) => textsOf(code)[Number.parseInt(file, 10)] ?? "",
    now: () => atMs,
    isGoingBack: async (stackId) => stackId === "stack" && isGoingBack,
    respond: async (url, body) => {
      expect(url).toBe("https://cloudformation.invalid/answer");
      answers.push(Answer.parse(JSON.parse(body)));
    },
  });
  const Definitions = texts.map((text, index) => ({
    File: `${index}.json`,
    Sha256: createHash("sha256").update(text).digest("hex"),
  }));
  const RequestId = randomUUID();
  const event = {
    RequestType: type,
    ServiceToken: "arn:aws:lambda:…",
    ...(type !== "Create" && { PhysicalResourceId: physicalId }),
    ResponseURL: "https://cloudformation.invalid/answer",
    StackId: "stack",
    RequestId,
    LogicalResourceId: "AppliedElections",
    ResourceType: "Custom::ScrutinElections",
    ResourceProperties: { ServiceToken: "arn:aws:lambda:…", Definitions },
  } as CloudFormationCustomResourceEvent;
  await handle(event);
  const [answer] = answers;
  if (answer === undefined || answers.length > 1) throw new Error(`${answers.length} answers to one request`);
  expect(answer).toMatchObject({ RequestId, StackId: "stack", LogicalResourceId: "AppliedElections" });
  return answer;
}

const secretOf = async (kind: string, electionId: string): Promise<string> => {
  const SecretId = `scrutin/test/${kind}/${electionId}`;
  const { SecretString = "" } = await office.connection.secrets.send(new GetSecretValueCommand({ SecretId }));
  return SecretString;
};

describe("a deployment", () => {
  test("registers every election of its folder with a pepper, a receipt key and a ballot key, and reveals none", async () => {
    const answer = await deploy([law({ electionId: "D1" }), race({ electionId: "D2" })]);
    expect(answer).toMatchObject({ Status: "SUCCESS", Data: { D1: "registered", D2: "registered" } });
    expect((await findElection(office.connection, "D2"))?.stateChanges).toEqual([
      { at: new Date(BEFORE).toISOString(), what: "registered", who: "deployment" },
    ]);
    for (const electionId of ["D1", "D2"]) {
      for (const kind of ["pepper", "receipt-key", "ballot-key"]) {
        expect(JSON.stringify(answer)).not.toContain(await secretOf(kind, electionId));
      }
    }
  });

  test("repeated, changes nothing; keys are made once", async () => {
    await deploy([law({ electionId: "D3" })]);
    const before = [await findElection(office.connection, "D3"), await secretOf("ballot-key", "D3")];
    expect(await deploy([law({ electionId: "D3" })], { type: "Update" })).toMatchObject({ Data: { D3: "unchanged" } });
    expect([await findElection(office.connection, "D3"), await secretOf("ballot-key", "D3")]).toEqual(before);
  });

  test("registers long biographies from the file beside their definition, and needs the file no more when nothing changed", async () => {
    const { definition, texts } = keepApart(raceWithBiographies({ electionId: "D10" }));
    const packed = office.path("0.biographies.gz");
    await writeFile(
      packed,
      gzipSync(
        texts
          .slice(1)
          .map((text) => `${text}\n`)
          .join(""),
      ),
    );
    const lacking = await deploy([definition]);
    expect(lacking).toMatchObject({ Status: "FAILED", Reason: expect.stringContaining("1 texts of its biographies") });
    expect(await findElection(office.connection, "D10")).toBeUndefined();
    await writeFile(packed, gzipSync(texts.map((text) => `${text}\n`).join("")));
    expect(await deploy([definition])).toMatchObject({ Status: "SUCCESS", Data: { D10: "registered" } });
    const { dynamodb, biographiesTable } = office.connection;
    const [first = ""] = textsNamedBy(definition);
    expect(await biographyTexts(dynamodb, biographiesTable)("D10", first)).toBe(texts[0]);
    await writeFile(packed, "no file of such a kind");
    expect(await deploy([definition], { type: "Update" })).toMatchObject({ Data: { D10: "unchanged" } });
    expect((await deploy([{ ...definition, electionId: "D11" }])).Status).toBe("FAILED");
    await rm(packed);
    expect((await deploy([{ ...definition, electionId: "D11" }])).Status).toBe("FAILED");
  });

  test("that would change an open election fails with the field and the rule, and applies nothing", async () => {
    const open = law({ electionId: "D4", opensAt: "2025-01-01T00:00:00Z", closesAt: "2026-01-01T00:00:00Z" });
    await deploy([open]);
    await stateOpening(office.connection, "D4", { who: "Ada", atMs: DURING });
    const changed = { ...open, title: { fr: "Autre", en: "Other" } };
    const answer = await deploy([changed, law({ electionId: "D5" })], { atMs: DURING, type: "Update" });
    expect(answer.Status).toBe("FAILED");
    expect(answer.Reason).toContain("Voting in election D4 is open: title cannot change");
    expect(await findElection(office.connection, "D5")).toBeUndefined();
  });

  test("may move the closing of an open election later", async () => {
    const open = law({ electionId: "D6", opensAt: "2025-01-01T00:00:00Z", closesAt: "2026-01-01T00:00:00Z" });
    await deploy([open]);
    const later = { ...open, closesAt: "2026-01-01T02:00:00Z" };
    expect(await deploy([later], { atMs: DURING, type: "Update" })).toMatchObject({ Data: { D6: "extended" } });
  });

  test("that fails elsewhere leaves a closing where it moved it, with a word, and does not stop CloudFormation going back", async () => {
    const open = law({ electionId: "D9", opensAt: "2025-01-01T00:00:00Z", closesAt: "2026-01-01T00:00:00Z" });
    const later = { ...open, closesAt: "2026-01-01T02:00:00Z" };
    await deploy([open]);
    await deploy([later], { atMs: DURING, type: "Update" });
    await stateOpening(office.connection, "D9", { who: "Ada", atMs: DURING });
    const back = { atMs: DURING, type: "Update" as const, isGoingBack: true };
    const answer = await deploy([open], back);
    expect(answer).toMatchObject({ Status: "SUCCESS", PhysicalResourceId: "elections" });
    expect(answer.Reason).toMatch(/stay as they are.*D9.*closesAt can only move later/);
    expect((await findElection(office.connection, "D9"))?.definition.closesAt).toBe(later.closesAt);
    // Code and request of different deployments, which happens only then.
    expect(await deploy([open], { ...back, code: [later] })).toMatchObject({ Status: "SUCCESS" });
    // Forwards, both are failures.
    expect(await deploy([open], { ...back, isGoingBack: false })).toMatchObject({ Status: "FAILED" });
    expect(await deploy([open], { ...back, isGoingBack: false, code: [later] })).toMatchObject({ Status: "FAILED" });
  });

  test("with a definition whose provider the stage does not allow fails, and says which are allowed", async () => {
    const identity = { ...IDENTITY, issuer: "https://elsewhere.example.org" };
    const answer = await deploy([
      law({ electionId: "D11" }),
      race({ electionId: "D12", identity, credentialFields: undefined }),
    ]);
    expect(answer).toMatchObject({
      Status: "FAILED",
      Reason: expect.stringContaining(`Election D12: identity.issuer:`),
    });
    expect(answer.Reason).toContain(IDENTITY.issuer);
    expect(await findElection(office.connection, "D11")).toBeUndefined();
  });

  test("with an invalid definition reports failure rather than keep CloudFormation waiting", async () => {
    for (const broken of ["{", '{"electionId":"D7"}']) {
      const answer = await deploy([broken]);
      expect(answer.Status).toBe("FAILED");
      expect(answer.Reason).toBeTruthy();
    }
  });

  test("that is taken down leaves its elections alone", async () => {
    await deploy([law({ electionId: "D8" })]);
    expect(await deploy([], { type: "Delete" })).toMatchObject({ Status: "SUCCESS" });
    expect(await findElection(office.connection, "D8")).toBeDefined();
  });

  test("is taken down under the id that CloudFormation knows, also after it failed", async () => {
    for (const { PhysicalResourceId: physicalId } of [await deploy([]), await deploy(["{"])]) {
      expect((await deploy([], { type: "Delete", physicalId })).PhysicalResourceId).toBe(physicalId);
    }
  });
});
