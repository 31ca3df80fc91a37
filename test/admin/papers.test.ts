import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatElection, formatElections } from "#admin/commands/election-report.ts";
import { tellOthers } from "#admin/commands/which-elections.ts";
import { cancelElection } from "#admin/elections/cancellation.ts";
import { requirePaper } from "#admin/elections/paper.ts";
import { askedOf } from "#admin/roll/people.ts";
import { readEachDefinition } from "#storage/definition-file.ts";
import { applyElection, applyElections } from "#storage/election-register.ts";
import { listElections } from "#storage/registered-elections.ts";
import { refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { paperIn, questions, registeredIn, WHO } from "#test/admin/town-paper.ts";
import { law } from "#test/definitions.ts";

/** The questions of a paper: what they share, beside each other and in time. */

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

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
    const [first] = await registeredIn(office, "A");
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
    expect((await registeredIn(office, "C")).map(({ definition }) => definition.electionId)).toEqual([
      "C-council",
      "C-mayor",
    ]);
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

test("a paper whose questions were all cancelled binds no other", async () => {
  const ids = await paperIn(office, "CA");
  const first = await askedOf(office.connection, ids[0] ?? "", { asksRegion: false });
  const cancelling = { reason: { fr: "Non.", en: "No." }, who: "Ada", forgottenAfterMs: 0 };
  for (const id of ids) await cancelElection(office.connection, id, cancelling);
  await tellOthers(office.connection, first.definition, "go on");
  expect(await refusal(requirePaper(office.connection, "CA"))).toBe("All questions of paper CA were cancelled.");
  const again = law({ electionId: "CA-again", paper: "CA", timeZone: "UTC" });
  expect(await applyElection(office.connection, again, WHO)).toBe("registered");
});
