import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CLOSED_MS,
  CLOSES_MS,
  electionDay,
  groupsIn,
  type Look,
  MOST_BALLOTS,
  observedRace,
  totalsPublished,
} from "#test/functions/observer.ts";

/** Nobody learns how fewer than `minimumBallots` people voted, whatever they read and however often. */

type Event =
  | Readonly<{ kind: "vote"; regionId: string }>
  | Readonly<{ kind: "written"; regionId: string }>
  | Readonly<{ kind: "wait"; seconds: number }>
  | Readonly<{ kind: "restart"; instance: number }>;

const INSTANCES = 3;
const instance = fc.nat({ max: INSTANCES - 1 });
const regionId = fc.constantFrom("1", "1", "1", "2", "2", "3");
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("vote"), regionId }) },
  // By whoever stole the right to write to the votes table.
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("written"), regionId }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("wait"), seconds: fc.integer({ min: 1, max: 1_200 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart"), instance }) },
);
/** What happens, and which instance the observer reads from afterwards. */
const day = fc.array(fc.tuple(event, instance), { minLength: 1, maxLength: 80 });

/** Plays a day; the observer looks after each event, again when counts are no longer kept, and after closing. */
async function observe(
  minimumBallots: number,
  events: readonly (readonly [Event, number])[],
  onLook: (look: Look) => void = () => undefined,
) {
  const polls = electionDay(observedRace(minimumBallots), INSTANCES);
  const look = async (from: number): Promise<void> => onLook(await polls.look(from));
  for (const [happened, from] of events) {
    if (happened.kind === "wait") polls.later(happened.seconds * 1_000);
    else if (happened.kind === "restart") polls.restart(happened.instance);
    else if (happened.kind === "written") polls.write(happened.regionId);
    else if (polls.cast.length < MOST_BALLOTS) polls.vote(happened.regionId);
    await look(from);
    polls.later(2_000);
    await look((from + 1) % INSTANCES);
  }
  polls.at(CLOSES_MS);
  await look(0);
  polls.at(CLOSED_MS + 2_000);
  for (const from of [0, 1, 2]) await look(from);
  polls.at(CLOSES_MS + 21 * 60_000);
  await look(1);
  return polls;
}

const castIn = (polls: Awaited<ReturnType<typeof observe>>, regionId: string): readonly number[] =>
  [...polls.cast.entries()].flatMap(([number, ballot]) => (ballot.regionId === regionId ? [number] : []));

test("no sum or difference of results tells how fewer people than the minimum voted, up to closing and after it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 6 }), day, async (minimumBallots, events) => {
      const polls = await observe(minimumBallots, events);
      const whole = ["1", "2", "3"].map((regionId) => castIn(polls, regionId));
      for (const group of groupsIn(polls.figures, polls.cast.length)) {
        // At closing everything is shown, also of a region where fewer than the minimum voted.
        const isWholeRegion = whole.some((region) => region.join() === group.join());
        if (!isWholeRegion) expect(group.length).toBeGreaterThanOrEqual(minimumBallots);
      }
      for (const region of whole) {
        const seen = groupsIn(polls.figures, polls.cast.length).flat();
        expect(region.every((number) => seen.includes(number))).toBe(true);
      }
    }),
    { numRuns: 25, endOnFailure: true },
  );
});

test("the observer is not blind: where the minimum is 1, every vote is seen by itself", async () => {
  const votes = ["1", "2", "1", "1", "3"].map((regionId, index) => [{ kind: "vote", regionId }, index % 3] as const);
  const polls = await observe(1, votes);
  expect(groupsIn(polls.figures, polls.cast.length)).toEqual([[0], [1], [2], [3], [4]]);
});

