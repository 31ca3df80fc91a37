import { describe, expect, test } from "vitest";
import { keptThePromise, runSummary } from "#load/clients/run-summary.ts";
import { type OptionCounts, optionKey, type Post, settleAccount, votersAccepted } from "#load/shared/accounting.ts";
import { table } from "#load/shared/report.ts";

const OUI = optionKey("L1#all", "oui");
const NON = optionKey("L1#all", "non");
const SPOILED = optionKey("L1#all", "!");

const post = (voter: number, option: string, status: number | undefined): Post => ({
  expectation: { voter, option },
  status,
});
const stranger = (status: number): Post => ({ expectation: "not-counted", status });
const counts = (oui: number, non: number): OptionCounts =>
  new Map([
    [OUI, oui],
    [NON, non],
  ]);

// Two for, one against, all accepted; there were ten and twenty in the box before.
const threeVoters = [post(0, OUI, 202), post(1, OUI, 202), post(2, NON, 202)];
const before = counts(10, 20);

describe("the account of a run", () => {
  test("every accepted ballot counted once leaves nothing lost and nothing counted twice", () => {
    expect(settleAccount(threeVoters, before, counts(12, 21))).toEqual({
      sent: 3,
      accepted: 3,
      refused: new Map(),
      unanswered: 0,
      voters: 3,
      turnedAway: new Map(),
      strangers: new Map(),
      duplicates: 0,
      counted: 3,
      lost: 0,
      countedTwice: 0,
    });
  });

  test("an accepted ballot that is not in the tallies is lost", () => {
    expect(settleAccount(threeVoters, before, counts(11, 21))).toMatchObject({ counted: 2, lost: 1, countedTwice: 0 });
    expect(settleAccount(threeVoters, new Map(), new Map())).toMatchObject({ counted: 0, lost: 3, countedTwice: 0 });
  });

  test("a count above the number of accepted voters is counted twice", () => {
    expect(settleAccount(threeVoters, before, counts(14, 21))).toMatchObject({ counted: 5, lost: 0, countedTwice: 2 });
  });

  test("a surplus of one option does not make good the loss of another", () => {
    expect(settleAccount(threeVoters, before, counts(11, 22))).toMatchObject({ counted: 3, lost: 1, countedTwice: 1 });
  });

  test("a good ballot counted as spoiled is lost to its option", () => {
    const after = new Map([...counts(12, 20), [SPOILED, 1]]);
    expect(settleAccount(threeVoters, before, after)).toMatchObject({ counted: 3, lost: 1, countedTwice: 1 });
  });

  test("a voter's second ballot is a duplicate and counts nothing", () => {
    const posts = [...threeVoters, post(0, OUI, 202), post(0, OUI, 202)];
    expect(settleAccount(posts, before, counts(12, 21))).toMatchObject({
      sent: 5,
      accepted: 5,
      voters: 3,
      duplicates: 2,
      lost: 0,
      countedTwice: 0,
    });
    expect(settleAccount(posts, before, counts(13, 21))).toMatchObject({ countedTwice: 1 });
  });

  test("a refused ballot must not count", () => {
    const posts = [...threeVoters, post(3, NON, 429), post(4, NON, 429), post(5, NON, 400)];
    const account = settleAccount(posts, before, counts(12, 21));
    expect(account).toMatchObject({ accepted: 3, voters: 3, lost: 0, countedTwice: 0 });
    expect([...account.refused]).toEqual([
      [429, 2],
      [400, 1],
    ]);
    expect([...account.turnedAway]).toEqual([...account.refused]);
    expect(settleAccount(posts, before, counts(12, 22))).toMatchObject({ countedTwice: 1 });
  });

  test("a ballot without an answer may count or not, but only once", () => {
    const posts = [...threeVoters, post(3, NON, undefined), post(4, NON, 503)];
    for (const non of [21, 22, 23]) {
      expect(settleAccount(posts, before, counts(12, non))).toMatchObject({ unanswered: 2, lost: 0, countedTwice: 0 });
    }
    expect(settleAccount(posts, before, counts(12, 24))).toMatchObject({ countedTwice: 1 });
  });

  test("a voter who got no answer and then a 202 counts once", () => {
    const posts = [post(0, OUI, 503), post(0, OUI, 202)];
    expect(votersAccepted(posts)).toBe(1);
    expect(settleAccount(posts, before, counts(11, 20))).toMatchObject({ voters: 1, lost: 0, countedTwice: 0 });
    expect(settleAccount(posts, before, counts(12, 20))).toMatchObject({ countedTwice: 1 });
  });

  test("a stranger's accepted ballot must not count", () => {
    const posts = [...threeVoters, stranger(202), stranger(400)];
    expect(settleAccount(posts, before, counts(12, 21))).toMatchObject({ accepted: 4, duplicates: 0, countedTwice: 0 });
    expect(settleAccount(posts, before, counts(13, 21))).toMatchObject({ countedTwice: 1 });
  });
});

describe("the report of a run", () => {
  const figures = (posts: readonly Post[], after: OptionCounts, planned = posts.length) => ({
    planned,
    account: settleAccount(posts, before, after),
    endToEndMs: 1500,
    postingMs: 1200,
    latencies: { p50: 4.25, p95: 12, p99: 1234 },
  });

  test("the promise is kept when nothing is lost, nothing counted twice and everything sent", () => {
    expect(keptThePromise(figures(threeVoters, counts(12, 21)))).toBe(true);
    expect(keptThePromise(figures(threeVoters, counts(11, 21)))).toBe(false);
    expect(keptThePromise(figures(threeVoters, counts(13, 21)))).toBe(false);
    expect(keptThePromise(figures(threeVoters, counts(12, 21), 4))).toBe(false);
  });

  test("it tells the figures a person compares", () => {
    const report = table(runSummary(figures(threeVoters, counts(12, 21)), "a client")).split("\n");
    expect(report).toContain("sent                3");
    expect(report).toContain("lost                0");
    expect(report).toContain("votes/s end to end  2 (first post to last count, 1.5 s)");
    expect(report).toContain("post p99            1,234 ms");
    expect(report).toContain("measured by         a client");
  });
});
