import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Refusal } from "#core/refusal.ts";
import { destroySecrets } from "#infra/stage-secrets.ts";
import { configOf, readArguments } from "#infra/tools/command.ts";
import { type Answers, EMPTY_ACCOUNT, failure, type RecordedAws, recordedAws } from "#test/infra/recorded-aws.ts";

/** `npm run deploy` and `npm run destroy` refuse before they call AWS. */

let configFolder: string;
beforeAll(async () => {
  configFolder = await mkdtemp(join(tmpdir(), "scrutin-config-"));
  const files = {
    kept: { retainData: true },
    misspelt: { retianData: true },
    emulated: { emulator: { lacks: ["cloudfront"] }, retainData: false },
    "no-certificate": { domain: "vote.example.org" },
    "no-elections": { electionsFolder: "nowhere" },
    "too-large": { expectedVotesPerSecond: 5000 },
    "large-memory": { recountMemoryMegabytes: 10_240, expectedVotesPerSecond: 10 },
  };
  for (const [stage, file] of Object.entries(files)) {
    await writeFile(join(configFolder, `${stage}.json`), JSON.stringify(file));
  }
  await writeFile(join(configFolder, "broken.json"), "{");
  vi.stubEnv("CONFIG_DIR", configFolder);
  vi.stubEnv("AWS_ENDPOINT_URL", undefined);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(configFolder, { recursive: true, force: true });
});

/** The message with which a command refuses arguments. */
function refusalOf(command: "deploy" | "destroy", args: readonly string[]): string {
  try {
    configOf(readArguments(command, args).stage);
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return (error as Refusal).message;
  }
  throw new Error("it was not refused");
}

type Ended = Readonly<{ code: number | null; errors: string; output: string }>;

function run(command: "deploy" | "destroy", ...args: readonly string[]): Promise<Ended> {
  // Without credentials, a call to AWS would fail differently.
  return runWith({ AWS_PROFILE: "none" }, command, ...args);
}

function runWith(
  environment: Readonly<Record<string, string>>,
  command: "deploy" | "destroy",
  ...args: readonly string[]
): Promise<Ended> {
  const env = { ...process.env, AWS_EC2_METADATA_DISABLED: "true", ...environment };
  const child = spawn(process.execPath, [`infra/tools/${command}.ts`, ...args], { env, stdio: "pipe" });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, errors, output })));
}

const REFUSED = 2;

