import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codesOf } from "#admin/cards/codes.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { extendElection } from "#admin/elections/times.ts";
import { addWithNewCodes } from "#admin/roll/addition.ts";
import { checkRolls, importRolls } from "#admin/roll/import-rolls.ts";
import type { NewCode } from "#admin/roll/new-codes.ts";
import { actOnRolls } from "#admin/roll/paper-acts.ts";
import { type Asked, askedOf, onePerson } from "#admin/roll/people.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import type { Strike } from "#core/strike.ts";
import { refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { ballotOf, decide, outcomeOf } from "#test/admin/strikes.ts";
import { HEADER, paperIn, registeredIn, VOTERS, WHO } from "#test/admin/town-paper.ts";
import { law } from "#test/definitions.ts";

/** One file of voters, and acts on people, on the rolls of all questions of a paper. */

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

describe("one file of voters for a paper", () => {
  const onRolls = (ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => (await office.roll(id)).map(({ regionId }) => regionId).sort()));

  test("puts them on every roll, each under its own pepper, and again without harm", async () => {
    const ids = await paperIn(office, "F");
    const file = await office.file("F.csv", HEADER + VOTERS);
    const told: string[] = [];
    const plans = await checkRolls(office.connection, ids, file);
    expect(plans.map(({ electionId, of }) => [electionId, of.totalRows, of.bad])).toEqual(ids.map((id) => [id, 2, 0]));
    expect(await onRolls(ids)).toEqual([[], [], []]);
    const done = await importRolls(office.connection, ids, file, {
      onPlan: (plan, id) => void told.push(`${id} ${plan.totalRows}`),
    });
    expect(told).toEqual(ids.map((id) => `${id} 2`));
    expect(done.map(({ of }) => [of.imported, of.alreadyThere])).toEqual([
      [2, 0],
      [2, 0],
      [2, 0],
    ]);
    // The bylaw is the whole country's.
    expect(await onRolls(ids)).toEqual([
      ["all", "all"],
      ["1", "2"],
      ["1", "2"],
    ]);
    const hashes = (await Promise.all(ids.map((id) => office.roll(id)))).flat().map(({ hash }) => hash);
    expect(new Set(hashes).size).toBe(6);
    const again = await importRolls(office.connection, ids, file);
    expect(again.map(({ of }) => [of.imported, of.alreadyThere])).toEqual([
      [0, 2],
      [0, 2],
      [0, 2],
    ]);
  });

  test("with a fault in one of them changes nothing in any, and tells which", async () => {
    const ids = await paperIn(office, "G");
    const file = await office.file("G.csv", `${HEADER}${VOTERS}333333333,ABC333,all\n`);
    const refused = (id: string) =>
      `For election ${id}: G.csv: nothing was imported, for 1 bad row\n  line 4: region_id is not a region of election ${id}`;
    const message = await refusal(importRolls(office.connection, ids, file));
    expect(message).toContain(refused("G-council"));
    expect(message).toContain(refused("G-mayor"));
    expect(message).not.toContain("G-bylaw");
    expect(await onRolls(ids)).toEqual([[], [], []]);
    expect((await registeredIn(office, "G")).map(({ rollImports }) => rollImports)).toEqual([[], [], []]);
    // What is wrong for all is told once.
    const short = await office.file("G2.csv", `${HEADER}1,ABC111,1\n`);
    expect((await refusal(importRolls(office.connection, ids, short))).split("line 2")).toHaveLength(2);
    expect(await refusal(importRolls(office.connection, [...ids, "nobody"], file))).toBe(
      "For election nobody: There is no election nobody: apply its definition first.",
    );
  });

  test.each([
    // What it counted before it was killed is told with the rest, if it had come to note it.
    { name: "H", noted: "just noted", journalEveryMs: 0, told: [0, 2, 2] },
    { name: "HN", noted: "not yet noted", journalEveryMs: Infinity, told: [0, 0, 2] },
  ])("resumes where it was killed, with its place $noted", async ({ name, journalEveryMs, told }) => {
    const ids = await paperIn(office, name);
    const file = await office.file(`${name}.csv`, HEADER + VOTERS);
    const killed = importRolls(office.connection, ids, file, {
      journalEveryMs,
      onProgress({ step }) {
        if (step === `importing ${name}-council (2 of 3)`) throw new Error("killed");
      },
    });
    await expect(killed).rejects.toThrow("killed");
    expect(await onRolls(ids)).toEqual([["all", "all"], ["1", "2"], []]);
    const marks = async () => (await registeredIn(office, name)).map(({ rollImports }) => rollImports.length);
    expect(await marks()).toEqual([0, 1, 0]);
    const done = await importRolls(office.connection, ids, file);
    expect(done.map(({ of }) => of.imported)).toEqual(told);
    expect(await marks()).toEqual([0, 0, 0]);
  });

  test("says which rolls it is on when one closes in between", async () => {
    const ids = await paperIn(office, "I");
    const file = await office.file("I.csv", HEADER + VOTERS);
    const closesAt = (await registeredIn(office, "I"))[1]?.definition.closesAt ?? "";
    await extendElection(office.connection, "I-bylaw", "2100-01-01T12:00:00Z", { ...WHO, confirm: async () => true });
    const message = await refusal(importRolls(office.connection, ids, file, { atMs: Date.parse(closesAt) - 1 }));
    expect(message).toMatch(/^Voting in election I-council closed during this import, .*\n/);
    expect(message).toMatch(/\nThe file is on the roll of election I-bylaw already\.$/);
    expect(await onRolls(ids)).toEqual([["all", "all"], [], []]);
  });
});

