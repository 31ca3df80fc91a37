import { afterAll, beforeAll, expect, test } from "vitest";
import { holdElection } from "#test/admin/polling-day.ts";
import { law, race } from "#test/definitions.ts";
import {
  ballots,
  every,
  type Found,
  OPEN,
  openRecounts,
  oui,
  type Recounts,
  STILL_SECONDS,
  vote,
} from "#test/functions/recount/recounts.ts";

/** The scheduled recount while ballots are still being counted. */

let recounts: Recounts;
beforeAll(async () => {
  recounts = await openRecounts();
});
afterAll(() => recounts.office.close());

test("a late count is no disagreement, however late, while it progresses", async () => {
  const definition = race({ electionId: "L1", ...OPEN });
  await holdElection(recounts.office, definition, { "1": 20, "2": 20 }, [
    ...["1", "2"].flatMap((candidateId) => ballots(4, "1", vote(candidateId))),
    ...ballots(4, "2", vote("3")),
  ]);
  const cells = [...(await recounts.cellsOf(definition, "1")), ...(await recounts.cellsOf(definition, "2"))];
  for (const cell of cells) await recounts.remove(cell);
  const late = [...cells];
  // In all longer than a contest must be unchanged, but with shorter steps.
  const meanwhile = every(900, async () => {
    const cell = late.shift();
    if (cell !== undefined) await recounts.put(cell);
  });
  const found = await recounts.run("recount", { meanwhile });
  expect(cells.length * 900).toBeGreaterThan(STILL_SECONDS * 1000);
  expect(found.L1).toMatchObject({ BallotsRecounted: 12, TallyDisagreements: 0 });
});

test("a count later than a recount can wait for is left to the next recount", async () => {
  const definition = law({ electionId: "L2", ...OPEN });
  await holdElection(recounts.office, definition, { all: 20 }, ballots(8, "all", oui));
  const cells = await recounts.cellsOf(definition, "all");
  for (const cell of cells) await recounts.remove(cell);
  const [one] = cells;
  if (one === undefined) throw new Error("nothing was counted");
  let count = 0;
  const meanwhile = every(500, async () => {
    await recounts.put({ ...one, count });
    count = (count + 1) % 4;
  });
  const found = await recounts.run("recount", { remainingMs: 24_000, meanwhile });
  expect(found.L2).toMatchObject({ BallotsRecounted: 8, TallyDisagreements: 0 });
  for (const cell of cells) await recounts.put(cell);
});

test("a ballot missing from an idle contest is reported, although another contest is still being counted", async () => {
  const definition = race({ electionId: "Q1", ...OPEN });
  await holdElection(recounts.office, definition, { "1": 20, "2": 20 }, [
    ...ballots(3, "1", vote("1")),
    ...ballots(3, "2", vote("3")),
  ]);
  const [busy] = await recounts.cellsOf(definition, "1");
  const [quiet] = await recounts.cellsOf(definition, "2");
  if (busy === undefined || quiet === undefined) throw new Error("nothing was counted");
  await recounts.put({ ...quiet, count: quiet.count - 1 });
  let more = 0;
  const meanwhile = every(300, async () => {
    await recounts.put({ ...busy, count: more % busy.count });
    more = (more + 1) % 50;
  });
  const found = await recounts.run("recount", { remainingMs: 35_000, meanwhile });
  expect(found.Q1?.TallyDisagreements).toBe(1);
  await recounts.put(busy);
  await recounts.put(quiet);
  expect((await recounts.run("recount")).Q1?.TallyDisagreements).toBe(0);
});

test("ballots cast and counted during a recount are no disagreement", async () => {
  await holdElection(recounts.office, law({ electionId: "W1", ...OPEN }), { all: 2 }, ballots(1, "all", oui));
  const definition = race({ electionId: "W2", ...OPEN });
  let counted = 0;
  let isOver = false;
  let more = Promise.withResolvers<void>();
  const goOn = (): void => {
    more.resolve();
    more = Promise.withResolvers();
  };
  const voting = holdElection(
    recounts.office,
    definition,
    { "1": 400, "2": 1 },
    ["1", "2", "1", "2"].flatMap((candidateId) => ballots(100, "1", vote(candidateId))),
    [],
    (ballots) => {
      counted += ballots;
      goOn();
    },
  ).finally(() => {
    isOver = true;
    goOn();
  });
  const meanwhile = async (): Promise<void> => {
    if (!isOver) await more.promise;
  };
  const found: Found[] = [];
  for (const start of [0, 100, 250]) {
    while (counted < start && !isOver) await more.promise;
    found.push(await recounts.run("recount", { meanwhile }));
  }
  await voting;
  expect(found.some(({ W2 }) => (W2?.BallotsRecounted ?? 0) > 0 && (W2?.BallotsRecounted ?? 400) < 400)).toBe(true);
  found.push(await recounts.run("recount"));
  expect(found.flatMap((each) => Object.values(each)).filter((each) => each.TallyDisagreements !== 0)).toEqual([]);
  expect(found.at(-1)?.W2?.BallotsRecounted).toBe(400);
});
