import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { extractText } from "unpdf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkCards } from "#admin/cards/check.ts";
import { codesOf } from "#admin/cards/codes.ts";
import { makeCards, makeRecordedCards } from "#admin/cards/make.ts";
import { findVisit, visitToPaper } from "#admin/cards/visit.ts";
import { formatElection, formatElections } from "#admin/commands/election-report.ts";
import { tellOthers } from "#admin/commands/which-elections.ts";
import { cancelElection } from "#admin/elections/cancellation.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { requirePaper } from "#admin/elections/paper.ts";
import { extendElection } from "#admin/elections/times.ts";
import { addWithNewCodes } from "#admin/roll/addition.ts";
import { checkRolls, importRolls } from "#admin/roll/import-rolls.ts";
import type { NewCode } from "#admin/roll/new-codes.ts";
import { actOnRolls } from "#admin/roll/paper-acts.ts";
import { type Asked, askedOf, onePerson } from "#admin/roll/people.ts";
import { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import type { Strike } from "#core/strike.ts";
import { readEachDefinition } from "#storage/definition-file.ts";
import { applyElection, applyElections } from "#storage/election-register.ts";
import { listElections } from "#storage/registered-elections.ts";
import { refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { readSquare } from "#test/admin/printed-square.ts";
import { ballotOf, decide, outcomeOf } from "#test/admin/strikes.ts";
import { law, paperOfThree } from "#test/definitions.ts";

/** Papers of several questions, as officers register them. */

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const WHO = { who: "Ada" };

/** The three questions of a paper of this name. */
const questions = (paper: string): readonly ElectionDefinition[] =>
  paperOfThree({ paper }).map((definition) => ({
    ...definition,
    electionId: definition.electionId.replace("P1", paper),
  }));

const registered = async (paper: string) =>
  (await listElections(office.connection)).filter(({ definition }) => definition.paper === paper);

describe("registering a paper", () => {
  test("takes its questions together or one by one, and lists tell it", async () => {
    const together = questions("A");
    expect(await applyElections(office.connection, together, WHO)).toEqual(["registered", "registered", "registered"]);
    for (const question of questions("B")) {
      expect(await applyElection(office.connection, question, WHO)).toBe("registered");
      expect(await applyElection(office.connection, question, WHO)).toBe("unchanged");
    }
    await applyElection(office.connection, law({ electionId: "alone" }), WHO);
    const list = formatElections(await listElections(office.connection), Date.now());
    expect(list).toMatch(/ON ROLL +PAPER +TITLE\n/);
    expect(list).toMatch(/^A-bylaw .* 0 +A +Bylaw$/m);
    expect(list).toMatch(/^alone .* 0 +- +Law$/m);
    const [first] = await registered("A");
    if (first === undefined) throw new Error("it was registered");
    expect(formatElection(first, Date.now())).toMatch(/^paper +A$/m);
  });

  test("refuses a question that does not fit those registered, and changes nothing", async () => {
    const [mayor, council, bylaw] = questions("C");
    if (mayor === undefined || council === undefined || bylaw === undefined) throw new Error("there are three");
    await applyElections(office.connection, [mayor, council], WHO);
    const other = { ...bylaw, timeZone: "UTC", closesAt: "2098-01-01T00:00:00Z" };
    const told = [
      "Election C-bylaw: timeZone: must be America/Toronto, as in election C-council of the same paper C.",
      "Election C-bylaw: closesAt: must be 2099-12-31T23:59:59Z, as in election C-council of the same paper C.",
    ];
    expect(await refusal(applyElection(office.connection, other, WHO))).toBe(told.join("\n"));
    expect(await refusal(applyElections(office.connection, [law({ electionId: "C0" }), other], WHO))).toBe(
      told.join("\n"),
    );
    expect((await registered("C")).map(({ definition }) => definition.electionId)).toEqual(["C-council", "C-mayor"]);
    expect((await listElections(office.connection)).some(({ definition }) => definition.electionId === "C0")).toBe(
      false,
    );
  });

  test("moves the times of all its questions together, and of none alone", async () => {
    const before = questions("D");
    await applyElections(office.connection, before, WHO);
    const after = before.map((question) => ({ ...question, closesAt: "2098-01-01T00:00:00Z" }));
    for (const question of after) {
      expect(await refusal(applyElection(office.connection, question, WHO))).toContain("closesAt: must be 2099-12-31");
    }
    expect(await applyElections(office.connection, after, WHO)).toEqual(["changed", "changed", "changed"]);
  });

  test("tells the faults of all files at once, by file and field", async () => {
    const [mayor, council, bylaw] = questions("E");
    const files = [
      await office.file("mayor.json", JSON.stringify(mayor)),
      await office.file("council.json", JSON.stringify({ ...council, timeZone: "UTC" })),
      await office.file("bylaw.json", JSON.stringify({ ...bylaw, electionId: "E-mayor" })),
      await office.file("broken.json", JSON.stringify({ ...bylaw, paper: "no id" })),
    ];
    const [mayorFile, councilFile, bylawFile, brokenFile] = files;
    expect(await refusal(readEachDefinition(files))).toBe(
      [
        `${brokenFile}: paper: letters, digits, - and _ only, 1 to 40 characters.`,
        `${bylawFile}: electionId: E-mayor is that of ${mayorFile}.`,
        `${councilFile}: timeZone: must be America/Toronto, as in election E-mayor of the same paper E.`,
      ].join("\n"),
    );
  });
});

const HEADER = "nas,code,region_id\n";
const VOTERS = "111111111,ABC111,1\n222222222,ABC222,2\n";

/** Registers a paper and answers its elections' ids: of a bylaw, a council and a mayor. */
async function paper(name: string): Promise<readonly string[]> {
  await applyElections(office.connection, questions(name), WHO);
  return (await registered(name)).map(({ definition }) => definition.electionId);
}

describe("one file of voters for a paper", () => {
  const onRolls = (ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => (await office.roll(id)).map(({ regionId }) => regionId).sort()));

  test("puts them on every roll, each under its own pepper, and again without harm", async () => {
    const ids = await paper("F");
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
    const ids = await paper("G");
    const file = await office.file("G.csv", `${HEADER}${VOTERS}333333333,ABC333,all\n`);
    const refused = (id: string) =>
      `For election ${id}: G.csv: nothing was imported, for 1 bad row\n  line 4: region_id is not a region of election ${id}`;
    const message = await refusal(importRolls(office.connection, ids, file));
    expect(message).toContain(refused("G-council"));
    expect(message).toContain(refused("G-mayor"));
    expect(message).not.toContain("G-bylaw");
    expect(await onRolls(ids)).toEqual([[], [], []]);
    expect((await registered("G")).map(({ rollImports }) => rollImports)).toEqual([[], [], []]);
    // What is wrong for all is told once.
    const short = await office.file("G2.csv", `${HEADER}1,ABC111,1\n`);
    expect((await refusal(importRolls(office.connection, ids, short))).split("line 2")).toHaveLength(2);
    expect(await refusal(importRolls(office.connection, [...ids, "nobody"], file))).toBe(
      "For election nobody: There is no election nobody: apply its definition first.",
    );
  });

  test("resumes where it was killed, whichever of them it had come to", async () => {
    const ids = await paper("H");
    const file = await office.file("H.csv", HEADER + VOTERS);
    const killed = importRolls(office.connection, ids, file, {
      onProgress({ step }) {
        if (step === "importing H-council (2 of 3)") throw new Error("killed");
      },
    });
    await expect(killed).rejects.toThrow("killed");
    expect(await onRolls(ids)).toEqual([["all", "all"], ["1", "2"], []]);
    const marks = async () => (await registered("H")).map(({ rollImports }) => rollImports.length);
    expect(await marks()).toEqual([0, 1, 0]);
    const done = await importRolls(office.connection, ids, file);
    expect(done.map(({ of }) => of.imported)).toEqual([0, 0, 2]);
    expect(await marks()).toEqual([0, 0, 0]);
  });

  test("says which rolls it is on when one closes in between", async () => {
    const ids = await paper("I");
    const file = await office.file("I.csv", HEADER + VOTERS);
    const closesAt = (await registered("I"))[1]?.definition.closesAt ?? "";
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
    const ids = await paper(name);
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
    expect((await refusal(add())).split("\n")).toContain("  line 1: is on the roll of election N-mayor already");
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
      "line 1: is nobody on the roll of elections O-bylaw, O-council, O-mayor",
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
  ["DA", new Refusal("The disk is full."), { refused: "The disk is full." }],
  ["DB", new Error("socket hang up"), { failed: "socket hang up" }],
] as const)(
  "a new code is told where it is good, although something stands against it for another question: %s",
  async (name, fault, { refused, failed }: Readonly<{ refused?: string; failed?: string }>) => {
    const ids = await paper(name);
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

test("a paper whose questions were all cancelled binds no other", async () => {
  const ids = await paper("CA");
  const first = await askedOf(office.connection, ids[0] ?? "", { asksRegion: false });
  const cancelling = { reason: { fr: "Non.", en: "No." }, who: "Ada", forgottenAfterMs: 0 };
  for (const id of ids) await cancelElection(office.connection, id, cancelling);
  await tellOthers(office.connection, first.definition, "go on");
  expect(await refusal(requirePaper(office.connection, "CA"))).toBe("All questions of paper CA were cancelled.");
  const again = law({ electionId: "CA-again", paper: "CA", timeZone: "UTC" });
  expect(await applyElection(office.connection, again, WHO)).toBe("registered");
});

describe("letters of a paper", () => {
  const CONTACT = { fr: "le bureau, au 1 855 555-0142", en: "the office, at 1 855 555-0142" };
  const PEOPLE = `name,address_1,nas,region_id,language
Zoë Roy,12 rue de l’Église,111111111,1,fr
Bo Lee,100 Main Street,222222222,2,en
`;
  /** A paper whose codes have a check character, as its definitions ask for by default. */
  async function written(name: string, more: Readonly<Record<string, unknown>> = {}) {
    const definitions = questions(name).map((question) =>
      ElectionDefinition.parse({ ...question, credentialFields: undefined, contact: CONTACT, ...more }),
    );
    await applyElections(office.connection, definitions, WHO);
    const visit = await findVisit(office.connection, { paper: name });
    return { visit, people: await office.file(`${name}-people.csv`, PEOPLE), out: office.path(`${name}-letters`) };
  }

  test("name every question and its address, with one code that is good for all", async () => {
    const { visit, people, out } = await written("P");
    expect(
      await makeRecordedCards(office.connection, visit, people, out, { ...WHO, site: "https://v.example" }),
    ).toMatchObject({
      letters: 2,
      url: "https://v.example/fr/vote/paper/P/1",
    });
    const english = join(out, "letters-en-001.pdf");
    const [page] = (await extractText(new Uint8Array(await readFile(english)), { mergePages: false })).text;
    for (const told of [
      "Your ballot: 3 questions",
      "1. Bylaw",
      "2. Council",
      "3. Mayor",
      "/en/vote/paper/P/2",
      "tracking codes",
    ]) {
      expect(page?.replaceAll("\u00a0", " ")).toContain(told);
    }
    expect(await readSquare(english, 1)).toBe("https://v.example/en/vote/paper/P/2");
    const ids = visit.questions.map(({ electionId }) => electionId);
    expect((await checkCards(office.connection, visit, [out])).differences[0]).toBe(
      "election P-bylaw: P-letters/roll.csv, line 2: this voter is not on the roll",
    );
    await importRolls(office.connection, ids, join(out, "roll.csv"));
    expect(await checkCards(office.connection, visit, [out])).toMatchObject({ letters: 2, onRoll: 2, differing: 0 });
    for (const { stateChanges } of await registered("P")) {
      expect(stateChanges.map(({ what }) => what)).toContainEqual(
        expect.stringMatching(
          /^letters made to paper P: 2 people, P-people.csv SHA-256 [0-9a-f]{64}, reason not given$/,
        ),
      );
    }
    // They are no letters of one of its elections.
    const alone = await findVisit(office.connection, { election: "P-mayor" });
    expect((await checkCards(office.connection, alone, [out])).differences).toContain(
      "P-letters/letters-en-001.pdf, page 1: a letter of paper P",
    );
  });

  test("have room for the titles of twelve questions", async () => {
    const title = {
      fr: "Règlement 2026-114 sur le zonage du quartier nord",
      en: "Bylaw 2026-114 on the zoning of the north",
    };
    const definitions = Array.from({ length: 12 }, (_, at) =>
      law({ electionId: `T${at}`, paper: "T", title, contact: CONTACT, credentialFields: undefined }),
    );
    const people = await office.file("twelve.csv", PEOPLE);
    const made = makeCards(visitToPaper("T", definitions), "https://v.example", people, office.path("twelve"));
    expect(await made).toMatchObject({ letters: 2 });
  });

  test("are refused for a paper that nobody named, with those there are", async () => {
    expect(await refusal(findVisit(office.connection, { paper: "nowhere" }))).toMatch(
      /^There is no paper nowhere: the papers are A, B, /,
    );
  });

  test("are refused once voting in a question has closed, and nothing is written", async () => {
    const { visit, people, out } = await written("Q");
    const atMs = Date.parse("2100-01-01T00:00:00Z");
    expect(await refusal(makeRecordedCards(office.connection, visit, people, out, { ...WHO, atMs }))).toBe(
      "Voting in election Q-bylaw has closed: nobody can use a code any more.",
    );
    await expect(readFile(join(out, "roll.csv"))).rejects.toThrow("ENOENT");
  });
});