describe.each(["deploy", "destroy"] as const)("npm run %s", (command) => {
  it.each([
    [[], /Which stage\?[\s\S]*Usage: npm run/],
    [["--stage"], /Usage: npm run/],
    [["prod"], /Usage: npm run/],
    [["--stage", "kept", "--force"], /--force[\s\S]*Usage: npm run/],
    [["--stage", "../prod"], /must be lower-case letters/],
    [["--stage", "prdo"], /There is no config\/prdo\.json/],
    [["--stage", "broken"], /config\/broken\.json is not a readable JSON object/],
    [["--stage", "misspelt"], /retianData/],
    [["--stage", "no-certificate"], /domain and certificateArn go together/],
    [["--stage", "too-large"], /needs 20000 of the account's apiRequestsPerSecond/],
    [["--stage", "emulated"], /in AWS nothing is left out/],
  ])("refuses %j in a sentence", (args, sentence) => {
    const said = refusalOf(command, args);
    expect(said).toMatch(sentence);
    expect(said).not.toMatch(/^\s+at /m);
  });

  it("prints a refusal as a sentence, with exit code 2", async () => {
    const { code, errors } = await run(command);
    expect(errors).toMatch(/^Which stage\?\nUsage: npm run/);
    expect(errors).not.toMatch(/^\s+at /m);
    expect(code).toBe(REFUSED);
  });
});

describe("npm run deploy", () => {
  it("names a missing folder of elections before it deploys anything", async () => {
    const { code, errors } = await run("deploy", "--stage", "no-elections");
    expect(errors).toMatch(/nowhere/);
    expect(code).toBe(REFUSED);
  });
});

describe("npm run deploy, before it creates anything,", () => {
  const accounts: RecordedAws[] = [];
  afterEach(() => {
    for (const account of accounts.splice(0)) account.close();
  });

  /** The environment of an account that answers so. */
  async function account(answers: Answers): Promise<Record<string, string>> {
    const aws = await recordedAws({ ...EMPTY_ACCOUNT, ...answers });
    accounts.push(aws);
    return { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
  }
  const withConcurrency = (ConcurrentExecutions: number) =>
    account({ GetAccountSettings: { AccountLimit: { ConcurrentExecutions } } });

  it("refuses an account whose concurrency is too low for the expected votes", async () => {
    const { code, errors } = await runWith(await withConcurrency(10), "deploy", "--stage", "kept");
    expect(errors).toMatch(/^Nothing was deployed\.\nThe functions need a concurrency of \d+, and the account has 10:/);
    expect(errors).not.toMatch(/memory/);
    expect(code).toBe(REFUSED);
  });

  it("refuses a new account for a function with more memory than it gives", async () => {
    const { code, errors } = await runWith(await withConcurrency(900), "deploy", "--stage", "large-memory");
    expect(errors).toMatch(
      /^Nothing was deployed\.\nA function needs 10240 MB of memory, and a new account.* gives 3008/,
    );
    expect(code).toBe(REFUSED);
  });

  it("refuses when it may not ask, and names the rights", async () => {
    const { code, errors } = await runWith(
      await account({ GetAccountSettings: failure("AccessDeniedException", "not authorized", 403) }),
      "deploy",
      "--stage",
      "kept",
    );
    expect(errors).toMatch(/lambda:GetAccountSettings and dynamodb:DescribeLimits/);
    expect(code).toBe(REFUSED);
  });
});

describe("npm run deploy -- --check", () => {
  it("lists what it found, and deploys nothing", async () => {
    const aws = await recordedAws(EMPTY_ACCOUNT);
    const environment = { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
    const { code, output, errors } = await runWith(environment, "deploy", "--stage", "kept", "--check");
    aws.close();
    expect(errors).toBe("");
    expect(output).toMatch(/^✓ elections: /);
    expect(
      output
        .trim()
        .split("\n")
        .filter((line) => !line.startsWith("✓")),
    ).toEqual([]);
    expect(aws.asked.filter((operation) => !/^(?:Get|Describe|List)/.test(operation))).toEqual([]);
    expect(code).toBe(0);
  });
});

describe("npm run destroy", () => {
  it("refuses a stage that keeps its votes, and says what to do first", async () => {
    const { code, errors } = await run("destroy", "--stage", "kept", "--yes");
    expect(errors).toMatch(/keeps its data: nothing was touched/);
    expect(errors).toMatch(/"retainData": false into config\/kept\.json/);
    expect(errors).toMatch(/could not be listed \(secretsmanager:ListSecrets\)/);
    expect(code).toBe(REFUSED);
  });

  it("lists the secrets of the elections that such a stage keeps, and pays for", async () => {
    const SecretList = [{ Name: "scrutin/kept/stamp-key/1" }, { Name: "scrutin/kept/pepper/1" }];
    const aws = await recordedAws({ ListSecrets: { SecretList } });
    const environment = { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
    const { code, errors } = await runWith(environment, "destroy", "--stage", "kept");
    aws.close();
    expect(errors).toMatch(/kept, and billed:\n {2}scrutin\/kept\/pepper\/1\n {2}scrutin\/kept\/stamp-key\/1\n$/);
    expect([...aws.asked, code]).toEqual(["ListSecrets", REFUSED]);
  });

  it("destroys the secrets of the elections of a stage that keeps nothing, those that AWS is about to delete too", async () => {
    const deleted: unknown[] = [];
    const aws = await recordedAws({
      ListSecrets: (body) => {
        expect(JSON.parse(body)).toMatchObject({
          IncludePlannedDeletion: true,
          Filters: [{ Key: "name", Values: ["scrutin/trial/"] }],
        });
        return {
          SecretList: [
            { Name: "scrutin/trial/pepper/1" },
            { Name: "scrutin/trial/origin-keys", DeletedDate: 1_700_000_000 },
          ],
        };
      },
      DeleteSecret: (body) => {
        deleted.push(JSON.parse(body));
        return {};
      },
    });
    const client = new SecretsManagerClient({
      region: "ca-central-1",
      endpoint: aws.url,
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
    });
    await destroySecrets(client, { stage: "trial" });
    client.destroy();
    aws.close();
    expect(deleted).toEqual(
      ["origin-keys", "pepper/1"].map((name) => ({
        SecretId: `scrutin/trial/${name}`,
        ForceDeleteWithoutRecovery: true,
      })),
    );
  });
});
