import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { MEASURED_BY, METRICS, type MetricName } from "#functions/shared/metrics-contract.ts";
import { type Drawn, drawnOn, metricsOfAlarm } from "#test/infra/drawn.ts";
import { type Stage, synthesizedStage } from "#test/infra/stage.ts";

const NAMESPACE = "Scrutin/rules";
const NAMES: readonly string[] = Object.values(METRICS);

let stage: Stage;
let unwatched: Stage;
let runbook: string;
beforeAll(async () => {
  stage = await synthesizedStage("rules", {
    alarmEmail: "officer@example.org",
    runbookUrl: "https://example.org/runbook",
  });
  unwatched = await synthesizedStage("rules", { recountEveryMinutes: 0 });
  runbook = await readFile(new URL("../../docs/runbook.md", import.meta.url), "utf8");
});
afterAll(() => Promise.all([stage.remove(), unwatched.remove()]));

const Dashboard = z.object({ DashboardName: z.string(), DashboardBody: z.unknown() });
const dashboards = (of = stage) =>
  of.parts("AWS::CloudWatch::Dashboard", Dashboard).map(({ properties }) => ({
    name: properties.DashboardName,
    drawn: drawnOn(of.read(properties.DashboardBody)),
  }));

const AlarmProperties = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()).default([]),
  OKActions: z.array(z.unknown()).default([]),
  TreatMissingData: z.string().optional(),
  Metrics: z.unknown().optional(),
  MetricName: z.string().optional(),
  Namespace: z.string().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
  ComparisonOperator: z.string().optional(),
  Threshold: z.number().optional(),
  AlarmRule: z.unknown().optional(),
});
const alarms = (of = stage) => [
  ...of.parts("AWS::CloudWatch::Alarm", AlarmProperties),
  ...of.parts("AWS::CloudWatch::CompositeAlarm", AlarmProperties),
];
/** Those that tell somebody; the others are conditions of a composite one. */
const ringing = (of = stage) => alarms(of).filter(({ properties }) => properties.AlarmActions.length > 0);

/** Names of everything that has metrics in AWS, by the dimension that names it. */
function namesOf(dimension: string): readonly string[] {
  const Queue = z.object({});
  switch (dimension) {
    case "FunctionName":
      return [...stage.functions().values()].map(({ id }) => stage.read({ Ref: id }));
    case "QueueName":
      return stage.parts("AWS::SQS::Queue", Queue).map(({ id }) => stage.read({ "Fn::GetAtt": [id, "QueueName"] }));
    case "TableName":
      return stage.parts("AWS::DynamoDB::GlobalTable", Queue).map(({ id }) => stage.read({ Ref: id }));
    case "ApiId":
      return stage.parts("AWS::ApiGatewayV2::Api", Queue).map(({ id }) => stage.read({ Ref: id }));
    default:
      return [];
  }
}

/** What is wrong with a drawn metric; undefined when it is one that somebody measures. */
function faultOf({ namespace, name, dimensions }: Drawn): string | undefined {
  const told = `${namespace} ${name} ${JSON.stringify(dimensions)}`;
  if (namespace.startsWith("AWS/")) {
    const [[dimension, value] = ["", ""], ...others] = Object.entries(dimensions);
    return others.length === 0 && namesOf(dimension).includes(value) ? undefined : `of nothing of ours: ${told}`;
  }
  const Filter = z.object({
    MetricTransformations: z.array(z.object({ MetricName: z.string(), MetricNamespace: z.string() })),
  });
  const filtered = stage
    .parts("AWS::Logs::MetricFilter", Filter)
    .flatMap(({ properties }) => properties.MetricTransformations)
    .some((made) => made.MetricName === name && made.MetricNamespace === namespace);
  if (filtered) return Object.keys(dimensions).length === 0 ? undefined : `filters have no dimensions: ${told}`;
  if (namespace !== NAMESPACE || !NAMES.includes(name)) return `measured by nobody: ${told}`;
  return dimensions.service === MEASURED_BY[name as MetricName] && Object.keys(dimensions).length === 1
    ? undefined
    : `not as it is measured: ${told}`;
}