describe("an act on the rolls of a paper", () => {
  /** A paper that is open, and what its voters do. */
  async function opened(name: string) {
    const ids = await paperIn(office, name);
    await importRolls(office.connection, ids, await office.file(`${name}.csv`, HEADER + VOTERS));
    for (const id of ids) await stateOpening(office.connection, id, WHO);
    const asked = (asksRegion: boolean): Promise<readonly Asked[]> =>
      Promise.all(ids.map((id) => askedOf(office.connection, id, { asksRegion })));
    return {
      ids,
      asked,
      /** What becomes of a ballot in each question, in the order of `ids`. */
      async vote(nas: string, code: string, region = "1", questionIds = ids): Promise<readonly string[]> {
        return Promise.all(
          questionIds.map(async (id) => {
            const ballot = await ballotOf(office, id, [nas, code], id.endsWith("bylaw") ? "all" : region);
            await decide(office, office.connection.dynamodb, [ballot]);
            return outcomeOf(office, ballot);
          }),
        );
      },
      async act(strike: Strike, typed: Record<string, string>) {
        const kept: (readonly NewCode[])[] = [];
        const about = await asked(strike === "moved");
        const rolls = about.map((each) => ({ asked: each, people: onePerson(each, new Map(Object.entries(typed))) }));
        const { draw } = codesOf(about[0]?.definition ?? law());
        const done = await actOnRolls(office.connection, rolls, strike, {
          ...WHO,
          keepCodes: async (codes) => void kept.push(codes),
          ...((strike === "moved" || strike === "reissued") && { drawCode: draw }),
        });
        const told = done.summaries.map(({ of }) => [of.strike, of.done.length, of.leftOut.map(({ why }) => why)]);
        return { told, codes: done.codes, kept };
      },
    };
  }

  test("a new code is the same for every question, and the old one is void in each", async () => {
    const { act, vote } = await opened("J");
    const { told, codes, kept } = await act("reissued", { nas: "111111111" });
    expect(told).toEqual([
      ["reissued", 1, []],
      ["reissued", 1, []],
      ["reissued", 1, []],
    ]);
    expect(codes.map(({ regionId }) => regionId)).toEqual(["1"]);
    expect(kept.flat().map(({ code }) => code)).toEqual([codes[0]?.code, codes[0]?.code, codes[0]?.code]);
    expect(await vote("111111111", "ABC111")).toEqual(["reissued", "reissued", "reissued"]);
    expect(await vote("111111111", codes[0]?.code ?? "")).toEqual(["accepted", "accepted", "accepted"]);
    expect(await vote("111111111", codes[0]?.code ?? "")).toEqual(["duplicate", "duplicate", "duplicate"]);
  });

  test("who has voted in a question keeps the code there, gets the new one in the others, and is told of each", async () => {
    const { act, vote, ids } = await opened("K");
    expect(await vote("111111111", "ABC111", "1", ids.slice(1, 2))).toEqual(["accepted"]);
    const { told, codes } = await act("reissued", { nas: "111111111" });
    expect(told).toEqual([
      ["reissued", 1, []],
      ["reissued", 0, ["has voted"]],
      ["reissued", 1, []],
    ]);
    const code = codes[0]?.code ?? "";
    expect(await vote("111111111", code)).toEqual(["accepted", "unknown-credentials", "accepted"]);
    expect(await vote("111111111", "ABC111", "1", ids.slice(1, 2))).toEqual(["duplicate"]);
  });

  test("who moves gets the same new code for a law, which has no regions", async () => {
    const { act, vote } = await opened("L");
    const { told, codes } = await act("moved", { nas: "111111111", region_id: "2" });
    expect(told).toEqual([
      ["reissued", 1, []],
      ["moved", 1, []],
      ["moved", 1, []],
    ]);
    expect(codes.map(({ regionId }) => regionId)).toEqual(["2"]);
    expect(await vote("111111111", codes[0]?.code ?? "", "2")).toEqual(["accepted", "accepted", "accepted"]);
  });

  test("who is removed, or voted elsewhere, votes in none", async () => {
    const { act, vote } = await opened("M");
    await act("removed", { nas: "111111111" });
    await act("voted-elsewhere", { nas: "222222222" });
    expect(await vote("111111111", "ABC111")).toEqual(["removed", "removed", "removed"]);
    expect(await vote("222222222", "ABC222", "2")).toEqual(["voted-elsewhere", "voted-elsewhere", "voted-elsewhere"]);
  });

  test("who is added gets one code for all, and is nobody's double", async () => {
    const { asked, vote, ids } = await opened("N");
    const about = await asked(true);
    const typed = new Map(Object.entries({ nas: "333333333", region_id: "2" }));
    const to = about.map((each) => ({ asked: each, people: onePerson(each, typed) }));
    const { draw: drawCode } = codesOf(about[0]?.definition ?? law());
    const add = () => addWithNewCodes(office.connection, to, { ...WHO, reason: undefined, drawCode });
    const { codes, summaries } = await add();
    expect(summaries.map(({ electionId, of }) => [electionId, of.imported])).toEqual(ids.map((id) => [id, 1]));
    expect(await vote("333333333", codes[0]?.code ?? "", "2")).toEqual(["accepted", "accepted", "accepted"]);
    expect(await refusal(add())).toContain("this person is on the roll of election N-mayor already.");
  });

  test("who is added to some only, since the connection broke, has a code that is told", async () => {
    const { asked, vote, ids } = await opened("HALF");
    const about = await asked(true);
    const typed = new Map(Object.entries({ nas: "333333333", region_id: "2" }));
    const to = about.map((each) => ({ asked: each, people: onePerson(each, typed) }));
    let written = 0;
    const documents = new Proxy(office.connection.documents, {
      get: (target, name) =>
        name === "send"
          ? async (command: Parameters<typeof target.send>[0]) => {
              if (command instanceof BatchWriteCommand && ++written === 2) throw new Error("socket hang up");
              return target.send(command);
            }
          : Reflect.get(target, name),
    });
    const told: string[] = [];
    const adding = addWithNewCodes({ ...office.connection, documents }, to, {
      ...{ ...WHO, reason: undefined, drawCode: codesOf(about[0]?.definition ?? law()).draw },
      onPartly: (codes) => told.push(...codes.map(({ code }) => code)),
    });
    await expect(adding).rejects.toThrow("socket hang up");
    expect(ids).toHaveLength(3);
    expect((await vote("333333333", told[0] ?? "", "2")).filter((status) => status === "accepted")).toHaveLength(1);
  });

  test("is refused for who is on none of them, and changes nothing; who is not on one is told", async () => {
    const { act, ids } = await opened("O");
    const rolls = () => Promise.all(ids.map((id) => office.roll(id)));
    const before = await rolls();
    expect(await refusal(act("removed", { nas: "999999999" }))).toContain(
      "this person is not on the roll of elections O-bylaw, O-council, O-mayor",
    );
    expect(await rolls()).toEqual(before);
    await importRolls(office.connection, ["O-bylaw"], await office.file("O2.csv", `${HEADER}444444444,ABC444,1\n`));
    expect((await act("removed", { nas: "444444444" })).told).toEqual([
      ["removed", 1, []],
      ["removed", 0, ["is nobody on this roll"]],
      ["removed", 0, ["is nobody on this roll"]],
    ]);
  });
});