test("turnout and the monitor tell no more than the results, and a sum is the sum of the regions shown", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 6 }), day, async (minimumBallots, events) => {
      const looks: Look[] = [];
      const polls = await observe(minimumBallots, events, (look) => looks.push(look));
      const totals = totalsPublished(polls.published);
      for (const { regions, all, turnout, status } of looks.filter(({ all: { status } }) => status === "open")) {
        const shownIn = [...regions.values()].map(({ turnout: { ballots } }) => ballots);
        expect(all.turnout.ballots).toBe(shownIn.reduce((sum, ballots) => sum + ballots, 0));
        expect((all.total ?? 0) + (all.spoiled ?? 0)).toBe(all.turnout.ballots);
        for (const region of regions.values())
          expect(region.turnout.ballots).toBe((region.total ?? 0) + (region.spoiled ?? 0));
        expect(all.regions_withheld).toEqual(
          [...regions.values()].flatMap((one) => (one.total === null ? [one.region_id] : [])),
        );
        expect(all.seats?.map(({ region_id }) => region_id) ?? []).toEqual(
          [...regions.values()].flatMap((one) => (one.total === null ? [] : [one.region_id])),
        );
        for (const { ballots } of turnout.points) expect(totals.has(ballots)).toBe(true);
        expect(turnout.points.at(-1)?.ballots ?? 0).toBe(all.turnout.ballots);

        const [watched] = status.elections ?? [];
        if (watched?.status !== "open") continue;
        expect(totals.has(watched.votes.counted ?? -1)).toBe(true);
        expect(watched.turnout?.ballots).toBe(watched.votes.counted);
        expect(watched.votes.spoiled).toBe(watched.withheld === null ? all.spoiled : null);
        expect(status.per_minute.spoiled).toBeNull();
        for (const ballots of [watched.votes.accepted, watched.votes.received, ...(status.per_minute.accepted ?? [])]) {
          expect((ballots ?? 0) % minimumBallots).toBe(0);
        }
        for (const ballots of status.per_minute.counted ?? []) {
          if (ballots > 0) expect(ballots).toBeGreaterThanOrEqual(minimumBallots);
        }
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
});

describe("all viewers", () => {
  test("see the same, whichever instance answers and however late it starts", async () => {
    const polls = electionDay(observedRace(2), INSTANCES);
    for (let ballot = 0; ballot < 9; ballot++) {
      polls.vote("1");
      polls.later(2_000);
      await polls.look(ballot % INSTANCES);
    }
    polls.later(2_000);
    polls.restart(1);
    const totals = await Promise.all([0, 1, 2].map(async (from) => (await polls.look(from)).all.total));
    expect(new Set(totals).size).toBe(1);
    expect(totals[0]).toBeGreaterThanOrEqual(2);
  });

  test("see one state when instances publish at the same moment", async () => {
    const polls = electionDay(observedRace(2), INSTANCES);
    for (let round = 0; round < 6; round++) {
      for (const regionId of ["1", "2"]) polls.vote(regionId);
      polls.later(3_000);
      const totals = await Promise.all([0, 1, 2].map(async (from) => (await polls.look(from)).all.total));
      expect(new Set(totals).size).toBe(1);
    }
    expect(polls.published.history.map(({ version }) => version)).toEqual(
      polls.published.history.map((_, index) => index + 1),
    );
  });
});

test("ballots decided after closing are shown in steps, and singly to nobody while they may still come", async () => {
  const polls = electionDay(observedRace(4), INSTANCES);
  for (let ballot = 0; ballot < 10; ballot++) polls.vote("1");
  polls.at(CLOSED_MS + 2_000);
  const totals: (number | null)[] = [];
  for (let late = 0; late < 8; late++) {
    polls.later(3_000);
    totals.push((await polls.look(0)).all.total);
    polls.vote("1");
  }
  expect(totals).toEqual([10, 10, 10, 10, 14, 14, 14, 14]);
});

test("voting that is extended at the last moment stays in steps on an instance that does not know yet", async () => {
  // Definitions are kept for five seconds: for as long, an instance believes that voting has closed.
  const polls = electionDay(observedRace(4), INSTANCES);
  for (let ballot = 0; ballot < 10; ballot++) polls.vote("1");
  for (const afterMs of [0, 2_500, 5_000]) {
    polls.at(CLOSES_MS + afterMs);
    expect((await polls.look(1)).all).toMatchObject({ status: "open", withheld: "minimum-ballots", total: null });
  }
});