/** How GitHub names the anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
const anchors = (): readonly string[] =>
  [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading.trim()));

describe("the dashboard", () => {
  it("is there in both languages, and draws the same in both", () => {
    const [fr, en] = dashboards();
    expect([fr?.name, en?.name]).toEqual(["scrutin-rules-fr", "scrutin-rules-en"]);
    expect(fr?.drawn.metrics).toEqual(en?.drawn.metrics);
    expect(fr?.drawn.searches.map(({ expression }) => expression)).toEqual(
      en?.drawn.searches.map(({ expression }) => expression),
    );
  });

  it("draws only what somebody measures: Scrutin's own metrics, and AWS's of parts of ours", () => {
    const faults = dashboards().flatMap(({ drawn }) =>
      drawn.metrics.map(faultOf).filter((fault) => fault !== undefined),
    );
    expect(faults).toEqual([]);
  });

  it("leaves no metric of Scrutin's out", () => {
    for (const { drawn } of dashboards()) {
      const names = drawn.metrics.filter(({ namespace }) => namespace === NAMESPACE).map(({ name }) => name);
      expect(NAMES.filter((name) => !names.includes(name))).toEqual([]);
    }
  });

  it("shows each election by itself, by the dimensions it is measured under and by no other", () => {
    for (const { drawn } of dashboards()) {
      expect(drawn.searches.length).toBeGreaterThan(0);
      for (const { expression } of drawn.searches) {
        const [, dimensions, name = "", service] =
          /^SEARCH\('\{"Scrutin\/rules",(\w+,\w+)\} MetricName="(\w+)" service="(\w+)"', 'Sum'\)$/.exec(expression) ??
          [];
        expect(["election,service", "reason,service"]).toContain(dimensions);
        expect(MEASURED_BY[name as MetricName]).toBe(service);
      }
      const perElection = drawn.searches.filter(({ expression }) => expression.includes("election,service"));
      for (const name of [METRICS.submitted, METRICS.accepted, METRICS.counted]) {
        expect(perElection.some(({ expression }) => expression.includes(name))).toBe(true);
      }
    }
  });

  it("shows every function's errors, every table's throttles and both queues", () => {
    for (const { drawn } of dashboards()) {
      const shown = (name: string) =>
        drawn.metrics.filter((metric) => metric.name === name).map(({ dimensions }) => Object.values(dimensions)[0]);
      expect(new Set(shown("Errors"))).toEqual(new Set(namesOf("FunctionName")));
      expect(new Set(shown("WriteThrottleEvents"))).toEqual(new Set(namesOf("TableName")));
      expect(new Set(shown("ApproximateNumberOfMessagesVisible"))).toEqual(new Set(namesOf("QueueName")));
    }
  });

  it("shows the time of an answer, of a decision and of a count at the 50th, 95th and 99th percentile", () => {
    for (const { drawn } of dashboards()) {
      for (const name of ["Latency", METRICS.timeToDecision, METRICS.timeToCount]) {
        const statistics = drawn.metrics.filter((metric) => metric.name === name).map(({ statistic }) => statistic);
        expect(statistics).toEqual(["p50", "p95", "p99"]);
      }
    }
  });

  it("prices everything that a vote uses: each function, table and queue, and each request", () => {
    for (const { drawn } of dashboards()) {
      const priced = (name: string) =>
        new Set(
          drawn.metrics.filter((metric) => metric.name === name).map(({ dimensions }) => Object.values(dimensions)[0]),
        );
      expect(priced("Duration")).toEqual(new Set(namesOf("FunctionName")));
      expect(priced("ConsumedWriteCapacityUnits")).toEqual(new Set(namesOf("TableName")));
      expect(priced("ConsumedReadCapacityUnits")).toEqual(new Set(namesOf("TableName")));
      expect(priced("NumberOfMessagesSent")).toEqual(new Set(namesOf("QueueName")));
      expect(priced("Count")).toEqual(new Set(namesOf("ApiId")));
    }
  });

  it("shows every alarm that rings, and says what each means", () => {
    const titles = ringing().map(({ properties }) => properties.AlarmDescription.split("\n"));
    const [fr, en] = dashboards();
    const ids = ringing().map(({ id }) => stage.read({ "Fn::GetAtt": [id, "Arn"] }));
    expect(new Set(fr?.drawn.alarms)).toEqual(new Set(ids));
    expect(new Set(en?.drawn.alarms)).toEqual(new Set(ids));
    for (const [english = "", french = ""] of titles) {
      const impact = (line: string): string => line.slice(line.indexOf(". ") + 2);
      expect(en?.drawn.texts).toContain(impact(english));
      expect(fr?.drawn.texts).toContain(impact(french));
    }
    for (const { properties } of ringing()) {
      const [, name = ""] = /^scrutin-rules: ([ -~]+?)(?: \(\w+\))?$/.exec(properties.AlarmName) ?? [];
      expect(name).not.toBe("");
      expect(en?.drawn.texts).toContain(`| ${name} |`);
      expect(fr?.drawn.texts).toContain(`(*${name}*) |`);
    }
  });
});

describe("alarms", () => {
  it("each says in both languages what the voter loses, and links to what to do about it", () => {
    for (const { properties } of ringing()) {
      const [english = "", french = "", link = ""] = properties.AlarmDescription.split("\n");
      expect(english).toMatch(/^[A-Z].{60,}\.$/);
      expect(french).toMatch(/^[A-ZÉ].{60,}\.$/);
      expect(properties.AlarmDescription.length).toBeLessThanOrEqual(1024);
      const [, anchor] = /^Runbook: https:\/\/example\.org\/runbook#([\w-]+)$/.exec(link) ?? [];
      expect(anchors()).toContain(anchor);
    }
  });

  it("each watches only what somebody measures, at most ten metrics", () => {
    for (const { properties } of alarms()) {
      const watched = metricsOfAlarm(properties, (value) => stage.read(value));
      expect(watched.map(faultOf).filter((fault) => fault !== undefined)).toEqual([]);
      expect(watched.length).toBeLessThanOrEqual(10);
    }
  });

  it("each is told to the topic when it begins and when it ends", () => {
    for (const { properties } of ringing()) {
      expect(properties.AlarmActions.map((action) => stage.read(action))).toEqual(["AlarmsToldTopic"]);
      expect(properties.OKActions).toEqual(properties.AlarmActions);
    }
  });

  it("a single vote set aside rings", () => {
    const { ComparisonOperator, Threshold } = stage.part(
      "AWS::CloudWatch::Alarm",
      "AlarmsDeadLetters",
      AlarmProperties,
    ).properties;
    expect(`${ComparisonOperator} ${Threshold}`).toBe("GreaterThanThreshold 0");
  });

  it("every function and every table is watched for what AWS holds back", () => {
    const watched = alarms().flatMap(({ properties }) => metricsOfAlarm(properties, (value) => stage.read(value)));
    const watchedFor = (name: string) =>
      new Set(watched.filter((metric) => metric.name === name).map(({ dimensions }) => Object.values(dimensions)[0]));
    expect(watchedFor("Throttles")).toEqual(new Set(namesOf("FunctionName")));
    expect(watchedFor("ReadThrottleEvents")).toEqual(new Set(namesOf("TableName")));
    expect(watchedFor("WriteThrottleEvents")).toEqual(new Set(namesOf("TableName")));
  });

  it("silence rings only where voting is open and votes came before, and neither condition by itself", () => {
    const { properties } = stage.part("AWS::CloudWatch::CompositeAlarm", "AlarmsNoVotes", AlarmProperties);
    const rule = stage.read(properties.AlarmRule);
    expect(rule).toMatch(/^\(ALARM\("AlarmsNoVotesSilent\.Arn"\) AND ALARM\("AlarmsNoVotesLivelyBefore\.Arn"\)\)$/);
    const conditions = alarms().filter(({ properties: { AlarmActions } }) => AlarmActions.length === 0);
    expect(conditions.map(({ id }) => stage.read({ Ref: id })).sort()).toEqual([
      "AlarmsNoVotesLivelyBefore",
      "AlarmsNoVotesSilent",
    ]);
    const [silent] = conditions.filter(({ id }) => id.includes("Silent"));
    expect(JSON.stringify(silent?.properties.Metrics)).toContain("open, 0) > 0 AND FILL(votes, 0) == 0");
  });

  it("what a recount found stands until the next one, and does not ring while counting is merely late", () => {
    const { properties } = stage.part("AWS::CloudWatch::Alarm", "AlarmsTallyDisagrees", AlarmProperties);
    expect(properties.TreatMissingData).toBe("ignore");
    expect(
      metricsOfAlarm(properties, (value) => stage.read(value))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["IteratorAge", "TallyDisagreements"]);
  });

  it("a stage without recounts has no alarm that rests on them", () => {
    const without = ringing(unwatched).map(({ id }) => unwatched.read({ Ref: id }));
    const gone = ringing()
      .map(({ id }) => stage.read({ Ref: id }))
      .filter((id) => !without.includes(id));
    expect(gone.sort()).toEqual(["AlarmsNoVotes", "AlarmsRecountFails", "AlarmsTallyDisagrees"]);
  });
});

describe("the topic of the alarms", () => {
  it("is encrypted with a key that CloudWatch may use and AWS renews, and refuses what comes without TLS", () => {
    const topic = stage.part("AWS::SNS::Topic", "AlarmsTold", z.object({ KmsMasterKeyId: z.unknown() }));
    expect(stage.read(topic.properties.KmsMasterKeyId)).toBe("AlarmsToldKey.Arn");
    const key = stage.part(
      "AWS::KMS::Key",
      "AlarmsToldKey",
      z.object({ EnableKeyRotation: z.literal(true), KeyPolicy: z.unknown() }),
    );
    expect(JSON.stringify(key.properties.KeyPolicy)).toContain('{"Service":"cloudwatch.amazonaws.com"}');
    const policy = stage.part("AWS::SNS::TopicPolicy", "AlarmsTold", z.object({ PolicyDocument: z.unknown() }));
    expect(JSON.stringify(policy.properties.PolicyDocument)).toMatch(/"aws:SecureTransport":"false".*"Effect":"Deny"/);
  });

  it("is mailed to the address of the stage's parameters, and to nobody without one", () => {
    const Subscription = z.object({ Protocol: z.string(), Endpoint: z.string() });
    const subscriptions = (of: Stage) =>
      of.parts("AWS::SNS::Subscription", Subscription).map(({ properties }) => properties);
    expect(subscriptions(stage)).toEqual([{ Protocol: "email", Endpoint: "officer@example.org" }]);
    expect(subscriptions(unwatched)).toEqual([]);
  });
});

describe("the scheduled recount", () => {
  const Rule = z.object({
    ScheduleExpression: z.string(),
    Targets: z.tuple([z.object({ Arn: z.unknown(), Input: z.string() })]),
  });
  const schedules = (of: Stage) =>
    of
      .parts("AWS::Events::Rule", Rule)
      .map(({ properties }) => [properties.ScheduleExpression, JSON.parse(properties.Targets[0].Input).task]);

  it("looks every hour, tells every five minutes where voting is open, and can be turned off", async () => {
    expect(schedules(stage)).toEqual([
      ["rate(1 hour)", "recount"],
      ["rate(5 minutes)", "tell-open"],
    ]);
    expect(schedules(unwatched)).toEqual([]);
    expect(unwatched.functions().has("recount")).toBe(false);
  });

  it("waits twice as long as a count may take before it calls a ballot missing, and has time for that", () => {
    const { Environment, Timeout } = stage.function("recount").properties;
    const still = Number(Environment.Variables.STILL_SECONDS);
    expect(still).toBeGreaterThanOrEqual(2 * stage.function("tally").properties.Timeout);
    expect(Timeout).toBeGreaterThan(5 * still);
  });
});

describe("traces", () => {
  it("every function is traced", () => {
    const Traced = z.object({ TracingConfig: z.object({ Mode: z.literal("Active") }) });
    expect(stage.parts("AWS::Lambda::Function", Traced).length).toBe(stage.functions().size);
  });

  it("those of a deployment are one group: every function is in it", () => {
    const Group = z.object({ GroupName: z.literal("scrutin-rules"), FilterExpression: z.unknown() });
    const filter = stage.read(stage.part("AWS::XRay::Group", "Traces", Group).properties.FilterExpression);
    for (const name of namesOf("FunctionName")) expect(filter).toContain(`service(id(name: "${name}"`);
  });
});
