import { afterAll, beforeAll, expect, test } from "vitest";
import { stateOpening } from "#admin/elections/opening.ts";
import { applyElection } from "#storage/election-register.ts";
import { holdElection } from "#test/admin/polling-day.ts";
import { law, race } from "#test/definitions.ts";
import { runDeployed } from "#test/functions/recount/deployed.ts";
import {
  at,
  ballots,
  type Cell,
  OPEN,
  openRecounts,
  oui,
  type Recounts,
  vote,
} from "#test/functions/recount/recounts.ts";

/** The scheduled recount when the tallies no longer change. */

let recounts: Recounts;
beforeAll(async () => {
  recounts = await openRecounts();
});
afterAll(() => recounts.office.close());

test("agrees when nothing is wrong, with spoiled and copied ballots too, even while voting is open", async () => {
  await holdElection(recounts.office, law({ electionId: "S1", ...OPEN }), { all: 20 }, [
    ...ballots(9, "all", oui),
    ...ballots(1, "all", "copy"),
    ...ballots(3, "all", "garbage"),
  ]);
  await holdElection(
    recounts.office,
    race({ electionId: "S2", opensAt: at(-9), closesAt: at(-1) }),
    { "1": 9, "2": 9 },
    [...ballots(4, "1", vote("1")), ...ballots(2, "2", vote("3"))],
  );
  const agreed = {
    S1: { VotingOpen: 1, BallotsRecounted: 13, TallyDisagreements: 0 },
    S2: { VotingOpen: 0, BallotsRecounted: 6, TallyDisagreements: 0 },
  };
  expect(await runDeployed(recounts.office, "recount")).toMatchObject(agreed);
  expect(await recounts.run("recount")).toMatchObject(agreed);
});

test("reports each damaged count: too many, too few, or moved from one candidate to another", async () => {
  const definition = race({ electionId: "D1", ...OPEN });
  await holdElection(recounts.office, definition, { "1": 20, "2": 20 }, [
    ...ballots(6, "1", vote("1")),
    ...ballots(6, "1", vote("2")),
    ...ballots(6, "2", vote("3")),
  ]);
  const right = [...(await recounts.cellsOf(definition, "1")), ...(await recounts.cellsOf(definition, "2"))];
  const first = (candidateId: string): Cell => {
    const found = right.find(({ cell }) => cell.endsWith(`#${candidateId}`));
    if (found === undefined) throw new Error(`nothing was counted for ${candidateId}`);
    return found;
  };

  await recounts.put({ ...first("1"), count: first("1").count + 1 });
  expect((await recounts.run("recount")).D1?.TallyDisagreements).toBe(1);

  await recounts.put({ ...first("2"), count: first("2").count - 1 });
  expect((await recounts.run("recount")).D1?.TallyDisagreements).toBe(2);

  await recounts.remove(first("3"));
  expect((await recounts.run("recount")).D1?.TallyDisagreements).toBe(3);

  for (const cell of right) await recounts.put(cell);
  expect((await recounts.run("recount")).D1?.TallyDisagreements).toBe(0);
});

test("an election is watched from its opening until two days after its closing", async () => {
  await holdElection(recounts.office, law({ electionId: "T1", opensAt: at(1), closesAt: at(2) }), { all: 1 }, []);
  await holdElection(recounts.office, law({ electionId: "T2", opensAt: at(-100), closesAt: at(-49) }), { all: 1 }, []);
  await holdElection(recounts.office, law({ electionId: "T3", opensAt: at(-100), closesAt: at(-47) }), { all: 1 }, []);
  const found = await recounts.run("recount");
  expect([found.T1, found.T2]).toEqual([undefined, undefined]);
  expect(found.T3).toMatchObject({ VotingOpen: 0, BallotsRecounted: 0, TallyDisagreements: 0 });
});

test("an election whose hours have come without an opening statement is reported, whatever is asked", async () => {
  const definition = law({ electionId: "U1", ...OPEN });
  await applyElection(recounts.office.connection, definition, { who: "Ada" });
  expect((await recounts.run("tell-open")).U1).toEqual({ VotingOpen: 1, OpeningsNotStated: 1 });
  expect((await recounts.run("recount")).U1).toMatchObject({ OpeningsNotStated: 1 });
  await stateOpening(recounts.office.connection, "U1", { who: "Ada" });
  expect((await recounts.run("tell-open")).U1).toEqual({ VotingOpen: 1 });
});

test("reporting which votes are open recounts nothing", async () => {
  const found = await recounts.run("tell-open");
  expect(found.S1).toEqual({ VotingOpen: 1 });
  expect(found.S2).toEqual({ VotingOpen: 0 });
});
