import { expect, test } from "vitest";
import { Refusal } from "#core/refusal.ts";
import { readBenchOptions } from "#load/bench/bench-options.ts";
import { readLoadOptions } from "#load/scenarios/load-options.ts";

test("a run needs no more than a number of votes", () => {
  const options = readLoadOptions(["--votes", "5000"]);
  expect(options).toMatchObject({
    votes: 5000,
    rate: undefined,
    kind: { shape: "even", duplicatesPercent: 0, invalidPercent: 0, postsPerBallot: 1 },
    p95Ms: Number.POSITIVE_INFINITY,
  });
  expect(options?.scenario).toBeUndefined();
  expect([options?.url, options?.endpoint, options?.stage]).toEqual([undefined, undefined, undefined]);
});

test("a run takes its pace, its share of duplicates and of invalid posts, and its system", () => {
  const args = "--votes 10 --rate 200 --duplicates 10 --invalid 5 --url http://localhost:3001/fr/".split(" ");
  expect(readLoadOptions(args)).toMatchObject({
    votes: 10,
    rate: 200,
    kind: { duplicatesPercent: 10, invalidPercent: 5 },
    url: "http://localhost:3001",
  });
});

test("a scenario brings its pace and its shares, and what is said beside it stands", () => {
  expect(readLoadOptions("--votes 5000 --scenario duplicates".split(" "))).toMatchObject({
    rate: 100,
    kind: { duplicatesPercent: 10 },
    p95Ms: 250,
  });
  expect(readLoadOptions("--votes 17 --scenario closing-rush".split(" "))).toMatchObject({ rate: 1 });
  expect(readLoadOptions("--votes 10 --scenario duplicates --duplicates 3 --rate 7 --p95 9".split(" "))).toMatchObject({
    rate: 7,
    kind: { duplicatesPercent: 3 },
    p95Ms: 9,
  });
});

test("artillery posts, beyond 100,000 votes a bare client, and what is asked for always", () => {
  const clientOf = (args: string) => readLoadOptions(args.split(" "))?.client;
  expect(clientOf("--votes 100000")).toBe("artillery");
  expect(clientOf("--votes 100001")).toBe("bare");
  expect(clientOf("--votes 100001 --client artillery")).toBe("artillery");
  expect(clientOf("--votes 17 --client bare")).toBe("bare");
});

test("voters have addresses of their own, unless all are to share one", () => {
  expect(readLoadOptions(["--votes", "5"])).not.toHaveProperty("oneAddress");
  expect(readLoadOptions(["--votes", "5", "--one-address"])).toMatchObject({ oneAddress: true });
});

test("a run can go to what is deployed at an AWS-compatible endpoint", () => {
  expect(readLoadOptions(["--votes", "10", "--endpoint", "https://localhost:4566/"])).toMatchObject({
    endpoint: "https://localhost:4566",
  });
});

test.each([
  [[], "Required option '--votes <number>' not specified (see --help)."],
  [["--votes", "0"], "it is a whole number from 1 to 1,000,000"],
  [["--votes", "many"], "it is a whole number from 1 to 1,000,000"],
  [["--votes", "1e3"], "it is a whole number from 1 to 1,000,000"],
  [["--votes", "5", "--rate", "0"], "it is a whole number from 1 to 10,000"],
  [["--votes", "5", "--duplicates", "101"], "it is a whole number from 0 to 100"],
  [["--votes", "5", "--url", "localhost"], "it looks like http://localhost:3000"],
  [["--votes", "5", "--scenario", "calm"], "Allowed choices are opening-rush, steady-day, closing-rush"],
  [
    ["--votes", "5", "--stage", "dev", "--url", "http://localhost:3000"],
    "Option '--url <url>' cannot be used with option '--stage <name>'",
  ],
  ["--votes 14 --scenario closing-rush".split(" "), "Scenario closing-rush takes at least 15 votes."],
  ["--votes 300 --scenario closing-rush --rate 100".split(" "), "--rate is at most 20."],
  [["--votes", "5", "--client", "fast"], "Allowed choices are artillery, bare"],
  [["--votes", "5", "--rate", "-1"], "it is a whole number from 1 to 10,000"],
  [["--votes", "5", "--speed", "9"], "Unknown option '--speed'"],
  [["--votes", "5", "6"], "Too many arguments"],
])("a run refuses %j in one sentence", (args, sentence) => {
  const read = () => readLoadOptions(args);
  expect(read).toThrow(Refusal);
  expect(read).toThrow(sentence);
  expect(read).toThrow(/^[A-Z][^\n]*\.$/);
});

test("a bench needs no arguments", () => {
  expect(readBenchOptions([])).toEqual({
    votes: 40_000,
    rounds: 3,
    soakVotes: 0,
    trusteeBallots: 1_000,
  });
});

test.each([[["--votes", "99"]], [["--rounds", "0"]], [["--json"]], [["--slow"]]])(
  "a bench refuses %j in one sentence",
  (args) => {
    expect(() => readBenchOptions(args)).toThrow(Refusal);
  },
);
