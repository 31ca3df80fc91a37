import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { Refusal } from "#core/refusal.ts";
import { missingQuotas } from "#infra/capacity.ts";
import { readConfig } from "#infra/config.ts";
import { readMeasuredUse } from "#load/cost/measured-use.ts";
import { DEFAULT_QUOTAS, planElection, sizeFor, VALIDATE_BATCH } from "#load/plan/election-plan.ts";
import { readPlanOptions } from "#load/plan/plan-options.ts";
import { duration, planPicture, planReport, terminalPlot } from "#load/plan/plan-report.ts";
import { publishedUnitsPerVote, stateBytes } from "#load/plan/published-writes.ts";
import { falls } from "#load/plan/quotas.ts";
import { agrees, compare, measuredPace } from "#load/plan/self-check.ts";
import { rowsTouched, tallyRows, tallyUnitsPerVote } from "#load/plan/tally-writes.ts";
import { RunRecord } from "#load/scenarios/run-record.ts";
import { dollarsFor, times } from "#load/shared/bill.ts";
import { condense, drawChart, lineThrough } from "#load/shared/chart.ts";
import { nationalElection } from "#load/shared/national-election.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";
import { resultSheets } from "#storage/tally-sheet.ts";

const use = await readMeasuredUse();
const ONE = { regions: 1, choices: 3, isRanked: false };
const country = { votes: 8_000_000, hours: 12, peak: 5 };

describe("a country of eight million in twelve hours, five times the average at its peak", () => {
  const plan = planElection(country, 8_000_000, ONE, use);

  test("is 185 votes a second on average and 926 in the busiest second", () => {
    expect(plan.averageRate).toBeCloseTo(185.19, 2);
    expect(plan.peakRate).toBeCloseTo(925.93, 2);
  });

  test("every vote is counted, and the last within minutes of the closing", () => {
    expect(plan.day.outcome.counted).toBe(8_000_000);
    expect(plan.drainSeconds).toBeLessThan(300);
  });

  test("what is to be set is taken by the stage's own rules", () => {
    const { accountQuotas, ...settings } = plan.settings;
    const quotas = typeof accountQuotas === "object" ? { accountQuotas } : {};
    expect(() => readConfig("staging", { ...settings, ...quotas })).not.toThrow();
  });

  test("costs what a metered voter costs, all in, times eight million", () => {
    const [, voters = 0] = plan.prices.find(([what]) => what.startsWith("the voters")) ?? [];
    const metered = dollarsFor(times(use.perVoter, 8_000_000));
    expect(voters).toBeGreaterThan(0.99 * metered);
    expect(voters).toBeLessThan(1.02 * metered);
    expect(planReport(plan, use, [])).toMatch(/CloudFront and its firewall are cheapest by \w+/);
  });

  test("costs half a write more a vote with 338 regions, whose counts share fifty sheets, and a whole one with as many rankings", () => {
    const national = planElection(country, 8_000_000, { regions: 338, choices: 8, isRanked: false }, use);
    expect(plan.writeUnitsPerVote).toBeLessThan(1.2);
    expect(national.writeUnitsPerVote).toBeGreaterThan(plan.writeUnitsPerVote);
    expect(national.writeUnitsPerVote).toBeLessThan(1.5);
    expect(planReport(national, use, [])).toContain(`writes ${national.writeUnitsPerVote.toFixed(2)} units`);
    expect(national.publishedUnitsPerVote).toBeGreaterThan(0.03);
    expect(national.publishedUnitsPerVote).toBeLessThan(0.06);
    const ranked = planElection(country, 8_000_000, { regions: 338, choices: 8, isRanked: true }, use);
    expect(ranked.writeUnitsPerVote).toBeGreaterThan(1.8);
    expect(ranked.writeUnitsPerVote).toBeLessThan(2.2);
  });

  test("the report names each quota with its source, the settings and the price", () => {
    const report = planReport(plan, use, []);
    for (const told of ["10,000", "HTTP API", "SQS to Lambda", "4,000", "KMS", "shard", "expectedVotesPerSecond"]) {
      expect(report).toContain(told);
    }
  });

  test("its picture stands by itself", () => {
    const picture = planPicture(plan, 12);
    expect(picture.match(/<svg /g)?.length).toBe(3);
    expect(picture).not.toMatch(/NaN|(href|src)=/);
  });
});

