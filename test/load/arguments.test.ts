import { expect, test } from "vitest";
import { Refusal } from "#functions/shared/refusal.ts";
import { readBenchOptions } from "#load/bench/bench-options.ts";
import { readLoadOptions } from "#load/load-options.ts";

test("a run needs no more than a number of votes", () => {
  expect(readLoadOptions(["--votes", "5000"])).toEqual({
    votes: 5000,
    rate: undefined,
    duplicatesPercent: 0,
    invalidPercent: 0,
    url: undefined,
    endpoint: undefined,
  });
});

test("a run takes its pace, its share of duplicates and of invalid posts, and its system", () => {
  const args = "--votes 10 --rate 200 --duplicates 10 --invalid 5 --url http://localhost:3001/fr/".split(" ");
  expect(readLoadOptions(args)).toEqual({
    votes: 10,
    rate: 200,
    duplicatesPercent: 10,
    invalidPercent: 5,
    url: "http://localhost:3001",
    endpoint: undefined,
  });
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
  [["--votes", "5", "--speed", "9"], "Unknown option '--speed'"],
  [["--votes", "5", "6"], "Too many arguments"],
])("a run refuses %j in one sentence", (args, sentence) => {
  const read = () => readLoadOptions(args);
  expect(read).toThrow(Refusal);
  expect(read).toThrow(sentence);
  expect(read).toThrow(/^[A-Z][^\n]*\.$/);
});

test("a bench needs no arguments", () => {
  expect(readBenchOptions([])).toEqual({ votes: 10_000, rounds: 3, json: undefined });
});

test.each([[["--votes", "99"]], [["--rounds", "0"]], [["--json"]], [["--slow"]]])(
  "a bench refuses %j in one sentence",
  (args) => {
    expect(() => readBenchOptions(args)).toThrow(Refusal);
  },
);
