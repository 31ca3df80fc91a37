import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { NOTHING_PUBLISHED, type PublishedState } from "#core/published-state.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";
import { decodeState, encodeState } from "#storage/published-state-codec.ts";
import { isWorthWriting, type Published, type PublishedStates, publishedTable } from "#storage/published-table.ts";
import { emptyDatabase } from "#test/database.ts";
import { publishedInMemory } from "#test/storage/published-memory.ts";
import { createTables } from "#test/storage/store.ts";

/** What is published of elections, in the table and in memory. */

const stateOf = (oui: number): PublishedState => ({
  contests: new Map([["all", { shown: new Map([["oui", oui]]) }]]),
  growth: [{ untilMs: 60_000, ballots: oui }],
  isClosed: false,
});
/** A contest of so many different rankings that its state takes several items. Digits that do not compress make it long. */
function longState(seed: number): PublishedState {
  let digit = seed;
  const next = (): string => {
    digit = (digit * 48_271) % 2_147_483_647;
    return String(digit);
  };
  const shown = new Map(Array.from({ length: 30_000 }, () => [`${next()}>${next()}>${next()}`, 1] as const));
  return { contests: new Map([["1", { shown, next: shown }]]), growth: [], isClosed: false };
}

let client: DynamoDBClient;
beforeAll(async () => {
  client = new DynamoDBClient(emptyDatabase().config);
  await createTables(client);
});

describe.each(["the table", "memory"])("in %s", (where) => {
  const memory = publishedInMemory();
  /** Another instance, without what the first keeps. */
  const instance = (): PublishedStates => (where === "memory" ? memory : publishedTable(client, "published"));

  test("nothing is published of an election at first", async () => {
    expect(await instance().find("none")).toEqual({ version: 0, writtenAtMs: 0, bytes: 0, state: NOTHING_PUBLISHED });
  });

  test("everybody finds the state that was published last", async () => {
    const first = instance();
    expect(await first.publish("law", await first.find("law"), stateOf(10), 1_000)).toBe("published");
    expect(await first.publish("law", await first.find("law"), stateOf(20), 3_000)).toBe("published");
    for (const one of [first, instance()]) {
      expect(await one.find("law")).toMatchObject({ version: 2, writtenAtMs: 3_000, state: stateOf(20) });
    }
  });

  test("of publishers who go on from the same state one succeeds, and the others find what it published", async () => {
    const publishers = Array.from({ length: 5 }, instance);
    for (const from of [0, 1]) {
      const before = await Promise.all(publishers.map((one) => one.find("race")));
      expect(before.map(({ version }) => version)).toEqual(new Array(5).fill(from));
      const outcomes = await Promise.all(
        publishers.map((one, index) => one.publish("race", before[index] as Published, stateOf(10 + index), 0)),
      );
      expect(outcomes.filter((outcome) => outcome === "published")).toHaveLength(1);
      const found = await Promise.all(publishers.map((one) => one.find("race")));
      const winner = 10 + outcomes.indexOf("published");
      for (const { state } of found) expect(state).toEqual(stateOf(winner));
    }
  });

  test("a state longer than an item is found whole, and replaced whole", async () => {
    const [one, other] = [instance(), instance()];
    const long = longState(7);
    const before = await one.find("ranked");
    const outcomes = await Promise.all([
      one.publish("ranked", before, long, 0),
      other.publish("ranked", before, longState(8), 0),
    ]);
    expect([...outcomes].sort()).toEqual(["overtaken", "published"]);
    const found = await instance().find("ranked");
    expect(found.bytes).toBeGreaterThan(400_000);
    expect(found.state).toEqual(outcomes[0] === "published" ? long : longState(8));
    expect(await other.publish("ranked", await other.find("ranked"), stateOf(1), 0)).toBe("published");
    expect((await one.find("ranked")).state).toEqual(stateOf(1));
  });
});

test("the parts of a long state that was replaced, or overtaken, are removed", async () => {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: "published" }));
  expect(Items.map(({ part }) => part?.S)).toEqual(Items.map(() => "state"));
});

