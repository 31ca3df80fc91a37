import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { FIREWALL_RULES } from "#infra/prices.ts";
import { namesOf } from "#test/infra/observed.ts";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

let stage: Stage;
let unwatched: Stage;
beforeAll(async () => {
  stage = await sharedStage("rules");
  unwatched = await sharedStage("least");
});

describe("the scheduled recount", () => {
  const Rule = z.object({
    ScheduleExpression: z.string(),
    Targets: z.tuple([z.object({ Arn: z.unknown(), Input: z.string().default("{}") })]),
  });
  const schedules = (of: Stage, prefix?: string) =>
    of
      .parts("AWS::Events::Rule", Rule, prefix)
      .map(({ properties }) => [properties.ScheduleExpression, JSON.parse(properties.Targets[0].Input).task]);

  it("recounts every hour, reports every five minutes which votes are open, openings are stated every other minute from the hour on, and both can be turned off", async () => {
    expect(schedules(stage)).toEqual([
      ["rate(1 hour)", "recount"],
      ["rate(5 minutes)", "tell-open"],
      ["cron(0/2 * * * ? *)", undefined],
    ]);
    expect(schedules(stage, "StateOpening")).toEqual([["cron(0/2 * * * ? *)", undefined]]);
    expect(schedules(unwatched)).toEqual([]);
    for (const name of ["recount", "state-opening"]) expect(unwatched.functions().has(name)).toBe(false);
  });

  it("waits twice as long as a count may take before a ballot is missing, and has time for that", () => {
    const { Environment, Timeout } = stage.function("recount").properties;
    const still = Number(Environment.Variables.STILL_SECONDS);
    expect(still).toBeGreaterThanOrEqual(2 * stage.function("tally").properties.Timeout);
    expect(Timeout).toBeGreaterThan(5 * still);
  });
});

describe("traces", () => {
  const Traced = z.object({ TracingConfig: z.object({ Mode: z.enum(["Active", "PassThrough"]) }).optional() });
  const modeOf = new Map<string, string | undefined>();
  beforeAll(() => {
    for (const { id, properties } of stage.parts("AWS::Lambda::Function", Traced)) {
      modeOf.set(id, properties.TracingConfig?.Mode);
    }
  });

  it("every function is traced, but those that each voter calls", () => {
    const untraced = ["board", "elections", "results", "submit", "vote-status"];
    for (const [name, { id }] of stage.functions()) {
      expect(modeOf.get(id), name).toBe(untraced.includes(name) ? "PassThrough" : "Active");
    }
  });

  it("every function of a deployment is in one group", () => {
    const Group = z.object({ GroupName: z.literal("scrutin-rules"), FilterExpression: z.unknown() });
    const filter = stage.read(stage.part("AWS::XRay::Group", "Traces", Group).properties.FilterExpression);
    for (const name of namesOf(stage, "FunctionName")) expect(filter).toContain(`service(id(name: "${name}"`);
  });
});

it("docs/deploy.md tells what an idle stage costs by what the templates have", async () => {
  const text = await readFile(new URL("../../docs/deploy.md", import.meta.url), "utf8");
  const Alarm = z.object({ Metrics: z.array(z.object({ MetricStat: z.unknown().optional() })).optional() });
  const Firewall = z.object({ Rules: z.array(z.unknown()) });
  const keys = stage.parts("AWS::KMS::Key", z.unknown()).length;
  const watched = stage
    .parts("AWS::CloudWatch::Alarm", Alarm)
    .map(({ properties: { Metrics } }) => Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1)
    .reduce((sum, each) => sum + each);
  const { Rules } = stage.part("AWS::WAFv2::WebACL", "Firewall", Firewall).properties;
  expect(Rules).toHaveLength(FIREWALL_RULES);
  expect(text).toContain(`${keys} for ${keys} encryption keys`);
  expect(text).toContain(`${5 + Rules.length} for the firewall with its ${Rules.length} rules`);
  expect(text).toContain(`alarms on ${watched} metrics`);
});
