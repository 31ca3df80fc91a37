import { describe, expect, test } from "vitest";
import { EDGE_PLACES, secondsKept, sharePassedOn, VOTERS_PER_SECOND } from "#load/cost/edge.ts";
import { API_LOG_BYTES, CDN_LOG_BYTES } from "#load/cost/log-bytes.ts";
import { requestUse, voterUse } from "#load/cost/voter-use.ts";
import { NOTHING, plus, type Usage } from "#load/shared/bill.ts";
import { visit } from "#test/load/visit.ts";

const used = (part: Partial<Usage>): Usage => ({ ...NOTHING, ...part });
const parts = {
  perVote: used({ cdnRequest: 1, apiRequest: 1, lambdaRequest: 1.1, tableWriteUnit: 1 }),
  perPoll: used({ cdnRequest: 1, apiRequest: 1, lambdaRequest: 1, tableReadUnit: 0.5 }),
  perRead: used({ cdnRequest: 1, apiRequest: 1, lambdaRequest: 1, tableReadUnit: 2 }),
  logBytesPerVote: 300,
};
const [page, election, script, vote, poll, results] = visit.map((asked) => ({ asked, use: requestUse(asked, parts) }));

describe("what an edge keeps", () => {
  test.each([
    ["the page, which is always revalidated, for the least time of the policy", page?.asked, 1],
    ["the election for as long as the API says", election?.asked, 5],
    ["a script by its hash for a year", script?.asked, 31_536_000],
    ["no vote", vote?.asked, 0],
    ["no outcome", poll?.asked, 0],
    ["results for everybody", results?.asked, 2],
  ])("%s", (_, asked, seconds) => {
    expect(asked && secondsKept(asked)).toBe(seconds);
  });

  test("no answer that is one voter's own, and none that the API calls private", () => {
    const asked = { method: "GET", path: "/api/v1/results/L", bytes: 1, cacheControl: "", isVotersOwn: false };
    expect(secondsKept({ ...asked, cacheControl: "public, max-age=2", isVotersOwn: true })).toBe(0);
    expect(secondsKept({ ...asked, cacheControl: "private, max-age=2" })).toBe(0);
    expect(secondsKept(asked)).toBe(0);
  });

  test("is passed on once for each time it is kept: 1 of 1 + seconds × voters a second at that edge", () => {
    expect(election && sharePassedOn(election.asked)).toBeCloseTo(1 / (1 + (5 * VOTERS_PER_SECOND) / EDGE_PLACES), 12);
    expect(vote && sharePassedOn(vote.asked)).toBe(1);
  });
});

describe("one voter, all in", () => {
  test("pays CloudFront, firewall, bytes and a line of log for every request, whoever answers", () => {
    for (const one of [page, election, script, vote, poll, results]) {
      expect(one?.use).toMatchObject({
        cdnRequest: 1,
        firewallRequest: 1,
        cdnGigabyteOut: (one?.asked.bytes ?? 0) / 1e9,
      });
      expect(one?.use.logGigabyte).toBeGreaterThanOrEqual(CDN_LOG_BYTES / 1e9);
    }
  });

  test("pays the API only for what reaches it, and the bucket for what no edge has", () => {
    expect(vote?.use).toMatchObject({ apiRequest: 1, lambdaRequest: 1.1, tableWriteUnit: 1, edgeFunctionCall: 0 });
    expect(poll?.use).toMatchObject({ apiRequest: 1, lambdaRequest: 1, tableReadUnit: 0.5 });
    expect(results?.use.apiRequest).toBeCloseTo(1 / 11, 12);
    expect(results?.use.tableReadUnit).toBeCloseTo(2 / 11, 12);
    expect(page?.use).toMatchObject({ apiRequest: 0, edgeFunctionCall: 1 });
    expect(script?.use).toMatchObject({ apiRequest: 0, edgeFunctionCall: 0 });
    expect(page?.use.siteFileRead).toBeCloseTo(1 / 6, 12);
  });

  test("pays for what functions and API log, and for a trace of one batch in twenty", () => {
    expect(poll?.use.logGigabyte).toBeCloseTo((CDN_LOG_BYTES + API_LOG_BYTES) / 1e9, 15);
    expect(vote?.use.logGigabyte).toBeCloseTo((CDN_LOG_BYTES + API_LOG_BYTES + 300 + 1.1 * 26) / 1e9, 15);
    expect(vote?.use.trace).toBeCloseTo(0.1 * 0.05, 12);
    expect(poll?.use.trace).toBe(0);
  });

  test("is the sum of the requests, on average over the visits", () => {
    const sum = visit.map((asked) => requestUse(asked, parts)).reduce(plus, NOTHING);
    expect(voterUse([visit], parts)).toEqual(sum);
    expect(voterUse([visit, []], parts).cdnRequest).toBe(visit.length / 2);
    expect(voterUse([], parts)).toEqual(NOTHING);
  });

  test("a line of a log takes little: both are paid for with each request", () => {
    expect(CDN_LOG_BYTES).toBeLessThan(140);
    expect(API_LOG_BYTES).toBeLessThan(160);
  });
});