test("a state whose first answer is lost, so that it is written again, was published", async () => {
  const repeating = new DynamoDBClient(emptyDatabase().config);
  await createTables(repeating);
  repeating.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === "PutItemCommand") await next(args);
        return next(args);
      },
    { step: "initialize", name: "repeat" },
  );
  const publisher = publishedTable(repeating, "published");
  for (const state of [stateOf(10), longState(9)]) {
    expect(await publisher.publish("law", await publisher.find("law"), state, 0)).toBe("published");
    expect((await publishedTable(repeating, "published").find("law")).state).toEqual(state);
  }
});

test("a state is read as it was written", () => {
  const count = fc.integer({ min: 1, max: 10_000_000 });
  const tally = fc
    .dictionary(fc.stringMatching(/^[A-Za-z0-9>!-]{1,20}$/), count)
    .map((counts) => new Map(Object.entries(counts)));
  const contest = fc.record({ shown: tally, next: tally }, { requiredKeys: [] });
  const regionId = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/);
  const state = fc.record({
    contests: fc.dictionary(regionId, contest).map((contests) => new Map(Object.entries(contests))),
    growth: fc.array(fc.record({ untilMs: fc.nat(), ballots: fc.nat() })),
    isClosed: fc.boolean(),
  });
  fc.assert(
    fc.property(state, (one) => {
      expect(decodeState(encodeState(one))).toEqual(one);
    }),
    { numRuns: 50 },
  );
});

test("the state of 338 regions with eight candidates takes at most 20 write units", () => {
  const random = seededRandom(1, "published");
  const counts = (most: number) =>
    new Map(Array.from({ length: 10 }, (_, candidate) => [`17-${candidate}`, random(most) + 1] as const));
  const contests = Array.from({ length: 338 }, (_, region) => {
    const shown = counts(8_000);
    const next = new Map([...shown].map(([candidate, votes]) => [candidate, votes + random(4)]));
    return [String(region), { shown, next }] as const;
  });
  const bytes = encodeState({ contests: new Map(contests), growth: [], isClosed: false }).length;
  expect(bytes).toBeLessThan(20 * 1_024);
});

describe("a state is written", () => {
  const known = (ballots: number, isClosed = false): PublishedState => ({ ...stateOf(ballots), isClosed });
  const written = (units: number): Published => ({
    version: 1,
    writtenAtMs: 0,
    bytes: units * 1_024,
    state: known(1_000),
  });

  test("at most every two seconds, and never unchanged", () => {
    const one = written(1);
    expect(isWorthWriting(one, known(5_000), 1_999)).toBe(false);
    expect(isWorthWriting(one, known(1_010), 2_000)).toBe(true);
    expect(isWorthWriting(one, one.state, 60_000)).toBe(false);
  });

  test("beyond a first unit, for 20 ballots a unit, or when two seconds a unit have passed", () => {
    const ten = written(10);
    expect(isWorthWriting(ten, known(1_179), 2_000)).toBe(false);
    expect(isWorthWriting(ten, known(1_180), 2_000)).toBe(true);
    expect(isWorthWriting(ten, known(1_010), 19_999)).toBe(false);
    expect(isWorthWriting(ten, known(1_010), 20_000)).toBe(true);
  });

  test.each([1, 3, 16, 55, 1_000])(
    "for at most 0.06 units a vote at eight million votes in twelve hours, when it has %i",
    (units) => {
      const votesPerMs = 8_000_000 / 43_200_000;
      let last = written(units);
      let writes = 0;
      for (let atMs = 0; atMs <= 1_000_000; atMs += 100) {
        const state = known(Math.floor(atMs * votesPerMs));
        if (!isWorthWriting(last, state, atMs)) continue;
        last = { ...last, writtenAtMs: atMs, state };
        writes++;
      }
      expect(writes).toBeGreaterThan(0);
      expect((writes * units) / (1_000_000 * votesPerMs)).toBeLessThan(0.06);
    },
  );

  test("at closing whatever it costs", () => {
    expect(isWorthWriting(written(1_000), known(1_001, true), 1)).toBe(true);
  });
});
