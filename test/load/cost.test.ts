import { describe, expect, test } from "vitest";
import { PRICE_SOURCES, PRICES } from "#infra/prices.ts";
import { costReport } from "#load/cost/cost-report.ts";
import { billAfterAllowance, idleDay } from "#load/cost/idle-day.ts";
import { gigabyteSeconds, slowdown, timeOnLambda } from "#load/cost/lambda-time.ts";
import { isWithinLimits, LIMITS, totalsOf } from "#load/cost/limits.ts";
import { readMeasuredUse } from "#load/cost/measured-use.ts";
import type { MeteredRun } from "#load/cost/metered-run.ts";
import { voterUse } from "#load/cost/voter-use.ts";
import { billFor, dollarsFor, NOTHING, plus, times, type Usage } from "#load/shared/bill.ts";
import { visit } from "#test/load/visit.ts";

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

const read: Usage = { ...NOTHING, cdnRequest: 1, apiRequest: 1, lambdaRequest: 1, tableReadUnit: 1 };

const run = (perVote: Usage, perPoll: Usage = poll, visits: MeteredRun["visits"] = [visit]): MeteredRun => {
  const parts = { perVote, perPoll, perRead: read, logBytesPerVote: 300 };
  return {
    ...parts,
    votes: 10_000,
    tallyBatchWindowSeconds: 1,
    perVoter: voterUse(visits, parts),
    visits,
    perVoteAtEvenPace: perVote,
    times: [{ name: "submit", memoryMegabytes: 256, waitingMs: 4, cpuMs: 0.5, billedMs: 8 }],
    storedBytesPerVote: 450,
    idle: { seconds: 10, invocations: 0, units: 0 },
  };
};

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

describe("the limits of one voter, all in", () => {
  test("are told first, with what each request takes of them", () => {
    const report = costReport(run(vote));
    expect(report).toMatch(/^One voter, all in.*\nUS dollars for a million voters +\d+\.\d\d +within \d+\.00\n/);
    expect(report).toMatch(/GET \/api\/v1\/votes\/\{request_id\} +0\.3 +not kept +100 % +/);
    expect(isWithinLimits(totalsOf(run(vote)))).toBe(true);
  });

  test.each([
    ["more requests", Array.from({ length: LIMITS.requestsPerVoter + 1 }, () => ({ ...visit[0], bytes: 0 }))],
    ["more bytes", [{ ...visit[0], bytes: 1000 * LIMITS.kBPerVoter + 1 }]],
  ])("%s than promised fail the command", (_, dear) => {
    const costly = run(vote, poll, [dear]);
    expect(isWithinLimits(totalsOf(costly))).toBe(false);
    expect(costReport(costly)).toContain("What could be done:");
  });

  test("more dollars than promised fail the command, even when each vote is within its own", () => {
    const cast = { method: "POST", path: "/api/v1/vote", bytes: 300, cacheControl: "no-store", isVotersOwn: false };
    const insistent = run(vote, poll, [Array.from({ length: LIMITS.requestsPerVoter }, () => cast)]);
    expect(totalsOf(insistent).requestsPerVoter).toBeLessThanOrEqual(LIMITS.requestsPerVoter);
    expect(totalsOf(insistent).votes).toBeLessThanOrEqual(LIMITS.perMillionVotes);
    expect(isWithinLimits(totalsOf(insistent))).toBe(false);
  });
});

describe("the limits of a million votes", () => {
  test("a vote that uses more than was promised is told with the line and what could be done", () => {
    const dear = run({ ...vote, tableWriteUnit: 2 });
    expect(isWithinLimits(totalsOf(dear))).toBe(false);
    const report = costReport(dear);
    expect(report).toMatch(/a million votes +3\.99 +ABOVE 3\.60 by 0\.39/);
    expect(report).toMatch(/DynamoDB +write units +2,000,000 +1\.25/);
    expect(report).toContain("What could be done:");
  });

  test("a million votes within the limit, and what a status poll adds", () => {
    expect(costReport(run(vote))).toMatch(/a million votes +3\.37 +within 3\.60/);
    expect(costReport(run(vote))).toMatch(/with one status poll each +5\.63 +within 6\.00/);
  });

  test("an even pace has no limit, and its price is told beside the others", () => {
    const slow = { ...run(vote), perVoteAtEvenPace: { ...vote, queueRequest: 3 } };
    expect(isWithinLimits(totalsOf(slow))).toBe(true);
    expect(costReport(slow)).toMatch(/a million votes at an even 50\/s +4\.09/);
  });

  test("the report says where prices hold, of when they are, and that they were not checked online", () => {
    expect(costReport(run(vote))).toMatch(/us-east-1/);
    expect(costReport(run(vote))).toMatch(/November 2026/);
    expect(costReport(run(vote))).toMatch(/not online/);
    expect(costReport(run(vote))).toMatch(/without the free tier/);
  });
});

