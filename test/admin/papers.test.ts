import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatElection, formatElections } from "#admin/commands/election-report.ts";
import { extendElection } from "#admin/elections/times.ts";
import { checkRolls, importRolls } from "#admin/roll/import-rolls.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { readEachDefinition } from "#storage/definition-file.ts";
import { applyElection, applyElections, listElections } from "#storage/election-register.ts";
import { refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
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

describe("one file of voters for a paper", () => {
  const HEADER = "nas,code,region_id\n";
  const VOTERS = "111111111,ABC111,1\n222222222,ABC222,2\n";

  /** Registers a paper and answers its elections' ids. */
  async function paper(name: string): Promise<readonly string[]> {
    await applyElections(office.connection, questions(name), WHO);
    return (await registered(name)).map(({ definition }) => definition.electionId);
  }
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
      `Election ${id}: G.csv: nothing was imported, for 1 bad row\n  line 4: region_id is not a region of election ${id}`;
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
      "Election nobody: There is no election nobody: apply its definition first.",
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
    expect(message).toMatch(/^Election I-council: Voting in election I-council closed during this import, .*\n/);
    expect(message).toMatch(/\nElection I-bylaw: the file is on the roll already\.$/);
    expect(await onRolls(ids)).toEqual([["all", "all"], [], []]);
  });
});
