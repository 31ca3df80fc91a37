import { describe, expect, test } from "vitest";
import { MOST_QUESTIONS, type PaperFault, paperFaults, paperTimesFaults, questionsOf } from "#core/paper.ts";
import { law, paperOfThree, race } from "#test/definitions.ts";

/** What the questions of a paper have in common. */

const [mayor, council, bylaw] = paperOfThree();
const LONG_CODE = [{ ...law().credentialFields[1], name: "code", pattern: "[A-Z0-9]{8}" }];

const inEnglish = (faults: readonly PaperFault[]) =>
  faults.map(({ electionId, fault }) => ({ electionId, fault: fault.en }));

describe("the questions of a paper", () => {
  test("may be counted in any way, and a law beside races has no regions", () => {
    expect(paperFaults([mayor, council, bylaw])).toEqual([]);
    expect(paperTimesFaults([mayor, council, bylaw])).toEqual([]);
  });

  test("are those that name it, and others are none of its concern", () => {
    const other = race({ electionId: "O", paper: "P2", timeZone: "UTC" });
    expect(paperFaults([mayor, other, law({ timeZone: "UTC" })])).toEqual([]);
    const elections = [mayor, other, bylaw].map((definition) => ({ definition }));
    expect(questionsOf(elections, "P1").map(({ definition }) => definition.electionId)).toEqual([
      "P1-mayor",
      "P1-bylaw",
    ]);
  });

  test.each([
    [
      "credentials",
      { credentialFields: LONG_CODE },
      "credentialFields: must be nas [0-9]{9}, code [A-Z0-9]{6}, in this order, as in election P1-mayor of the same paper P1.",
    ],
    [
      "the order of credentials",
      { credentialFields: [...law().credentialFields].reverse() },
      "credentialFields: must be nas [0-9]{9}, code [A-Z0-9]{6}, in this order, as in election P1-mayor of the same paper P1.",
    ],
    [
      "a time zone",
      { timeZone: "UTC" },
      "timeZone: must be America/Toronto, as in election P1-mayor of the same paper P1.",
    ],
    [
      "being a rehearsal",
      { test: true, title: { fr: "ESSAI", en: "TEST" } },
      "test: must be false, as in election P1-mayor of the same paper P1.",
    ],
  ])("have the same %s", (_, overrides, fault) => {
    const other = law({ electionId: "other", paper: "P1", ...overrides });
    expect(inEnglish(paperFaults([mayor, bylaw, other]))).toEqual([{ electionId: "other", fault }]);
    // Beside one that is registered, too; and one that takes its place is not compared with itself.
    expect(inEnglish(paperFaults([other], [mayor]))).toEqual([{ electionId: "other", fault }]);
    expect(paperFaults([law({ electionId: "other", paper: "P1" })], [other, mayor])).toEqual([]);
  });

  test("have the same regions where they have any, in whatever order", () => {
    const regions = (...ids: string[]) => ids.map((regionId) => ({ regionId, name: { fr: regionId, en: regionId } }));
    const among = (...ids: string[]) =>
      race({
        ...{ electionId: "other", paper: "P1", regions: regions(...ids), parties: [] },
        candidates: [{ candidateId: "1", lastName: "Roy", regionIds: ids }],
      });
    expect(paperFaults([bylaw, mayor, among("2", "1")])).toEqual([]);
    expect(inEnglish(paperFaults([bylaw, mayor, among("1", "3")]))).toEqual([
      {
        electionId: "other",
        fault: "regions: must have the same ids, as in election P1-mayor of the same paper P1: 2 missing, 3 not there.",
      },
    ]);
  });

  test(`are at most ${MOST_QUESTIONS}, those that are registered among them`, () => {
    const laws = Array.from({ length: MOST_QUESTIONS + 1 }, (_, at) => law({ electionId: `L${at}`, paper: "P1" }));
    const fault = "paper: P1 may have 12 questions and has 13.";
    expect(paperFaults(laws.slice(1))).toEqual([]);
    expect(inEnglish(paperFaults(laws))).toEqual([{ electionId: "L12", fault }]);
    expect(inEnglish(paperFaults(laws.slice(12), laws))).toEqual([{ electionId: "L12", fault }]);
  });

  test("break all rules that they break at once", () => {
    const other = law({ electionId: "other", paper: "P1", timeZone: "UTC", credentialFields: LONG_CODE });
    expect(paperFaults([mayor, other]).map(({ fault }) => fault.en.split(":")[0])).toEqual([
      "credentialFields",
      "timeZone",
    ]);
  });
});

describe("the times of a paper", () => {
  const closesAt = "2098-12-31T23:59:59Z";
  const fault = "closesAt: must be 2099-12-31T23:59:59Z, as in election P1-mayor of the same paper P1.";
  const later = law({ ...bylaw, closesAt });

  test("are the same when its questions are applied, together or one after the other", () => {
    expect(inEnglish(paperTimesFaults([mayor, council, later]))).toEqual([{ electionId: "P1-bylaw", fault }]);
    expect(inEnglish(paperTimesFaults([later], [mayor, council]))).toEqual([{ electionId: "P1-bylaw", fault }]);
    // One that is moved alone, and one that joins the paper.
    expect(inEnglish(paperTimesFaults([later], [mayor, council, bylaw]))).toEqual([{ electionId: "P1-bylaw", fault }]);
    expect(paperTimesFaults([later], [mayor, law({ ...later, paper: undefined })])).toHaveLength(1);
  });

  test("may be written with another offset", () => {
    expect(paperTimesFaults([mayor, law({ ...bylaw, closesAt: "2099-12-31T18:59:59-05:00" })])).toEqual([]);
  });

  test("move together", () => {
    const moved = [mayor, council, bylaw].map((definition) => ({ ...definition, closesAt }));
    expect(paperTimesFaults(moved, [mayor, council, bylaw])).toEqual([]);
  });

  test("that officers parted since stay so, and one more question has those of either", () => {
    const registered = [mayor, council, later];
    expect(paperTimesFaults(registered, registered)).toEqual([]);
    expect(paperTimesFaults([{ ...later, title: { fr: "Autre", en: "Other" } }], registered)).toEqual([]);
    expect(paperTimesFaults([law({ electionId: "new", paper: "P1", closesAt })], registered)).toEqual([]);
    expect(paperTimesFaults([law({ electionId: "new", paper: "P1" })], registered)).toEqual([]);
    expect(
      paperTimesFaults([law({ electionId: "new", paper: "P1", closesAt: "2097-01-01T00:00:00Z" })], registered),
    ).toHaveLength(1);
  });
});
