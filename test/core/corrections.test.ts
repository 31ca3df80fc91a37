import { expect, test } from "vitest";
import { correctionFault } from "#core/corrections.ts";
import { race } from "#test/definitions.ts";

/** What a correction may make of names. */

const name = (fr: string, en = fr) => ({ fr, en });
const parties = ["green", "blue"].map((partyId) => ({ partyId, name: name(partyId), colour: "#1d4ed8" }));
const candidates = [
  { candidateId: "1", firstName: "Ada", lastName: "Roy", regionIds: ["1", "2"] },
  { candidateId: "2", firstName: "Bo", lastName: "Lee-Côté", regionIds: ["1", "2"] },
];
const STATED = race({ parties, candidates });

test.each([
  ["candidates.1.lastName", "Roy", "Roï", undefined],
  ["candidates.1.lastName", "Rey", "Roï", "another-text"],
  ["candidates.2.lastName", "Lee-Côté", "Lee-Cote", undefined],
  ["candidates.2.lastName", "Lee-Côté", "Roy", undefined],
  ["parties.green", "green", "greens", "another-text"],
  ["parties.green.name", name("green"), name("vert", "green"), undefined],
  ["parties.green.name", name("green"), name("green", "Blue"), "name-of-another"],
] as const)("%s from %j to %j: %s", (of, from, to, fault) => {
  expect(correctionFault(STATED, STATED, [{ of, from, to }])).toBe(fault);
});

test.each(["Bo Lee-Côté", "BO LEE COTE", "Bo\u00a0 Lee\u2011Co\u0302te\u0301", "Bo\u200bLee-Côté"])(
  "“%s” reads as the name of another",
  (full) => {
    const corrected = [
      { of: "candidates.1.firstName", from: "Ada", to: "" },
      { of: "candidates.1.lastName", from: "Roy", to: full },
    ];
    expect(correctionFault(STATED, STATED, corrected)).toBe("name-of-another");
  },
);
