import { describe, expect, test } from "vitest";
import { PRICES } from "#infra/prices.ts";
import { billFor, dollarsFor, NOTHING, plus, times, type Usage } from "#load/cost/bill.ts";
import { costReport, isWithinLimits, totalsOf } from "#load/cost/cost-report.ts";
import { readMeasuredUse } from "#load/cost/measured-use.ts";
import type { MeteredRun } from "#load/cost/metered-run.ts";

// One request through CloudFront and the API, one invocation, three requests to the queue, a write and a read.
const vote: Usage = {
  ...NOTHING,
  cdnRequest: 1,
  apiRequest: 1,
  lambdaRequest: 1,
  queueRequest: 1.2,
  tableWriteUnit: 1,
  tableReadUnit: 0.5,
};
const poll: Usage = { ...NOTHING, cdnRequest: 1, apiRequest: 1, lambdaRequest: 1, tableReadUnit: 0.5 };

const run = (perVote: Usage, perPoll: Usage = poll): MeteredRun => ({
  votes: 10_000,
  perVote,
  perVoteAtEvenPace: perVote,
  perPoll,
  times: [{ name: "submit", invocationsPerVote: 1, billedMs: 6.5 }],
  logBytesPerVote: 300,
  storedBytesPerVote: 450,
  idle: { seconds: 10, invocations: 0, units: 0 },
});

describe("the bill of votes", () => {
  test("each line is an amount times its price, and the total is their sum", () => {
    const lines = billFor(times(vote, 1e6));
    expect(lines.map(({ priced }) => priced).sort()).toEqual(Object.keys(PRICES).sort());
    for (const { priced, amount, dollars } of lines) expect(dollars).toBeCloseTo(amount * PRICES[priced], 10);
    // 1.00 + 1.00 + 0.20 + 1.2 × 0.40 + 0.625 + 0.5 × 0.125
    expect(dollarsFor(times(vote, 1e6))).toBeCloseTo(3.3675, 6);
  });

  test("a vote and a look at its outcome cost what both cost", () => {
    expect(dollarsFor(plus(vote, poll))).toBeCloseTo(dollarsFor(vote) + dollarsFor(poll), 12);
    expect(dollarsFor(NOTHING)).toBe(0);
  });
});

describe("the limits of a million votes", () => {
  test("a vote that uses more than was promised is told with the line and what could be done", () => {
    const dear = run({ ...vote, tableWriteUnit: 2 });
    expect(isWithinLimits(totalsOf(dear))).toBe(false);
    const report = costReport(dear);
    expect(report).toMatch(/a million votes +3\.99 +ABOVE 3\.50 by 0\.49/);
    expect(report).toMatch(/DynamoDB +write units +2,000,000 +1\.25/);
    expect(report).toContain("What could be done:");
  });

  test("a million votes within the limit, and what a status poll adds", () => {
    expect(costReport(run(vote))).toMatch(/a million votes +3\.37 +within 3\.50/);
    expect(costReport(run(vote))).toMatch(/with one status poll each +5\.63 +within 6\.00/);
  });

  test("the empty polls of a queue are told, though nobody votes", () => {
    const { idleDay } = totalsOf(run(vote));
    expect(idleDay).toBeCloseTo(21_600 * PRICES.queueRequest, 8);
  });

  test("the report says where prices hold, of when they are, and that they were not checked online", () => {
    expect(costReport(run(vote))).toMatch(/us-east-1/);
    expect(costReport(run(vote))).toMatch(/November 2026/);
    expect(costReport(run(vote))).toMatch(/not checked online/);
    expect(costReport(run(vote))).toMatch(/without the free tier/);
  });
});

test("the kept measurement is of whole votes: each was posted, validated and stored once", async () => {
  const { perVote, perPoll } = await readMeasuredUse();
  expect(perVote).toMatchObject({ cdnRequest: 1, apiRequest: 1 });
  expect(perVote.tableWriteUnit).toBeGreaterThanOrEqual(1);
  expect(perVote.queueRequest).toBeGreaterThan(1);
  expect(perPoll).toMatchObject({ tableWriteUnit: 0, queueRequest: 0 });
});
