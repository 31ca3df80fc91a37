import { readFile, stat } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { codesOf } from "#admin/cards/codes.ts";
import { formatElection } from "#admin/commands/election-report.ts";
import { stateOpening, stateRoll } from "#admin/elections/opening.ts";
import { addWithNewCodes } from "#admin/roll/addition.ts";
import { importRoll } from "#admin/roll/import.ts";
import { type NewCode, writeNewCodes } from "#admin/roll/new-codes.ts";
import { type Asked, askedOf, onePerson, readPeopleFile } from "#admin/roll/people.ts";
import type { Strike } from "#core/strike.ts";
import { applyElection } from "#storage/election-register.ts";
import { findElection } from "#storage/registered-elections.ts";
import { refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { actOnRoll, ballotOf, decide, outcomeOf } from "#test/admin/strikes.ts";
import { law, race } from "#test/definitions.ts";

/** What officers do to people on a roll while voting is open. */

const ROLL = "nas,code,region_id\n111111111,ABC111,1\n222222222,ABC222,1\n333333333,ABC333,2\n";

let office: Office;
let electionId: string;
let elections = 0;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  electionId = `A${++elections}`;
  await applyElection(office.connection, race({ electionId }), { who: "Ada" });
  await importRoll(office.connection, electionId, await office.file(`${electionId}.csv`, ROLL));
  await stateOpening(office.connection, electionId, { who: "Ada" });
});

const asked = (asksRegion = false): Promise<Asked> => askedOf(office.connection, electionId, { asksRegion });

/** Does an act to a file of people, or to one person by their NAS. */
async function act(strike: Strike, whom: string, options: { reason?: string } = {}) {
  const about = await asked(strike === "moved");
  const people = whom.includes("\n")
    ? await readPeopleFile(await office.file(`${electionId}-people.csv`, whom), about)
    : onePerson(about, new Map([["nas", whom]]));
  const kept: NewCode[][] = [];
  const renews = strike === "reissued" || strike === "moved";
  const summary = await actOnRoll(office, about, strike, people, {
    ...{ who: "Bo", ...options },
    keepCodes: async (codes) => void kept.push([...codes]),
    ...(renews && { drawCode: codesOf(about.definition).draw }),
  });
  return { ...summary, kept };
}

/** What becomes of a ballot that is cast now. */
async function vote(nas: string, code: string, regionId: string): Promise<string> {
  const ballot = await ballotOf(office, electionId, [nas, code], regionId);
  await decide(office, office.connection.dynamodb, [ballot]);
  return outcomeOf(office, ballot);
}

const shown = async () => {
  const found = await findElection(office.connection, electionId);
  if (found === undefined) throw new Error("it was registered");
  return found;
};

test("an import is recorded with its file and why, and one that puts nobody on the roll is not", async () => {
  const file = await office.file(`${electionId}-late.csv`, `${ROLL}444444444,ABC444,2\n`);
  const importing = () => importRoll(office.connection, electionId, file, { who: "Bo", reason: "a list was late" });
  await importing();
  await importing();
  const acts = (await shown()).stateChanges.filter(({ what }) => what.includes("late.csv"));
  expect(acts).toEqual([
    {
      ...{ at: expect.any(String), who: "Bo" },
      what: expect.stringMatching(
        /^roll import: 1 person, A\d+-late\.csv SHA-256 [0-9a-f]{64}, reason: a list was late; roll stated again, 4 voters$/,
      ),
    },
  ]);
});

test("people are known by the credentials that the definition marks, wherever they stand", async () => {
  electionId = `${electionId}M`;
  const [nas, code] = race().credentialFields;
  const born = { name: "born", label: { fr: "Année", en: "Year" }, pattern: "[0-9]{4}", identity: true };
  const marked = race({ electionId, credentialFields: [code, { ...nas, identity: true }, born] });
  await applyElection(office.connection, marked, { who: "Ada" });
  const header = "nas,born,code,region_id\n";
  const rows = "111111111,1990,ABC111,1\n111111111,1991,ABC112,1\n";
  await importRoll(office.connection, electionId, await office.file(`${electionId}.csv`, header + rows));
  const again = await office.file(`${electionId}-again.csv`, `${header}111111111,1990,ABC113,1\n`);
  expect(await refusal(importRoll(office.connection, electionId, again))).toContain(
    "already on the roll, with another code",
  );

  const about = await asked();
  const person = onePerson(about, new Map([...Object.entries({ nas: "111 111 111", born: "1990" })]));
  const { codes } = await actOnRoll(office, about, "reissued", person, {
    ...{ who: "Bo", drawCode: codesOf(about.definition).draw },
  });
  const [renewed] = codes;
  if (renewed === undefined) throw new Error("a code was drawn");
  const out = office.path(`${electionId}-codes.csv`);
  await writeNewCodes(out, about.definition, codes);
  expect(await readFile(out, "utf8")).toBe(`code,nas,born,region_id\n${renewed.code},111111111,1990,1\n`);
  const outcomes = ["ABC111", renewed.code].map(async (typed) => {
    const ballot = await ballotOf(office, electionId, [typed, "111111111", "1990"], "1");
    await decide(office, office.connection.dynamodb, [ballot]);
    return outcomeOf(office, ballot);
  });
  expect(await Promise.all(outcomes)).toEqual(["reissued", "accepted"]);
  const changing = applyElection(
    office.connection,
    { ...marked, credentialFields: race().credentialFields },
    { who: "Ada" },
  );
  expect(await refusal(changing)).toContain("credentialFields must stay as they are");
});

