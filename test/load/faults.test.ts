import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FAULTS } from "#load/faults/catalogue.ts";
import { isSurvived } from "#load/faults/fault.ts";
import { readFaultOptions } from "#load/faults/fault-options.ts";
import { type Laptop, onSharedLaptop } from "#load/faults/laptop.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";

/** The short set of `npm run faults`, on one real system. */

const VOTES = 40;
const DUPLICATES = 4;
const SHORT = FAULTS.filter(({ isShort }) => isShort);

test("the short set breaks each function, the queue, the stream and the database", () => {
  expect(SHORT.map(({ name }) => name)).toEqual([
    "kill-validate",
    "kill-tally-8",
    "kill-submit",
    "queue-twice",
    "stream-replay",
    "dynamodb-throttles",
  ]);
});

describe("no vote is lost, counted twice or told wrongly", () => {
  let laptop: Laptop | undefined;
  const done = Promise.withResolvers<void>();
  let shared: Promise<void> | undefined;

  beforeAll(
    () =>
      new Promise<void>((resolve, reject) => {
        shared = onSharedLaptop((lent) => {
          laptop = lent;
          resolve();
          return done.promise;
        });
        shared.catch(reject);
      }),
  );
  afterAll(async () => {
    done.resolve();
    await shared;
  });

  test.each(SHORT)("$told", async (fault) => {
    const run = await fault.run({
      votes: VOTES,
      duplicates: DUPLICATES,
      isFull: false,
      random: seededRandom(1, fault.name),
      onProgress: () => {},
      ...(laptop !== undefined && { laptop }),
    });
    expect(run).toMatchObject({
      account: { voters: VOTES, counted: VOTES, lost: 0, countedTwice: 0 },
      toldDuplicate: DUPLICATES,
      untrueStatuses: 0,
    });
    expect(isSurvived(run)).toBe(true);
  });
});

test("a fault that did not come about is not survived", async () => {
  const refused = { refused: new Map(), turnedAway: new Map(), strangers: new Map() };
  const account = { ...refused, sent: 1, accepted: 1, unanswered: 0, voters: 1, duplicates: 0, counted: 1 };
  const run = {
    account: { ...account, lost: 0, countedTwice: 0 },
    untrueStatuses: 0,
    toldDuplicate: 0,
    gaveUp: 0,
    castAtMs: new Map(),
    happened: "",
  };
  expect(isSurvived({ ...run, times: 1 })).toBe(true);
  expect(isSurvived({ ...run, times: 0 })).toBe(false);
  expect(isSurvived({ ...run, times: 1, untrueStatuses: 1 })).toBe(false);
  expect(isSurvived({ ...run, times: 1, gaveUp: 1 })).toBe(false);
  expect(isSurvived({ ...run, times: 1, account: { ...account, lost: 1, countedTwice: 0 } })).toBe(false);
  expect(isSurvived({ ...run, times: 1, account: { ...account, lost: 0, countedTwice: 1 } })).toBe(false);
});

test("the command tries every fault with 5,000 voters, some of them, or a few with 300", () => {
  expect(readFaultOptions([])).toMatchObject({ votes: 5_000, seed: 1, faults: FAULTS, isFull: true, withModel: true });
  expect(readFaultOptions(["--short"])).toMatchObject({ votes: 300, faults: SHORT, isFull: false, withModel: false });
  const only = readFaultOptions(["--only", "deploy", "disk-full", "--votes", "50", "--seed", "7"]);
  expect(only?.faults.map(({ name }) => name)).toEqual(["disk-full", "deploy"]);
  expect(only).toMatchObject({ votes: 50, seed: 7, isFull: false });
  expect(() => readFaultOptions(["--only", "flood"])).toThrow("There is no fault called flood");
});

function draws(count: number, bound: number, seed: number, name: string): readonly number[] {
  const random = seededRandom(seed, name);
  return Array.from({ length: count }, () => random(bound));
}

test("a seed draws the same again, another seed or fault does not, and all numbers come alike often", () => {
  expect(draws(20, 1_000, 1, "deploy")).toEqual(draws(20, 1_000, 1, "deploy"));
  expect(draws(20, 1_000, 1, "deploy")).not.toEqual(draws(20, 1_000, 2, "deploy"));
  expect(draws(20, 1_000, 1, "deploy")).not.toEqual(draws(20, 1_000, 1, "disk-full"));
  const thirds = draws(3_000, 3, 1, "deploy");
  for (const which of [0, 1, 2]) expect(thirds.filter((draw) => draw === which).length).toBeGreaterThan(850);
});
