import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { ElectionDefinition } from "#core/election.ts";
import { ApplyElectionsEnv } from "#functions/apply-elections/env.ts";
import { BoardEnv } from "#functions/board/env.ts";
import { DocsEnv } from "#functions/docs/env.ts";
import { ElectionsEnv } from "#functions/elections/env.ts";
import { PICTURE_FILES } from "#functions/embed/contract.ts";
import { EmbedEnv } from "#functions/embed/env.ts";
import { HealthEnv } from "#functions/health/env.ts";
import { OfficeEnv } from "#functions/office/env.ts";
import { OfficeRollEnv } from "#functions/office-roll/env.ts";
import { OfficeWorkEnv } from "#functions/office-work/env.ts";
import { OriginKeysEnv } from "#functions/origin-keys/env.ts";
import { RecountEnv } from "#functions/recount/env.ts";
import { ResultsEnv } from "#functions/results/env.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { OriginEnv } from "#functions/runtime/origin-check.ts";
import { StateOpeningEnv } from "#functions/state-opening/env.ts";
import { SubmitEnv } from "#functions/submit/env.ts";
import { SystemStatusEnv } from "#functions/system-status/env.ts";
import { TallyEnv } from "#functions/tally/env.ts";
import { ValidateEnv } from "#functions/validate/env.ts";
import { VoteStatusEnv } from "#functions/vote-status/env.ts";
import { bundle, functionsMetafile } from "#infra/bundle.ts";
import { capacityFor } from "#infra/capacity.ts";
import { readConfig } from "#infra/config.ts";
import { definitionFilesOf, packed } from "#infra/functions/apply-elections.ts";
import { keepApart } from "#storage/biographies.ts";
import { race, raceWithBiographies } from "#test/definitions.ts";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

/** The variables that each function declares. A new function must be added here. */
const ENVIRONMENTS = {
  "apply-elections": ApplyElectionsEnv,
  board: BoardEnv,
  docs: DocsEnv,
  elections: ElectionsEnv,
  embed: EmbedEnv,
  health: HealthEnv,
  "system-status": SystemStatusEnv,
  office: OfficeEnv,
  "office-roll": OfficeRollEnv,
  "office-work": OfficeWorkEnv,
  "origin-keys": OriginKeysEnv,
  recount: RecountEnv,
  results: ResultsEnv,
  "state-opening": StateOpeningEnv,
  "vote-status": VoteStatusEnv,
  submit: SubmitEnv,
  tally: TallyEnv,
  validate: ValidateEnv,
} as const;
const NAMES = Object.keys(ENVIRONMENTS).sort();

const MAX_BUNDLE_BYTES = 420_000;
/** `submit` holds the group of the trustees, which is loaded with the first ballot of their level. */
const MAX_SUBMIT_BYTES = 460_000;
/** Those of the office hold the command line's operations, written once for both; no voter waits for them to start. */
const MAX_OFFICE_BYTES = 1_200_000;
const isOfOffice = (name: string): boolean => /^office(?:-|$)/.test(name);
const mostBytesOf = (name: string): number => {
  if (isOfOffice(name)) return MAX_OFFICE_BYTES;
  return name === "submit" ? MAX_SUBMIT_BYTES : MAX_BUNDLE_BYTES;
};
const Metafile = z.object({
  outputs: z.record(z.string(), z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) })),
});

let stage: Stage;
beforeAll(async () => {
  stage = await sharedStage("rules");
});

/** The variables that a function gets, references by name; a queue's reference is its URL. */
function variablesOf(name: string): Record<string, string> {
  const { Variables } = stage.function(name).properties.Environment;
  return Object.fromEntries(
    Object.entries(Variables).map(([variable, value]) => [
      variable,
      variable.endsWith("_URL") ? `https://sqs.invalid/${stage.read(value)}` : stage.read(value),
    ]),
  );
}