test("a code is drawn only where one credential is secret", () => {
  const [nas, code] = race().credentialFields;
  const born = { name: "born", label: { fr: "Année", en: "Year" }, pattern: "[0-9]{4}" };
  const definition = race({ credentialFields: [{ ...nas, identity: true }, born, code] });
  expect(() => codesOf(definition)).toThrow("born and code are secret, and a code can be drawn for one only");
});

describe("a new code", () => {
  test("takes the place of the old one, whose voter is told so", async () => {
    const { done, leftOut, codes, kept } = await act("reissued", "111111111", { reason: "letter lost" });
    expect([done.length, leftOut, kept.length]).toEqual([1, [], 1]);
    const [{ code, regionId } = { code: "", regionId: "" }] = codes;
    expect(code).toMatch(/^[2-9A-HJKMNP-TW-Z]{6}$/);
    expect(regionId).toBe("1");
    expect(await vote("111111111", "ABC111", "1")).toBe("reissued");
    // In another region too: a struck code tells nothing of regions.
    expect(await vote("111111111", "ABC111", "2")).toBe("reissued");
    expect(await vote("111111111", code, "1")).toBe("accepted");
    expect(await vote("111111111", code, "1")).toBe("duplicate");
    const { rollCounts, stateChanges, opening, rollImports } = await shown();
    expect([rollCounts, rollImports]).toEqual([{ "1": 2, "2": 1 }, []]);
    expect(stateChanges.at(-1)).toMatchObject({
      who: "Bo",
      what: "roll reissue: 1 person, reason: letter lost; roll stated again, 3 voters",
    });
    expect(opening?.changes.map(({ statement }) => statement)).toMatchObject([
      { kind: "roll", onRoll: { "1": 2, "2": 1 }, struck: { reissued: 1, removed: 0, moved: 0, "voted-elsewhere": 0 } },
    ]);
    expect(JSON.stringify(stateChanges)).not.toContain(code);
  });

  test("is refused to who has voted, and nothing is changed", async () => {
    expect(await vote("111111111", "ABC111", "1")).toBe("accepted");
    const before = await office.roll(electionId);
    for (const strike of ["reissued", "removed", "voted-elsewhere"] as const) {
      expect(await act(strike, "111111111")).toMatchObject({ done: [], leftOut: [{ why: "has voted" }], codes: [] });
    }
    expect(await office.roll(electionId)).toEqual(before);
    expect(await shown()).toMatchObject({ rollImports: [], opening: { changes: [] } });
    expect(await vote("111111111", "ABC111", "1")).toBe("duplicate");
  });

  test("replaces one that replaced another", async () => {
    const [first] = (await act("reissued", "111111111")).codes;
    const [second] = (await act("reissued", "111111111")).codes;
    expect(await vote("111111111", first?.code ?? "", "1")).toBe("reissued");
    expect(await vote("111111111", "ABC111", "1")).toBe("reissued");
    expect(await vote("111111111", second?.code ?? "", "1")).toBe("accepted");
  });

  test("of many people is kept in a file of their own before any is good", async () => {
    const { kept, codes, done } = await act("reissued", "NAS\n111 111 111\n333333333\n");
    expect([done.length, codes.length, kept[0]?.length]).toEqual([2, 2, 2]);
    const path = office.path(`${electionId}-new.csv`);
    await writeNewCodes(path, race({ electionId }), codes);
    const rows = [...codes].sort((a, b) => a.person.line - b.person.line).map(({ code }) => code);
    const text = await readFile(path, "utf8");
    expect(text.split("\n").sort()).toEqual(
      ["nas,code,region_id", `111111111,${rows[0]},1`, `333333333,${rows[1]},2`, ""].sort(),
    );
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    // A file of new codes is a roll, and changes nothing.
    expect(await importRoll(office.connection, electionId, path)).toMatchObject({ imported: 0, alreadyThere: 2 });
  });
});