describe("what counting writes", () => {
  test.each([
    [1, 3],
    [300, 8],
    [338, 8],
    [2000, 5],
  ])(
    "as many sheets are reckoned as an election of %i regions and %i candidates each has, or a few more",
    (regions, choices) => {
      const reckoned = tallyRows({ regions, choices, isRanked: false });
      const sheets = resultSheets(nationalElection("N", regions, choices)).length;
      expect(reckoned).toBeGreaterThanOrEqual(sheets);
      expect(reckoned).toBeLessThanOrEqual(Math.ceil(1.15 * sheets));
    },
  );

  test("of rankings each is a row", () => {
    expect(tallyRows({ regions: 10, choices: 500, isRanked: true })).toBe(5000);
  });

  test("ballots that fall on rows by chance touch as many as were drawn", () => {
    const random = seededRandom(1, "rows touched");
    const drawn = (rows: number, ballots: number) => new Set(Array.from({ length: ballots }, () => random(rows))).size;
    for (const [rows, ballots] of [
      [8, 100],
      [80, 265],
      [2400, 265],
      [2400, 2000],
    ] as const) {
      const trials = Array.from({ length: 200 }, () => drawn(rows, ballots));
      const mean = trials.reduce((sum, one) => sum + one, 0) / trials.length;
      expect(rowsTouched(rows, ballots) / mean).toBeCloseTo(1, 1);
    }
  });

  test("a vote alone adds to one row, to turnout and to the board; many share them", () => {
    expect(tallyUnitsPerVote([1], ONE)).toBeCloseTo(3, 9);
    expect(tallyUnitsPerVote([4000], ONE)).toBeLessThan(0.02);
    expect(tallyUnitsPerVote([0, 0], ONE)).toBe(0);
  });
});

describe("what showing counts in steps writes", () => {
  const HOUR = 3_600;
  const steady = (inSecond: number) => Array.from({ length: HOUR }, () => inSecond);

  test("is a unit every two seconds for a small state, and no more while nobody votes", () => {
    expect(publishedUnitsPerVote(steady(200), 500)).toBeCloseTo(1 / 400, 4);
    expect(publishedUnitsPerVote(steady(0), 500)).toBe(0);
  });

  test("stays below a twentieth of a unit a vote for a large state, and twice that where parts are removed", () => {
    expect(publishedUnitsPerVote(steady(200), 100_000)).toBeLessThan(0.06);
    expect(publishedUnitsPerVote(steady(200), 1_000_000)).toBeLessThan(0.12);
    expect(publishedUnitsPerVote(steady(200), 1_000_000)).toBeGreaterThan(0.06);
  });

  test("the state of 338 regions and eight candidates each takes about 15 kB", () => {
    const bytes = stateBytes({ regions: 338, choices: 8, isRanked: false }, 8_000_000);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(20_000);
  });
});

describe("what AWS must be asked for", () => {
  test.each([10, 500, 2_000, 20_000])("at %i votes a second is what the deployment would refuse without", (votes) => {
    const plan = planElection({ votes: votes * 3600, hours: 1, peak: 1 }, votes * 3600, ONE, use);
    const sizing = { expectedVotesPerSecond: sizeFor(votes), validateBatchSize: VALIDATE_BATCH };
    expect(plan.requests).toEqual(missingQuotas(sizing, DEFAULT_QUOTAS));
    const asked = plan.quotas.filter((quota) => falls(quota) && quota.remedy.kind === "ask");
    expect(asked.length > 0).toBe(plan.requests.length > 0);
  });

  test("more than one stage takes is refused", () => {
    expect(() => planElection({ votes: 1e9, hours: 1, peak: 5 }, 1e9, ONE, use)).toThrow(Refusal);
  });
});

test("a peak is rounded up to two digits, never down", () => {
  expect([0.2, 1, 99.1, 925.9, 9_999].map(sizeFor)).toEqual([1, 1, 100, 930, 10_000]);
});

describe("the arguments of a plan", () => {
  test("voters and hours are enough", () => {
    expect(readPlanOptions(["--voters", "1000", "--hours", "10"])).toMatchObject({
      demand: { votes: 1000, hours: 10, peak: 3 },
    });
  });

  test("a region's choices are told, and whether they are rankings", () => {
    const options = readPlanOptions("--voters 1000 --hours 10 --regions 5 --choices 300 --ranked".split(" "));
    expect(options?.contests).toEqual({ regions: 5, choices: 300, isRanked: true });
    expect(readPlanOptions(["--voters", "1", "--hours", "1"])?.contests.isRanked).toBe(false);
  });

  test("turnout makes votes of voters", () => {
    const options = readPlanOptions("--voters 8000000 --hours 12 --peak 5 --turnout 60".split(" "));
    expect(options?.demand.votes).toBe(4_800_000);
  });

  test.each([
    [[], "--voters"],
    [["--voters", "1000"], "--hours"],
    [["--voters", "-5", "--hours", "1"], "from 1 to 1,000,000,000"],
    [["--voters", "5", "--hours", "0"], "from 0.25 to 720"],
    [["--voters", "5", "--hours", "1", "--peak", "0.5"], "from 1 to 100"],
    [["--voters", "5", "--hours", "1", "--turnout", "101"], "from 1 to 100"],
    [["--voters", "5", "--hours", "noon"], "it is a number"],
  ])("%j is refused in one sentence", (args, sentence) => {
    expect(() => readPlanOptions(args)).toThrow(Refusal);
    expect(() => readPlanOptions(args)).toThrow(sentence);
  });
});

