import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { codesOf } from "#admin/cards/codes.ts";
import { describeAct } from "#admin/commands/roll-acts-report.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { addWithNewCodes } from "#admin/roll/addition.ts";
import { importRoll } from "#admin/roll/import.ts";
import { askedOf, onePerson } from "#admin/roll/people.ts";
import { hashedValues } from "#core/credential.ts";
import type { Strike } from "#core/strike.ts";
import { applyElection } from "#storage/election-register.ts";
import { refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { actOnRoll, ballotOf, decide, outcomeOf } from "#test/admin/strikes.ts";
import { race } from "#test/definitions.ts";
import { IDENTITY } from "#test/identified.ts";

/** The roll of an election whose voters sign in: its one column is the claim, and there are no codes. */

const ROLL = "voter_number,region_id\nv-001,1\nV-001,1\nd|003,2\n";

let office: Office;
let electionId: string;
let elections = 0;
const definition = () => race({ electionId, identity: IDENTITY, credentialFields: undefined });
const importText = async (text: string) =>
  importRoll(office.connection, electionId, await office.file(`${electionId}.csv`, text));

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  electionId = `C${++elections}`;
  await applyElection(office.connection, definition(), { who: "Ada" });
});

const askedFor = (asksRegion: boolean) => askedOf(office.connection, electionId, { asksRegion });

async function act(strike: Strike, claim: string, regionId = "") {
  const about = await askedFor(strike === "moved");
  const person = onePerson(
    about,
    new Map([...[["voter_number", claim]], ["region_id", regionId]] as [string, string][]),
  );
  return actOnRoll(office, about, strike, person, { who: "Bo", drawCode: () => "" });
}

async function vote(claim: string, regionId: string): Promise<string> {
  const ballot = await ballotOf(office, electionId, hashedValues(definition(), [claim], regionId), regionId);
  await decide(office, office.connection.dynamodb, [ballot]);
  return outcomeOf(office, ballot);
}

test("claims that differ in case are two people, and each votes once", async () => {
  expect(await importText(ROLL)).toMatchObject({ imported: 3, rollCounts: { "1": 2, "2": 1 } });
  await stateOpening(office.connection, electionId, { who: "Ada" });
  expect(await vote("v-001", "1")).toBe("accepted");
  expect(await vote("V-001", "1")).toBe("accepted");
  expect(await vote("v-001", "1")).toBe("duplicate");
  expect(await vote("v001", "1")).toBe("unknown-credentials");
  expect(await vote("d|003", "1")).toBe("unknown-credentials");
});

test("one person cannot stand in two regions", async () => {
  const twice = await refusal(importText(`${ROLL}v-001,2\n`));
  expect(twice).toContain("line 5: an earlier line names the same voter in another region");
  await importText(ROLL);
  const again = await refusal(importText("voter_number,region_id\nv-001,2\n"));
  expect(again).toContain("line 2: this voter is already on the roll in region 1");
});

test("a claim that is empty or too long is told without it", async () => {
  const told = await refusal(importText(`voter_number,region_id\n,1\n${"x".repeat(201)},1\n`));
  expect(told).toContain("line 2: voter_number is empty");
  expect(told).toContain("line 3: voter_number has more than 200 characters, or one that is not printable");
  expect(told).not.toContain("xxx");
});

test("letters and new codes are refused: there are none", async () => {
  await importText(ROLL);
  expect(() => codesOf(definition())).toThrow(/sign in at https:\/\/voters.example.org: they have no codes/);
  expect(await refusal(act("reissued", "v-001"))).toContain("they have no codes");
});

describe("during voting", () => {
  beforeEach(async () => {
    await importText(ROLL);
    await stateOpening(office.connection, electionId, { who: "Ada" });
  });

  test("who is moved votes in the new region and no longer in the old one", async () => {
    const moved = await act("moved", "v-001", "2");
    expect(moved).toMatchObject({ done: [expect.anything()], codes: [] });
    expect(describeAct(electionId, moved, true)).toContain(`election ${electionId}: 1 person moved\n`);
    expect(await vote("v-001", "1")).toBe("moved");
    expect(await vote("v-001", "2")).toBe("accepted");
  });

  test("who was moved cannot go back to a region whose place holds the mark", async () => {
    await act("moved", "v-001", "2");
    expect(describeAct(electionId, await act("moved", "v-001", "1"), true)).toContain(
      "was moved from that region, and cannot go back to it",
    );
    expect(await vote("v-001", "2")).toBe("accepted");
  });

  test("who has voted is not moved", async () => {
    expect(await vote("v-001", "1")).toBe("accepted");
    expect(await act("moved", "v-001", "2")).toMatchObject({ done: [], leftOut: [{ why: "has voted" }] });
    expect(await vote("v-001", "2")).toBe("unknown-credentials");
  });

  test("who is taken off cannot vote", async () => {
    expect(await act("removed", "v-001")).toMatchObject({ done: [expect.anything()] });
    expect(await vote("v-001", "1")).toBe("removed");
  });

  test("who is added votes, and is shown no code", async () => {
    const asked = await askedFor(true);
    const people = onePerson(
      asked,
      new Map([
        ["voter_number", 'n,"4"'],
        ["region_id", "1"],
      ]),
    );
    const added = await addWithNewCodes(office.connection, [{ asked, people }], {
      ...{ who: "Bo", reason: undefined, drawCode: () => "" },
    });
    expect(added).toMatchObject({ summaries: [{ of: { imported: 1 } }], codes: [] });
    expect(await vote('n,"4"', "1")).toBe("accepted");
  });
});
