import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { functionNames } from "#infra/bundling/functions.ts";
import { readConfig } from "#infra/config.ts";
import { boundAccount, EMULATOR_LACKS } from "#infra/emulator.ts";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

/** What a stage leaves out at an emulator is never left out elsewhere. */

const EMULATORS_ACCOUNT = "000000000000";

/** Text that only the emulators' code has. */
const ONLY_SHARD = "the-only-shard";
const PUT = "attribute_not_exists(#hash)";
const PUT_BALLOT = "dynamodb:PutItem on Votes.Arn";
const INSERT_BALLOT = "dynamodb:PartiQLInsert on Votes.Arn";

const codeOf = (stage: Stage, name: string): Promise<string> =>
  readFile(join(stage.bundleOf(name), "index.mjs"), "utf8");

let endpoint: Stage;
let election: Stage;
beforeAll(async () => {
  endpoint = await sharedStage("endpoint");
  election = await sharedStage("rules");
});

describe("a stage for an emulator", () => {
  it("is bound to an account that AWS never assigns, so the CDK refuses to deploy it there", () => {
    expect(boundAccount(readConfig("endpoint"))).toBe(EMULATORS_ACCOUNT);
    expect(endpoint.rightsOf("submit").join()).toContain(`:${EMULATORS_ACCOUNT}:secret:`);
  });

  it("names the stream's only shard, since the stream's events do not", async () => {
    expect(await codeOf(endpoint, "tally")).toContain(ONLY_SHARD);
  });

  it("has ballots put one by one, since PartiQL inserts never appear in the stream", async () => {
    expect(await codeOf(endpoint, "validate")).toContain(PUT);
  });

  it("gives each function its rights in AWS, except for CloudFront's and how a ballot is put", async () => {
    const isOriginKeys = (text: string): boolean => text.includes("origin-keys");
    // The recount is invoked by its schedule, which an emulator's stage does not have.
    const names = (await functionNames()).filter((each) => !isOriginKeys(each) && each !== "recount");
    for (const name of names) {
      const rights = endpoint.rightsOf(name).map((right) => {
        const there = right
          .replaceAll("scrutin/endpoint/", "scrutin/rules/")
          .replaceAll(EMULATORS_ACCOUNT, "AWS::AccountId");
        // Others that put into the ballot box, as office-roll its marks, do so in AWS too.
        return name === "validate" ? there.replace(PUT_BALLOT, INSERT_BALLOT) : there;
      });
      const inAws = election.rightsOf(name).filter((right) => !isOriginKeys(right));
      expect(rights.toSorted(), name).toEqual(inAws.toSorted());
    }
  });
});

describe("a stage for AWS", () => {
  it.each(["dev", "rules"])("%s goes to its deployer's account", (stage) => {
    expect(boundAccount(readConfig(stage))).toBeUndefined();
  });

  it("never names a shard: an event without one is an error there", async () => {
    expect(await codeOf(election, "tally")).not.toContain(ONLY_SHARD);
  });

  it("never puts a ballot: it has only the right to insert, which replaces nothing", async () => {
    expect(await codeOf(election, "validate")).not.toContain(PUT);
    expect(election.rightsOf("validate")).not.toContain(PUT_BALLOT);
  });
});

it("only what is listed with its reason can be left out", () => {
  const unheardOf: Record<string, unknown> = { emulator: { lacks: ["iam"] } };
  expect(() => readConfig("trial", unheardOf)).toThrow(/emulator/);
  for (const reason of Object.values(EMULATOR_LACKS)) expect(reason).toMatch(/\.$/);
});