describe("a person", () => {
  test("who is removed leaves the roll, and is told so", async () => {
    expect(await act("removed", "111111111")).toMatchObject({ done: [{}], already: 0 });
    expect(await vote("111111111", "ABC111", "1")).toBe("removed");
    expect((await shown()).rollCounts).toEqual({ "1": 1, "2": 1 });
    expect(await act("removed", "111111111")).toMatchObject({ done: [], already: 1, leftOut: [] });
    const { leftOut } = await act("reissued", "111111111");
    expect(leftOut).toMatchObject([
      { line: 1, why: expect.stringMatching(/^was taken off the roll \([A-Z]\w+ \d+, 20\d\d/) },
    ]);
  });

  test("who moves votes in the other region, with a new code", async () => {
    const { codes } = await act("moved", "nas,region_id\n111111111,2\n333333333,2\n");
    expect(codes.map(({ regionId }) => regionId)).toEqual(["2"]);
    expect(await vote("111111111", "ABC111", "1")).toBe("moved");
    expect(await vote("111111111", codes[0]?.code ?? "", "1")).toBe("wrong-region");
    expect(await vote("111111111", codes[0]?.code ?? "", "2")).toBe("accepted");
    expect(await vote("333333333", "ABC333", "2")).toBe("accepted");
    expect((await shown()).rollCounts).toEqual({ "1": 1, "2": 2 });
  });

  test("who voted elsewhere stays on the roll and cannot vote here", async () => {
    await act("voted-elsewhere", "nas\n222222222\n333333333\n", { reason: "advance poll" });
    expect(await vote("222222222", "ABC222", "1")).toBe("voted-elsewhere");
    expect(await shown()).toMatchObject({ rollCounts: { "1": 2, "2": 1 }, votedElsewhere: { "1": 1, "2": 1 } });
    expect(formatElection(await shown(), Date.now())).toMatch(/^on the roll +3, of whom 2 voted elsewhere$/m);
    expect((await shown()).stateChanges.at(-1)?.what).toMatch(
      /^roll voted-elsewhere: 2 people, A\d+-people\.csv SHA-256 [0-9a-f]{64}, reason: advance poll; roll stated again/,
    );
  });

  test("who is added gets a code, and is no second person", async () => {
    const about = await asked(true);
    const typed = new Map([
      ["nas", "444444444"],
      ["region_id", "2"],
    ]);
    const add = () =>
      addWithNewCodes(office.connection, [{ asked: about, people: onePerson(about, typed) }], {
        ...{ who: "Bo", reason: undefined },
        drawCode: codesOf(about.definition).draw,
      });
    const { codes, summaries } = await add();
    expect(summaries[0]?.of).toMatchObject({ imported: 1, rollCounts: { "1": 2, "2": 2 } });
    expect(await vote("444444444", codes[0]?.code ?? "", "2")).toBe("accepted");
    expect((await shown()).stateChanges.at(-1)?.what).toBe(
      "roll add: 1 person, reason not given; roll stated again, 4 voters",
    );
    expect(await refusal(add())).toBe(
      `Nothing was changed: this person is on the roll of election ${electionId} already.`,
    );
  });
});

test("an old file brings nobody back", async () => {
  await act("removed", "111111111");
  const [{ code } = { code: "" }] = (await act("reissued", "222222222")).codes;
  await act("moved", "nas,region_id\n333333333,1\n");
  const again = await importRoll(office.connection, electionId, await office.file(`${electionId}.csv`, ROLL));
  expect(again).toMatchObject({ imported: 0, alreadyThere: 3, bad: 0, struck: 3, struckLines: [2, 3, 4] });
  expect(again.rollCounts).toEqual({ "1": 2, "2": 0 });
  expect(await vote("111111111", "ABC111", "1")).toBe("removed");
  expect(await vote("222222222", code, "1")).toBe("accepted");
  const third = await office.file("third.csv", "nas,code,region_id\n222222222,XYZ222,1\n");
  expect(await refusal(importRoll(office.connection, electionId, third))).toContain("with another code");
  // Back on the roll, by a new code.
  const back = await office.file("back.csv", "nas,code,region_id\n111111111,XYZ111,1\n");
  expect(await importRoll(office.connection, electionId, back)).toMatchObject({ imported: 1 });
  expect(await vote("111111111", "XYZ111", "1")).toBe("accepted");
});

test("officers who act at once do not disturb each other: each act is signed, one dated after the other", async () => {
  const acts = await Promise.all([
    act("reissued", "111111111"),
    act("removed", "222222222"),
    act("reissued", "333333333"),
  ]);
  expect(acts.map(({ done, newest, unsigned }) => [done.length, newest?.length, unsigned])).toEqual(
    acts.map(() => [1, 64, undefined]),
  );
  const { opening, rollImports, rollCounts } = await shown();
  const times = opening?.changes.map(({ statement }) => statement.statedAt) ?? [];
  expect(times).toEqual([...times].sort());
  expect([rollImports, rollCounts]).toEqual([[], { "1": 1, "2": 1 }]);
});

test("a new code is not lost when the roll cannot be signed, which is told", async () => {
  const { documents } = office.connection;
  const send = documents.send.bind(documents);
  const cut = vi.spyOn(documents, "send").mockImplementation(async (command: { input: unknown }) => {
    if (JSON.stringify(command.input).includes("SET rollCounts")) throw new Error("the line is cut");
    return send(command as Parameters<typeof send>[0]);
  });
  const { codes, newest, unsigned } = await act("reissued", "111111111");
  cut.mockRestore();
  expect([codes.length, newest, unsigned]).toEqual([1, undefined, "the line is cut"]);
  expect((await shown()).rollImports).toEqual([expect.stringMatching(/^roll reissue: 1 person, .* by Bo/)]);
  expect(await vote("111111111", codes[0]?.code ?? "", "1")).toBe("accepted");
  await stateRoll(office.connection, electionId, (marks) => marks, { who: "Bo" });
  expect(await shown()).toMatchObject({ rollImports: [], opening: { changes: [{ statement: { kind: "roll" } }] } });
});

describe("nothing is changed", () => {
  test("for a file with a bad row, told by line and without its contents", async () => {
    const before = await office.roll(electionId);
    for (const [text, told] of [
      ["nas\n111111111\n12345\n", "line 3: nas must have 9 digits"],
      ["nas\n111111111\n111 111 111\n", "line 3: names the same person as line 2"],
      ["nas\n111111111\n999999999\n", `line 3: is not on the roll of election A`],
      ["nas\n", "there is nobody in this file"],
      ["code,region_id\nABC111,1\n", "nas is missing"],
    ] as const) {
      const message = await refusal(act("removed", text));
      expect(message).toContain(told);
      expect(message).not.toMatch(/111111111|999999999|12345\b/);
    }
    expect(await refusal(act("moved", "nas,region_id\n111111111,9\n"))).toContain("line 2: region_id is not a region");
    expect(await refusal(act("moved", "nas\n111111111\n"))).toContain("region_id is missing");
    expect(await office.roll(electionId)).toEqual(before);
    expect((await shown()).rollImports).toEqual([]);
  });

  test("for who was named before the closing and comes to be changed after it", async () => {
    const about = await asked();
    const late = { ...about, definition: { ...about.definition, closesAt: new Date(Date.now() - 1).toISOString() } };
    const people = onePerson(about, new Map([["nas", "111111111"]]));
    expect(await refusal(actOnRoll(office, late, "removed", people, { who: "Bo" }))).toContain("has closed");
    expect(await vote("111111111", "ABC111", "1")).toBe("accepted");
  });

  test("after closing, or for an election that is not there", async () => {
    const ask = (id: string, atMs: number) => askedOf(office.connection, id, { asksRegion: false, atMs });
    expect(await refusal(ask("nothing", Date.now()))).toContain("There is no election nothing");
    expect(await refusal(ask(electionId, Date.parse("2100-01-01T00:00:00Z")))).toContain("has closed");
  });
});

test("with a single credential, a person is known by it, and gets another", async () => {
  const id = `${electionId}-token`;
  const credentialFields = [
    { name: "token", label: { fr: "Jeton", en: "Token" }, pattern: "[2-9A-HJKMNP-TW-Z]{11}", hasCheckCharacter: true },
  ];
  const definition = law({ electionId: id, credentialFields });
  const { draw } = codesOf(definition);
  const [token, other] = [draw(), draw()];
  await applyElection(office.connection, definition, { who: "Ada" });
  const roll = await office.file("tokens.csv", `token,region_id\n${token},all\n${other},all\n`);
  await importRoll(office.connection, id, roll);
  await stateOpening(office.connection, id, { who: "Ada" });
  const about = await askedOf(office.connection, id, { asksRegion: false });
  const { codes } = await actOnRoll(office, about, "reissued", onePerson(about, new Map([["token", token]])), {
    ...{ who: "Bo", drawCode: draw },
  });
  const cast = async (value: string) => {
    const ballot = await ballotOf(office, id, [value], "all");
    await decide(office, office.connection.dynamodb, [ballot]);
    return outcomeOf(office, ballot);
  };
  expect([await cast(token), await cast(codes[0]?.code ?? ""), await cast(other)]).toEqual([
    "reissued",
    "accepted",
    "accepted",
  ]);
  expect((await findElection(office.connection, id))?.rollCounts).toEqual({ all: 2 });
});