test.each([
  ["DA", new EnglishRefusal("The disk is full."), { refused: "The disk is full." }],
  ["DB", new Error("socket hang up"), { failed: "socket hang up" }],
] as const)(
  "a new code is told where it is good, although something stands against it for another question: %s",
  async (name, fault, { refused, failed }: Readonly<{ refused?: string; failed?: string }>) => {
    const ids = await paperIn(office, name);
    await importRolls(office.connection, ids, await office.file(`${name}.csv`, HEADER + VOTERS));
    const about = await Promise.all(ids.map((id) => askedOf(office.connection, id, { asksRegion: false })));
    const typed = new Map([["nas", "111111111"]]);
    const rolls = about.map((each) => ({ asked: each, people: onePerson(each, typed) }));
    let written = 0;
    const done = await actOnRolls(office.connection, rolls, "reissued", {
      ...WHO,
      drawCode: codesOf(about[0]?.definition ?? law()).draw,
      keepCodes: async () => {
        if (++written === 2) throw fault;
      },
    });
    const [, second] = ids;
    expect(done.summaries.map(({ electionId }) => electionId)).toEqual(ids.filter((id) => id !== second));
    expect(done.codes).toHaveLength(1);
    expect(done.refused).toEqual(refused === undefined ? [] : [{ electionId: second, of: refused }]);
    expect(done.failed).toEqual(failed === undefined ? [] : [{ electionId: second, of: failed }]);
  },
);