describe("functions", () => {
  it("the deployed functions are those that declare variables", () => {
    expect([...stage.functions().keys()].sort()).toEqual(NAMES);
  });

  it.each(Object.entries(ENVIRONMENTS))("%s gets every variable it declares", (name, schema) => {
    expect(readEnvironment(schema, variablesOf(name))).toMatchObject({ POWERTOOLS_SERVICE_NAME: name });
  });

  it("every function behind the API knows the secret of CloudFront's keys", () => {
    for (const name of new Set(stage.routes().values())) {
      expect(readEnvironment(OriginEnv, variablesOf(name))).toEqual({
        ORIGIN_KEYS_SECRET_NAME: "scrutin/rules/origin-keys",
      });
    }
  });

  it("functions that mostly wait have half the memory of those that count and answer", () => {
    const memory = (name: string): number => stage.function(name).properties.MemorySize;
    expect(["submit", "validate", "vote-status"].map(memory)).toEqual([256, 256, 256]);
    expect(["tally", "results", "board"].map(memory)).toEqual([512, 512, 512]);
  });

  it.each(NAMES)("%s runs on arm64 and Node 24, and keeps its log for the set time", (name) => {
    const { Architectures, Runtime, LoggingConfig } = stage.function(name).properties;
    expect({ Architectures, Runtime }).toEqual({ Architectures: ["arm64"], Runtime: "nodejs24.x" });
    const log = stage.read(LoggingConfig.LogGroup);
    const { properties } = stage.part("AWS::Logs::LogGroup", log, z.object({ RetentionInDays: z.number() }));
    expect(properties.RetentionInDays).toBe(90);
    // The start and the end of each call would be logged with each vote.
    expect(LoggingConfig.SystemLogLevel).toBe("WARN");
  });

  it.each(NAMES)("the bundle of %s takes no more than it may, and has its source map beside it", async (name) => {
    const folder = stage.bundleOf(name);
    expect((await stat(join(folder, "index.mjs"))).size).toBeLessThanOrEqual(mostBytesOf(name));
    expect(await readFile(join(folder, "index.mjs"), "utf8")).toContain("sourceMappingURL=index.mjs.map");
    await stat(join(folder, "index.mjs.map"));
  });

  it("no bundle that voters wait for holds the larger interface of zod, which brings its writer of JSON Schema", async () => {
    const { outputs } = Metafile.parse(JSON.parse(await readFile(functionsMetafile(await bundle()), "utf8")));
    const holding = Object.entries(outputs).filter(([, { inputs }]) =>
      Object.entries(inputs).some(([file, { bytesInOutput }]) => file.includes("zod/v4/classic") && bytesInOutput > 0),
    );
    expect(holding.map(([output]) => output).filter((output) => !/\/office(?:-[a-z]+)?\//.test(output))).toEqual([]);
  });

  it("every bundle starts outside the repository, without its packages", async () => {
    const folder = await mkdtemp(join(tmpdir(), "scrutin-away-"));
    const load = async (name: string): Promise<string> => {
      const away = join(folder, name);
      await cp(stage.bundleOf(name), away, { recursive: true });
      const env = { ...variablesOf(name), AWS_REGION: "ca-central-1" };
      const script = `const { handler } = await import(${JSON.stringify(join(away, "index.mjs"))}); process.stdout.write(typeof handler);`;
      const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { env });
      return stdout;
    };
    try {
      expect(await Promise.all(NAMES.map(load))).toEqual(NAMES.map(() => "function"));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("what draws pictures lies beside the code of embed, and is in no bundle", async () => {
    const sizes = await Promise.all(
      Object.keys(PICTURE_FILES).map(async (file) => (await stat(join(stage.bundleOf("embed"), file))).size),
    );
    expect(Math.min(...sizes)).toBeGreaterThan(100_000);
  });

  it("a function on the laptop is told explicitly that there is no CloudFront", async () => {
    const laptop = await sharedStage("local");
    for (const name of new Set(laptop.routes().values())) {
      expect(laptop.function(name).properties.Environment.Variables.ORIGIN_KEYS_SECRET_NAME).toBe("none");
    }
  });

  it("each function has a share of concurrency, and together they leave what AWS does not allow to be reserved", () => {
    const shares = [...stage.functions()].map(
      ([name, { properties }]) => [name, properties.ReservedConcurrentExecutions] as const,
    );
    // It runs in another region, and only during a deployment.
    expect(shares.filter(([, share]) => share === undefined).map(([name]) => name)).toEqual(["origin-keys"]);
    const reserved = shares.flatMap(([, share]) => share ?? []);
    expect(Math.min(...reserved)).toBeGreaterThan(0);
    expect(reserved.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(
      capacityFor(readConfig("rules")).reservedConcurrency,
    );
  });
});

it("a small stage reserves no concurrency: a new account has none to spare", async () => {
  const small = await sharedStage("least");
  for (const { properties } of small.functions().values()) {
    expect(properties.ReservedConcurrentExecutions).toBeUndefined();
  }
});

it("elections are applied after everything else of their stack: a changed election is not rolled back when another part fails", () => {
  const { id } = stage.part("Custom::ScrutinElections", "AppliedElections", z.unknown());
  const { beside, awaited } = stage.around(id);
  const own = beside.filter((other) => other.startsWith("applyelections"));
  expect(own.length).toBeGreaterThan(0);
  expect(beside.filter((other) => !awaited.includes(other) && !own.includes(other))).toEqual([]);
});

it("the definitions of a deployment lie beside the code that applies them, by file and hash: a template has no room for them", async () => {
  const Applied = z.object({ Definitions: z.array(z.strictObject({ File: z.string(), Sha256: z.string() })) });
  const { Definitions } = stage.part("Custom::ScrutinElections", "AppliedElections", Applied).properties;
  const elections = await Promise.all(
    Definitions.map(async ({ File, Sha256 }) => {
      const text = await readFile(join(stage.bundleOf("apply-elections"), "definitions", File), "utf8");
      expect(createHash("sha256").update(text).digest("hex")).toBe(Sha256);
      return ElectionDefinition.parse(JSON.parse(text)).electionId;
    }),
  );
  expect(elections.sort()).toEqual(["1", "2", "3", "5", "6", "L2025-001"]);
});

describe("the files of a deployment's definitions", () => {
  const full = raceWithBiographies();

  it("have long biographies beside their definition, compressed, a text a line", () => {
    const files = definitionFilesOf([race(), full].map(packed));
    expect([...files.keys()]).toEqual(["0.json", "1.json", "1.biographies.gz"].map((name) => `definitions/${name}`));
    const { definition, texts } = keepApart(full);
    expect(files.get("definitions/1.json")).toBe(JSON.stringify(definition));
    const lines = gunzipSync(files.get("definitions/1.biographies.gz") ?? "").toString();
    expect(lines).toBe(`${texts.join("\n")}\n`);
  });

  it("are refused when they are larger than a function's package, with what to shorten", () => {
    const large = { text: "{}", biographies: new Uint8Array(121_000_000) };
    expect(() => definitionFilesOf([large, large])).toThrow(
      /may have 240 MB together, compressed, and have 243: shorten the biographies \(candidates\[\]\.bio\)/,
    );
  });
});