describe("the simulation against a measured run", () => {
  // 200 votes a second come for 5 s and 100 are counted: 500 wait at most, and the last is counted after 10 s.
  const second = (posted: number, counted: number, waiting: number) => ({
    posted,
    accepted: posted,
    p50Ms: 5,
    p95Ms: 9,
    counted,
    waiting,
  });
  const measured: RunRecord = {
    startedAt: "2026-11-21T09:00:00.000Z",
    votes: 1000,
    posts: 1000,
    accepted: 1000,
    counted: 1000,
    lost: 0,
    countedTwice: 0,
    unanswered: 0,
    endToEndSeconds: 10,
    p95Ms: 9,
    seconds: Array.from({ length: 10 }, (_, index) =>
      second(index < 5 ? 200 : 0, 100 * (index + 1), index < 5 ? 100 * (index + 1) : 900 - 100 * index),
    ),
  };

  test("agrees with a run that went as it is simulated", () => {
    expect(measuredPace(measured)).toBe(100);
    const comparisons = compare(measured);
    expect(comparisons.map(({ simulated }) => simulated)).toEqual([10, 500, 1000]);
    expect(comparisons.every(agrees)).toBe(true);
  });

  test("differs from a run that stood still for half a minute", () => {
    expect(compare({ ...measured, endToEndSeconds: 40 }).every(agrees)).toBe(false);
  });

  test("differs from a run that lost a vote", () => {
    expect(compare({ ...measured, counted: 999 }).every(agrees)).toBe(false);
  });
});

describe("the kept runs of the laptop", () => {
  const kept = async (name: string): Promise<RunRecord> =>
    RunRecord.parse(JSON.parse(await readFile(new URL(`../../load/plan/${name}.json`, import.meta.url), "utf8")));

  test.each(["laptop-run", "laptop-behind-run"])("%s agrees with its simulation", async (name) => {
    expect(compare(await kept(name)).filter((one) => !agrees(one))).toEqual([]);
  });

  test("in one of them the count fell behind: at its worst more than a tenth of all votes waited for it", async () => {
    const run = await kept("laptop-behind-run");
    const [, behind] = compare(run);
    expect(behind?.measured).toBeGreaterThan(run.votes / 10);
  });

  test("the same votes counted in twice the time would not agree", async () => {
    const run = await kept("laptop-behind-run");
    expect(compare({ ...run, endToEndSeconds: 2 * (run.endToEndSeconds ?? 0) }).every(agrees)).toBe(false);
  });
});

describe("a plot", () => {
  test("keeps the highest value of what it draws together", () => {
    expect(condense([1, 9, 2, 3], 2)).toEqual([9, 3]);
    expect(condense([4], 10)).toEqual([4]);
  });

  test("shows in a terminal what little there is, and nothing where nothing is", () => {
    const lines = terminalPlot("waiting", "votes", [0, 1, 1000], 3, 2).split("\n");
    expect(lines).toEqual(["waiting, at most 1,000 votes", "  |  █", "  | ▁█", "  +---"]);
    expect(terminalPlot("waiting", "", [0, 0], 2, 1)).toContain("  |\n");
  });

  test("leaves a gap where a value is missing, and text cannot become markup", () => {
    const chart = drawChart({
      title: "a < b",
      unit: "ms",
      along: "seconds",
      lines: [lineThrough("<script>", [1, Number.NaN, 2])],
    });
    expect(chart).not.toContain("<script>");
    expect(chart).not.toContain("NaN");
    expect(chart.match(/d="M[^"]*M/)).not.toBeNull();
  });
});

test("a time is told as people say it", () => {
  expect([0.2, 45, 600, 9000].map(duration)).toEqual(["less than a second", "45 s", "10 min", "2.5 h"]);
});
