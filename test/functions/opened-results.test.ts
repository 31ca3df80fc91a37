import { DeleteCommand, PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { disagreements } from "#core/recount.ts";
import { SEALED, SPOILED } from "#core/selection.ts";
import { ballotTrackingCode, type CardKey } from "#core/trustees/card-key.ts";
import { recordBoxProgress } from "#storage/box-progress.ts";
import { contestKey } from "#storage/keys.ts";
import { writeOpenedTallies } from "#storage/opened-tallies.ts";
import { BY_TRUSTEES, law, race, rankedRace } from "#test/definitions.ts";
import {
  bodyOf,
  cardOf,
  MINUTE,
  openSignedPolls,
  type SignedElection,
  type SignedPolls,
  voteOf,
} from "#test/functions/signed-polls.ts";

/** Counting ballots that nobody can open, and what is told of them, by the real handlers: turnout first, the result once trustees opened all. */

const CLOSES_AT = "2026-11-03T20:00:00Z";
const OVER_MS = Date.parse(CLOSES_AT) + 60_000;
const OPEN = { ...BY_TRUSTEES, opensAt: "2026-11-03T12:00:00Z", closesAt: CLOSES_AT };

let polls: SignedPolls;
let elected: SignedElection;
beforeAll(async () => {
  polls = await openSignedPolls();
  elected = await polls.register(race(OPEN), [
    { number: "1", regionId: "1" },
    { number: "2", regionId: "1" },
    { number: "3", regionId: "2" },
  ]);
});
afterAll(() => polls.close());

const kept = () => ({ documents: polls.documents, talliesTable: "tallies", electionsTable: "elections" });

async function cast(election: SignedElection, number: string, regionId: string, candidateId: string) {
  const card: CardKey = cardOf(election, number);
  const body = bodyOf(election, card, regionId, { kind: "candidate", candidateId });
  const { status } = await polls.post(election, voteOf(election, card, regionId, body));
  expect(status).toBe(202);
  return ballotTrackingCode(card.voterKey, body);
}

const rowsOf = async (electionId: string): Promise<readonly Record<string, unknown>[]> => {
  const { Items = [] } = await polls.documents.send(new ScanCommand({ TableName: "tallies" }));
  return Items.filter(({ sheet }) => String(sheet).startsWith(`${electionId}#`));
};

test("ballots are counted by region and their codes posted, once each, though no key is there to read them by", async () => {
  const codes = [
    await cast(elected, "1", "1", "1"),
    await cast(elected, "2", "1", "2"),
    await cast(elected, "3", "2", "3"),
  ];
  await polls.decide();
  await polls.count();
  await polls.count("again");
  expect(Object.fromEntries(await polls.tallies.ofElection(elected.definition))).toEqual({
    1: new Map([[SEALED, 2]]),
    2: new Map([[SEALED, 1]]),
  });
  expect(await polls.tallies.turnoutOf("E1")).toEqual(new Map([["2026-11-03T14:15:00.000Z", 3]]));
  expect(new Set(await polls.postedCodes(elected))).toEqual(new Set(codes));
  expect([...polls.keysRead]).toEqual([]);
  // Each count is on a sheet of what nobody has opened.
  expect((await rowsOf("E1")).map(({ sheet }) => sheet).sort()).toEqual(["E1#v1#@sealed0", "E1#v1#@turnout"]);
});

test("a recount without a key agrees with the tallies", async () => {
  const box = await polls.recount(elected);
  const tallied = new Map(
    [...(await polls.tallies.ofElection(elected.definition))].map(([id, tally]) => [contestKey("E1", id), tally]),
  );
  expect(disagreements(tallied, box)).toEqual([]);
  expect([...polls.keysRead]).toEqual([]);
});

test("what its voter did not sign, for this region and tracking code, is spoiled, posted nowhere and no turnout", async () => {
  const election = await polls.register(race({ ...OPEN, electionId: "E2" }), [{ number: "1", regionId: "1" }]);
  const card = cardOf(election, "1");
  const code = await cast(election, "1", "1", "1");
  await polls.decide();
  const item = await polls.itemOf(card);
  if (item === undefined) throw new Error("there is no ballot");
  const [key, signature] = [item.oneTimeKey?.B, item.signature?.B];
  const genuine = {
    ...{ electionId: "E2", regionId: "1", trackingCode: code, castAt: MINUTE, stamp: item.stamp?.B },
    ...{ hash: card.voterKey, oneTimeKey: key, envelope: item.envelope?.B, signature },
  };
  const lies = {
    elsewhere: { ...genuine, regionId: "2" },
    "another code": { ...genuine, trackingCode: "A".repeat(20) },
    "no signature": { ...genuine, signature: undefined },
    "another's key": { ...genuine, oneTimeKey: new Uint8Array(32) },
    "another ballot": { ...genuine, envelope: new Uint8Array(128) },
    "no time": { ...genuine, castAt: "soon" },
    "no region": { ...genuine, regionId: "9" },
  };
  // As somebody who can write to the table would: each in place of the genuine one.
  for (const Item of Object.values(lies)) {
    await polls.documents.send(
      new PutCommand({
        TableName: "votes",
        Item: Object.fromEntries(Object.entries(Item).filter(([, value]) => value !== undefined)),
      }),
    );
    const box = await polls.recount(election);
    const region = Item.regionId === "2" ? "2" : "1";
    expect(box).toEqual(new Map([[contestKey("E2", region), new Map([[SPOILED, 1]])]]));
  }
  await polls.count();
  expect(await polls.tallies.turnoutOf("E2")).toEqual(new Map());
  expect(await polls.postedCodes(election)).toEqual([]);
  await polls.documents.send(new DeleteCommand({ TableName: "votes", Key: { hash: card.voterKey } }));
});

test("before closing turnout alone is told; then that trustees open the ballots, and how far they are", async () => {
  const turnout = { ballots: 3, on_roll: 0, percentage: 0 };
  expect(await polls.results(elected)).toMatchObject({ status: "open", withheld: "after-close", total: null, turnout });
  polls.clock.nowMs = OVER_MS;
  const nothingDone = { mixes: 0, mixes_needed: 2, openings: 0, openings_needed: 2 };
  const none = { total: null, blank: null, spoiled: null, regions_withheld: [] };
  const told = { status: "being_opened", withheld: "being-opened", turnout, ...none };
  expect(await polls.results(elected)).toMatchObject({ ...told, opening: nothingDone });
  await recordBoxProgress(kept(), "E1", { mixes: 2, openings: 1 });
  expect(await polls.results(elected)).toMatchObject({ ...told, opening: { ...nothingDone, mixes: 2, openings: 1 } });
  const ofRegion = await polls.results(elected, "2");
  expect(ofRegion).toMatchObject({ status: "being_opened", turnout: { ballots: 1 } });
  expect(JSON.stringify(ofRegion)).not.toContain('"votes":1');
  expect(ofRegion).not.toHaveProperty("outcome");
});

test("a law is undecided until it is opened", async () => {
  const asked = await polls.register(law({ ...OPEN, electionId: "L1" }), [{ number: "1", regionId: "all" }]);
  polls.clock.nowMs = OVER_MS;
  expect(await polls.results(asked)).toMatchObject({
    status: "being_opened",
    outcome: { kind: "undecided" },
    oui: null,
  });
  await writeOpenedTallies(kept(), asked.definition, new Map([["all", new Map([["oui", 3]])]]));
  expect(await polls.results(asked)).toMatchObject({ status: "closed", outcome: { kind: "adopted" }, oui: 3 });
});

test("opened counts appear all at once: what a killed run left is never seen, nor stays", async () => {
  polls.clock.nowMs = OVER_MS;
  const counts = new Map([
    [
      "1",
      new Map([
        ["1", 1],
        [SPOILED, 1],
      ]),
    ],
    ["2", new Map([["3", 1]])],
  ]);
  // Of a run with another bundle, killed before it marked the election.
  await polls.documents.send(
    new PutCommand({ TableName: "tallies", Item: { sheet: "E1#v1#1", row: "opened#nobody", "1#nobody": 7 } }),
  );
  await polls.documents.send(
    new PutCommand({ TableName: "tallies", Item: { sheet: "E1#v1#@0", row: "opened#", "1#2": 50 } }),
  );
  expect(await polls.results(elected)).toMatchObject({ status: "being_opened", total: null });
  expect(await writeOpenedTallies(kept(), elected.definition, counts)).toBe("written");
  const whole = { status: "closed", withheld: null, total: 2, blank: 0, spoiled: 1, turnout: { ballots: 3 } };
  expect(await polls.results(elected)).toMatchObject(whole);
  expect(await polls.results(elected)).not.toHaveProperty("opening");
  expect(await polls.results(elected, "1")).toMatchObject({
    total: 1,
    candidates: [
      { candidate_id: "1", votes: 1 },
      { candidate_id: "2", votes: 0 },
    ],
  });
  const rows = await rowsOf("E1");
  expect(JSON.stringify(rows)).not.toContain("50");
  // The box as it was counted stays beside it, so that a recount still has what to compare.
  expect(Object.fromEntries(await polls.tallies.ofElection(elected.definition))).toMatchObject({
    1: new Map([[SEALED, 2]]),
  });

  expect(await writeOpenedTallies(kept(), elected.definition, new Map([...counts].reverse()))).toBe("already-written");
  const others = new Map([["1", new Map([["2", 2]])]]);
  await expect(writeOpenedTallies(kept(), elected.definition, others)).rejects.toThrow(/already/);
  await expect(writeOpenedTallies(kept(), elected.definition, new Map([["9", new Map()]]))).rejects.toThrow(RangeError);
  expect(await rowsOf("E1")).toEqual(rows);
});

test("rankings are written each in a row of its own, and counted in rounds", async () => {
  const ranked = await polls.register(rankedRace({ ...OPEN, electionId: "R1" }), [{ number: "1", regionId: "1" }]);
  polls.clock.nowMs = OVER_MS;
  const counts = new Map([
    [
      "1",
      new Map([
        ["1>2", 2],
        ["2", 1],
      ]),
    ],
  ]);
  await writeOpenedTallies(kept(), ranked.definition, counts);
  expect(await polls.results(ranked, "1")).toMatchObject({
    total: 3,
    outcome: { kind: "elected", candidate_ids: ["1"] },
  });
});
