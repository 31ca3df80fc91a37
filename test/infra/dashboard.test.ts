import { beforeAll, describe, expect, it } from "vitest";
import { MEASURED_BY, METRICS, type MetricName } from "#functions/runtime/metrics-contract.ts";
import { dashboards, faultOf, isOfSite, NAMES, NAMESPACE, namesOf, ringing } from "#test/infra/observed.ts";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await sharedStage("rules");
});

describe("the dashboard", () => {
  it("exists in both languages, with the same graphs", () => {
    const [fr, en] = dashboards(stage);
    expect([fr?.name, en?.name]).toEqual(["scrutin-rules-fr", "scrutin-rules-en"]);
    expect(fr?.drawn.metrics).toEqual(en?.drawn.metrics);
    expect(fr?.drawn.searches.map(({ expression }) => expression)).toEqual(
      en?.drawn.searches.map(({ expression }) => expression),
    );
  });

  it("draws only metrics that exist: Scrutin's own, and AWS's for Scrutin's resources", () => {
    const faults = dashboards(stage).flatMap(({ drawn }) =>
      drawn.metrics.map((metric) => faultOf(stage, metric)).filter((fault) => fault !== undefined),
    );
    expect(faults).toEqual([]);
  });

  it("leaves out none of Scrutin's metrics", () => {
    for (const { drawn } of dashboards(stage)) {
      const names = drawn.metrics.filter(({ namespace }) => namespace === NAMESPACE).map(({ name }) => name);
      expect(NAMES.filter((name) => !names.includes(name))).toEqual([]);
    }
  });

  it("shows each election separately, by exactly the dimensions of its metrics", () => {
    for (const { drawn } of dashboards(stage)) {
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
    for (const { drawn } of dashboards(stage)) {
      const shown = (name: string) =>
        drawn.metrics.filter((metric) => metric.name === name).map(({ dimensions }) => Object.values(dimensions)[0]);
      expect(new Set(shown("Errors"))).toEqual(new Set(namesOf(stage, "FunctionName")));
      expect(new Set(shown("WriteThrottleEvents"))).toEqual(new Set(namesOf(stage, "TableName")));
      expect(new Set(shown("ApproximateNumberOfMessagesVisible"))).toEqual(new Set(namesOf(stage, "QueueName")));
    }
  });

  it("shows the times to answer, decide and count at the 50th, 95th and 99th percentile", () => {
    for (const { drawn } of dashboards(stage)) {
      for (const name of ["Latency", METRICS.timeToDecision, METRICS.timeToCount]) {
        const statistics = drawn.metrics.filter((metric) => metric.name === name).map(({ statistic }) => statistic);
        expect(statistics).toEqual(["p50", "p95", "p99"]);
      }
    }
  });

  it("prices everything that a vote uses: functions, tables, queues and requests", () => {
    for (const { drawn } of dashboards(stage)) {
      const priced = (name: string) =>
        new Set(
          drawn.metrics.filter((metric) => metric.name === name).map(({ dimensions }) => Object.values(dimensions)[0]),
        );
      expect(priced("Duration")).toEqual(new Set(namesOf(stage, "FunctionName")));
      expect(priced("ConsumedWriteCapacityUnits")).toEqual(new Set(namesOf(stage, "TableName")));
      expect(priced("ConsumedReadCapacityUnits")).toEqual(new Set(namesOf(stage, "TableName")));
      expect(priced("NumberOfMessagesSent")).toEqual(new Set(namesOf(stage, "QueueName")));
      expect(priced("Count")).toEqual(new Set(namesOf(stage, "ApiId")));
    }
  });

  it("shows every alarm of its region, and says what each means", () => {
    const shown = ringing(stage).filter(({ id }) => !isOfSite(stage, id));
    const titles = shown.map(({ properties }) => properties.AlarmDescription.split("\n"));
    const [fr, en] = dashboards(stage);
    const ids = ringing(stage)
      .filter(({ id }) => !isOfSite(stage, id))
      .map(({ id }) => stage.read({ "Fn::GetAtt": [id, "Arn"] }));
    expect(new Set(fr?.drawn.alarms)).toEqual(new Set(ids));
    expect(new Set(en?.drawn.alarms)).toEqual(new Set(ids));
    for (const [english = "", french = ""] of titles) {
      const impact = (line: string): string => line.slice(line.indexOf(". ") + 2);
      expect(en?.drawn.texts).toContain(impact(english));
      expect(fr?.drawn.texts).toContain(impact(french));
    }
    for (const { properties } of shown) {
      const [, name = ""] = /^scrutin-rules: ([ -~]+?)(?: \(\w+\))?$/.exec(properties.AlarmName) ?? [];
      expect(name).not.toBe("");
      expect(en?.drawn.texts).toContain(`| ${name} |`);
      expect(fr?.drawn.texts).toContain(`(*${name}*) |`);
    }
  });
});
