import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatElection, formatElections } from "#admin/commands/election-report.ts";
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