describe("an idle day", () => {
  const schedule = { recountEveryMinutes: 60, recountMemoryMegabytes: 1769, statesOpenings: true };

  test("is the polls of two empty queues and the schedule: every one is told, with its price", () => {
    const day = idleDay(schedule);
    expect(day).toMatchObject({
      queueRequest: 43_200,
      lambdaRequest: 24 + 288 + 720,
      cdnRequest: 0,
      tableWriteUnit: 0,
    });
    const polls = billAfterAllowance(day, 1 / 31).find(({ priced }) => priced === "queueRequest");
    expect(polls?.dollars).toBeCloseTo(0.01728, 8);
  });

  test("is billed for nothing that AWS's allowance covers, and for all that it does not", () => {
    const billed = new Map(billAfterAllowance(idleDay(schedule), 1 / 31).map((line) => [line.priced, line.billed]));
    expect(billed.get("queueRequest")).toBeCloseTo((43_200 - 1_000_000 / 31) * PRICES.queueRequest, 8);
    expect(billed.get("lambdaGigabyteSecond")).toBe(0);
    expect(billed.get("tableReadUnit")).toBeGreaterThan(0);
    const [busy] = billAfterAllowance({ ...NOTHING, queueRequest: 100_000 }, 1 / 31);
    expect(busy?.billed).toBeCloseTo((100_000 - 1_000_000 / 31) * PRICES.queueRequest, 8);
  });

  test("keeps its promise while it is billed at most 15 cents a month, and breaks it when silence costs writes", () => {
    expect(totalsOf(run(vote)).idleDay * 31).toBeLessThan(0.15);
    const noisy = { ...run(vote), idle: { seconds: 10, invocations: 0, units: 3 } };
    expect(isWithinLimits(totalsOf(noisy))).toBe(false);
  });

  test("a month with a million voters is billed less than the list says, never more", () => {
    const { voters, monthWithAMillion } = totalsOf(run(vote));
    expect(monthWithAMillion).toBeLessThan(voters);
    expect(monthWithAMillion).toBeGreaterThan(1 + 0.625 + 0.0625);
  });

  test("without a schedule only the queues are polled", () => {
    expect(idleDay({ ...schedule, recountEveryMinutes: 0, statesOpenings: false })).toEqual({
      ...NOTHING,
      queueRequest: 43_200,
    });
  });
});

describe("time on Lambda", () => {
  const unhurried = { invocations: 10, billedMs: 50, cpuMs: 10 };
  const busy = { invocations: 100, billedMs: 9_000, cpuMs: 100 };

  test("is the waiting of an unhurried invocation and the processor time of a full one", () => {
    expect(timeOnLambda("tally", 1769, unhurried, busy)).toMatchObject({ waitingMs: 4, cpuMs: 1, billedMs: 5 });
  });

  test("less memory makes the processor slower and the waiting no longer", () => {
    // 4 ms and 1769/256 ms, rounded up
    expect(timeOnLambda("submit", 256, unhurried, busy).billedMs).toBe(11);
    expect(slowdown(512)).toBeCloseTo(3.455, 3);
  });

  test("more memory than comes with one processor makes nothing faster", () => {
    expect(slowdown(10_240)).toBe(1);
  });

  test("is billed by the memory", () => {
    const time = timeOnLambda("submit", 256, unhurried, busy);
    expect(gigabyteSeconds(time)).toBeCloseTo(0.011 * 0.25, 12);
  });
});

test("every price says where it stands and when it was seen there", () => {
  expect(Object.keys(PRICE_SOURCES).sort()).toEqual(Object.keys(PRICES).sort());
  const report = costReport(run(vote));
  for (const { page, says } of Object.values(PRICE_SOURCES)) {
    expect(report).toContain(`aws.amazon.com/${page}/pricing: ${says}`);
  }
});

test("the kept measurement is of whole votes: each was posted, validated and stored once", async () => {
  const { perVote, perPoll, perVoter } = await readMeasuredUse();
  expect(perVote).toMatchObject({ cdnRequest: 1, apiRequest: 1 });
  expect(perVote.tableWriteUnit).toBeGreaterThanOrEqual(1);
  expect(perVote.queueRequest).toBeGreaterThan(1);
  expect(perPoll).toMatchObject({ tableWriteUnit: 0, queueRequest: 0 });
  // Whoever votes opens a page, and the firewall inspects every request.
  expect(perVoter.cdnRequest).toBeGreaterThan(3);
  expect(perVoter.firewallRequest).toBe(perVoter.cdnRequest);
  expect(perVoter.tableWriteUnit).toBeCloseTo(perVote.tableWriteUnit, 2);
});
