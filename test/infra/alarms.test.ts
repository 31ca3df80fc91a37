import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { metricsOfAlarm } from "#test/infra/drawn.ts";
import { AlarmProperties, alarms, faultOf, isOfSite, namesOf, ringing } from "#test/infra/observed.ts";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

let stage: Stage;
let unwatched: Stage;
let runbook: string;
beforeAll(async () => {
  runbook = await readFile(new URL("../../docs/runbook.md", import.meta.url), "utf8");
  stage = await sharedStage("rules");
  unwatched = await sharedStage("least");
});

/** How GitHub names the anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
const anchors = (): readonly string[] =>
  [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading.trim()));

describe("alarms", () => {
  it("each says in both languages what the voter loses, and links to what to do about it", () => {
    for (const { properties } of ringing(stage)) {
      const [english = "", french = "", link = ""] = properties.AlarmDescription.split("\n");
      expect(english).toMatch(/^[A-Z].{60,}\.$/);
      expect(french).toMatch(/^[A-ZÉ].{60,}\.$/);
      expect(properties.AlarmDescription.length).toBeLessThanOrEqual(1024);
      const [, anchor] = /^Runbook: https:\/\/example\.org\/runbook#([\w-]+)$/.exec(link) ?? [];
      expect(anchors()).toContain(anchor);
    }
  });

  it("each watches only metrics that exist, at most ten", () => {
    for (const { properties } of alarms(stage)) {
      const watched = metricsOfAlarm(properties, (value) => stage.read(value));
      expect(watched.map((metric) => faultOf(stage, metric)).filter((fault) => fault !== undefined)).toEqual([]);
      expect(watched.length).toBeLessThanOrEqual(10);
    }
  });

  it("each notifies its region's topic when it starts and when it ends", () => {
    for (const { id, properties } of ringing(stage)) {
      expect(properties.AlarmActions.map((action) => stage.read(action))).toEqual([
        isOfSite(stage, id) ? "SiteAlarmsToldTopic" : "AlarmsToldTopic",
      ]);
      expect(properties.OKActions).toEqual(properties.AlarmActions);
    }
  });

  it.each([
    ["vote", "AlarmsDeadLetters", "VotesDeadLetters.QueueName"],
    ["job of the office", "AlarmsOfficeJobsSetAside", "OfficeWorkDeadLetters.QueueName"],
  ])("a single %s set aside rings", (_, id, queue) => {
    const { properties } = stage.part("AWS::CloudWatch::Alarm", id, AlarmProperties);
    expect(`${properties.ComparisonOperator} ${properties.Threshold}`).toBe("GreaterThanThreshold 0");
    const watched = metricsOfAlarm(properties, (value) => stage.read(value));
    expect(watched.map(({ dimensions }) => dimensions.QueueName)).toEqual([queue]);
  });

  it("a total failure of validate rings even for a vote that has left the age of the oldest: three minutes with votes and no decision", () => {
    const Alarm = AlarmProperties.extend({ DatapointsToAlarm: z.number(), EvaluationPeriods: z.number() });
    const { properties } = stage.part("AWS::CloudWatch::Alarm", "AlarmsNoneDecided", Alarm);
    expect([properties.DatapointsToAlarm, properties.EvaluationPeriods]).toEqual([3, 3]);
    const watched = metricsOfAlarm(properties, (value) => stage.read(value));
    expect(watched.map(({ name, dimensions }) => [name, Object.values(dimensions)[0]]).sort()).toEqual([
      ["NumberOfMessagesDeleted", "VotesQueue.QueueName"],
      ["NumberOfMessagesReceived", "VotesQueue.QueueName"],
      ["VotesSubmitted", "submit"],
    ]);
  });

  it.each([
    ["AlarmsSiteFails", "errors of CloudFront", ["5xxErrorRate"]],
    [
      "AlarmsVotersSentAway",
      "answers of 429, which API Gateway may leave out of its log",
      ["Requests", "RequestsSentAway"],
    ],
    ["AlarmsFirewallBlocks", "requests that the firewall blocks", ["BlockedRequests", "Requests"]],
  ])("%s rings for many %s, in three minutes of five", (id, _, names) => {
    const Alarm = AlarmProperties.extend({ DatapointsToAlarm: z.literal(3), EvaluationPeriods: z.literal(5) });
    const { properties } = stage.part("AWS::CloudWatch::Alarm", `Site${id}`, Alarm);
    const watched = metricsOfAlarm(properties, (value) => stage.read(value));
    expect(watched.map(({ name }) => name).sort()).toEqual(names);
    expect(properties.Threshold).toBe(1);
  });

  it("every function and every table is watched for throttling", () => {
    const watched = alarms(stage).flatMap(({ properties }) => metricsOfAlarm(properties, (value) => stage.read(value)));
    const watchedFor = (name: string) =>
      new Set(watched.filter((metric) => metric.name === name).map(({ dimensions }) => Object.values(dimensions)[0]));
    expect(watchedFor("Throttles")).toEqual(new Set(namesOf(stage, "FunctionName")));
    expect(watchedFor("ReadThrottleEvents")).toEqual(new Set(namesOf(stage, "TableName")));
    expect(watchedFor("WriteThrottleEvents")).toEqual(new Set(namesOf(stage, "TableName")));
  });

  it("silence rings only if voting is open and votes came before, and neither condition rings alone", () => {
    const { properties } = stage.part("AWS::CloudWatch::CompositeAlarm", "AlarmsNoVotes", AlarmProperties);
    const rule = stage.read(properties.AlarmRule);
    expect(rule).toMatch(/^\(ALARM\("AlarmsNoVotesSilent\.Arn"\) AND ALARM\("AlarmsNoVotesLivelyBefore\.Arn"\)\)$/);
    const conditions = alarms(stage).filter(({ properties: { AlarmActions } }) => AlarmActions.length === 0);
    expect(conditions.map(({ id }) => stage.read({ Ref: id })).sort()).toEqual([
      "AlarmsNoVotesLivelyBefore",
      "AlarmsNoVotesSilent",
    ]);
    const [silent] = conditions.filter(({ id }) => id.includes("Silent"));
    expect(JSON.stringify(silent?.properties.Metrics)).toContain("open, 0) > 0 AND FILL(votes, 0) == 0");
  });

  it("a recount's finding stands until the next, and does not ring while counting is only late", () => {
    const { properties } = stage.part("AWS::CloudWatch::Alarm", "AlarmsTallyDisagrees", AlarmProperties);
    expect(properties.TreatMissingData).toBe("ignore");
    expect(
      metricsOfAlarm(properties, (value) => stage.read(value))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["IteratorAge", "TallyDisagreements"]);
  });

  it("a stage without recounts has no alarm that needs them", () => {
    const without = ringing(unwatched).map(({ id }) => unwatched.read({ Ref: id }));
    const gone = ringing(stage)
      .map(({ id }) => stage.read({ Ref: id }))
      // Those of many tables are in groups, which one function fewer may make one fewer.
      .filter((id) => !without.includes(id) && !/Throttled\d+$/.test(id));
    expect(gone.sort()).toEqual([
      "AlarmsNoVotes",
      "AlarmsOpeningMissing",
      "AlarmsRecountFails",
      "AlarmsTallyDisagrees",
    ]);
  });
});

describe("the topic of the alarms", () => {
  it("is encrypted with a key that CloudWatch may use and AWS rotates, and refuses requests without TLS", () => {
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

  it("each region's is mailed to the stage's address, and to nobody without one", () => {
    const Subscription = z.object({ Protocol: z.string(), Endpoint: z.string() });
    const subscriptions = (of: Stage) =>
      of.parts("AWS::SNS::Subscription", Subscription).map(({ properties }) => properties);
    const officer = { Protocol: "email", Endpoint: "officer@example.org" };
    expect(subscriptions(stage)).toEqual([officer, officer]);
    expect(subscriptions(unwatched)).toEqual([]);
  });
});
