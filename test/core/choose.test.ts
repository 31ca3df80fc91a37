import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CERTIFICATE_FORMAT, type Certificate, contradictions } from "#core/ballot-box.ts";
import { certifiedResult } from "#core/certified-result.ts";
import { mostChoices } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { envelopeBytes, sealEnvelope } from "#core/envelope.ts";
import { interpretBallot } from "#core/interpretation.ts";
import { electedByMarks } from "#core/most-marks.ts";
import { ballotsIn, countElection, sumTallies } from "#core/results.ts";
import { electedIn, seatsByParty, seatsOf } from "#core/seats.ts";
import { checkSelection, countBallot, readSelection, SPOILED, writeSelection } from "#core/selection.ts";
import { chooseRace, faultsOf, OPENING, stated } from "#test/definitions.ts";

/** Ballots that mark several names. */

const IDS = ["a", "b", "c", "d", "e"];

function council(overrides: Record<string, unknown> = {}): ElectionDefinition & { votingMethod: "choose" } {
  const candidates = IDS.map((candidateId) => ({
    candidateId,
    firstName: "A",
    lastName: candidateId,
    regionIds: ["1"],
  }));
  const definition = chooseRace({
    regions: [{ regionId: "1", name: { fr: "Ville", en: "City" } }],
    candidates,
    seats: 2,
    maxChoices: 3,
    ...overrides,
  });
  if (definition.votingMethod !== "choose") throw new Error("names are marked");
  return definition;
}

const marks = (...candidateIds: string[]) => ({ kind: "marks", candidateIds }) as const;

function tallyOf(ballots: readonly string[]): Map<string, number> {
  const tally = new Map<string, number>();
  for (const ballot of ballots) countBallot(tally, ballot);
  return tally;
}

/** A ballot's text as it is in the envelope. */
async function interpret(definition: ElectionDefinition, text: string): Promise<string> {
  const plain = new Uint8Array(envelopeBytes(definition) - 48);
  new DataView(plain.buffer).setUint16(0, text.length);
  plain.set(new TextEncoder().encode(text), 2);
  const envelope = new Uint8Array(envelopeBytes(definition));
  return interpretBallot(async () => plain, stated(definition), "1", { oneTimeKey: new Uint8Array(32), envelope });
}

describe("a definition", () => {
  test("elects one and lets as many be marked as it says, or all", () => {
    expect(chooseRace()).toMatchObject({ seats: 1, maxChoices: 2 });
    expect(mostChoices(council({ maxChoices: "all" }), "1")).toBe(5);
    expect(mostChoices(council({ maxChoices: 9 }), "1")).toBe(5);
    expect(mostChoices(council(), "1")).toBe(3);
  });

  test.each([
    ["more seats than candidates", { seats: 6 }, "region 1 has 5 candidates for 6 seats"],
    ["no seat", { seats: 0 }, "seats"],
    ["nobody to mark", { maxChoices: 0 }, "maxChoices"],
    ["any word but all", { maxChoices: "some" }, "maxChoices"],
    ["a drawn order without somebody", { tieBreakOrder: ["a"] }, "names every candidate once"],
  ])("with %s is refused", (_, overrides, words) => {
    const { votingMethod, ...definition } = council();
    expect(faultsOf({ ...definition, votingMethod, ...overrides })).toContain(words);
  });
});

describe("a ballot", () => {
  test.each([
    ["one name", marks("b"), "fits"],
    ["as many as allowed, in any order", marks("c", "a", "b"), "fits"],
    ["one too many", marks("a", "b", "c", "d"), "too-many-choices"],
    ["a name twice", marks("a", "a"), "repeated-candidate"],
    ["nobody", marks(), "no-candidate"],
    ["somebody who does not stand", marks("a", "z"), "unknown-candidate"],
    ["one candidate as in a single choice", { kind: "candidate", candidateId: "a" } as const, "wrong-method"],
    ["a ranking", { kind: "ranking", candidateIds: ["a"] } as const, "wrong-method"],
  ])("with %s: %#", (_, selection, verdict) => {
    const check = checkSelection(council(), "1", selection);
    expect(check.ok ? "fits" : check.fault).toBe(verdict);
  });

  test("is written the same in whatever order it was marked, and read back", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(IDS, { minLength: 1 }), (ids) => {
        const text = writeSelection(marks(...ids));
        expect(text).toBe(writeSelection(marks(...ids.toReversed())));
        expect(readSelection(council(), text)).toEqual(marks(...ids.toSorted()));
      }),
    );
  });

  test("is sealed to one length, whatever it marks", async () => {
    const definition = council({ allowBlank: true });
    const seal = async (plaintext: Uint8Array) => ({
      encapsulatedKey: new Uint8Array(32),
      ciphertext: new Uint8Array(plaintext.length + 16),
    });
    const binding = { regionId: "1", oneTimeKey: new Uint8Array(32) };
    const selections = [marks("a"), marks("a", "b"), marks("c", "d", "e"), { kind: "blank" } as const];
    for (const selection of selections) {
      const envelope = await sealEnvelope(seal, stated(definition), binding, selection);
      expect(envelope).toHaveLength(envelopeBytes(definition));
    }
    // Three names of one character, a + before each.
    expect(envelopeBytes(definition)).toBe(32 + 2 + 6 + 16);
  });

  test.each([
    ["as the site writes it", "+a+c", "+a+c"],
    ["in an order that could tell who cast it", "+c+a", SPOILED],
    ["with a name twice", "+a+a", SPOILED],
    ["with something before the marks", "x+a", SPOILED],
    ["without a mark", "a", SPOILED],
    ["with an empty mark", "+", SPOILED],
    ["blank where that is not allowed", "-", SPOILED],
  ])("sealed %s: %s counts as %s", async (_, text, counted) => {
    expect(await interpret(council(), text)).toBe(counted);
  });

  test("sealed with one name too many counts as spoiled", async () => {
    const candidates = ["a", "b", "a-longer-one"].map((candidateId) => {
      return { candidateId, firstName: "A", lastName: "B", regionIds: ["1"] };
    });
    const definition = council({ candidates, maxChoices: 1, seats: 1 });
    expect(await interpret(definition, "+a")).toBe("+a");
    expect(await interpret(definition, "+a+b")).toBe(SPOILED);
  });
});

describe("a count", () => {
  test("has a vote for each name marked, and counts each ballot once", () => {
    const tally = tallyOf(["+a+b", "+a", "+a+b+c", "-", SPOILED]);
    expect(tally).toEqual(new Map(Object.entries({ a: 3, b: 2, c: 1, "+": 3, "-": 1, [SPOILED]: 1 })));
    expect(ballotsIn(tally)).toBe(5);
    const totals = countElection(council(), new Map([["1", tally]]))
      .byRegion.get("1")
      ?.totals();
    expect(totals).toEqual({
      votes: new Map(Object.entries({ a: 3, b: 2, c: 1, d: 0, e: 0 })),
      blank: 1,
      spoiled: 1,
      total: 3,
      ballots: 5,
    });
  });

  test("of two boxes is the sum of their counts", () => {
    const ballot = fc.oneof(
      fc.subarray(IDS, { minLength: 1, maxLength: 3 }).map((ids) => writeSelection(marks(...ids))),
      fc.constantFrom("-", SPOILED),
    );
    fc.assert(
      fc.property(fc.array(ballot), fc.array(ballot), (one, other) => {
        const sum = sumTallies([tallyOf(one), tallyOf(other)]);
        expect(sum).toEqual(tallyOf([...one, ...other]));
        expect(ballotsIn(sum)).toBe(one.length + other.length);
      }),
    );
  });
});

describe("the seats", () => {
  const votes = new Map(Object.entries({ a: 3, b: 5, c: 3, d: 1, e: 3 }));

  test("go to those with most marks, most first", () => {
    expect(electedByMarks(votes, 1, [])).toEqual({ elected: ["b"] });
    expect(electedByMarks(votes, 4, [])).toEqual({ elected: ["b", "a", "c", "e"] });
    expect(electedByMarks(votes, 5, [])).toEqual({ elected: ["b", "a", "c", "e", "d"] });
  });

  test("that several are tied for stay open without a drawn order, and name those tied", () => {
    expect(electedByMarks(votes, 3, [])).toEqual({ elected: ["b"], open: { tied: ["a", "c", "e"], seats: 2 } });
  });

  test("that several are tied for go to those drawn first", () => {
    const tie = { tied: ["a", "c", "e"], seats: 2 };
    const before = { order: ["d", "e", "b", "a", "c"], drawn: "before-the-election" } as const;
    expect(electedByMarks(votes, 3, [before])).toEqual({ elected: ["b", "e", "a"], byLot: { ...tie, by: "lot" } });
    // A lot drawn afterwards names those tied, and no others.
    const after = { order: ["c", "e", "a"], drawn: "after-closing" } as const;
    const byLot = { ...tie, by: "lot-after-closing" };
    expect(electedByMarks(votes, 3, [{ ...after, order: ["a", "c"] }, after])).toEqual({
      elected: ["b", "c", "e"],
      byLot,
    });
  });

  test("are never more than there are, whoever is named how, and nobody outside them has more marks", () => {
    const anyVotes = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(anyVotes, fc.integer({ min: 1, max: 7 }), fc.boolean(), (counts, seats, isDrawn) => {
        const names = counts.map((_, index) => `c${index}`);
        const ballots = new Map(names.map((name, index) => [name, counts[index] ?? 0]));
        const { elected, open } = electedByMarks(
          ballots,
          seats,
          isDrawn ? [{ order: names, drawn: "before-the-election" }] : [],
        );
        expect(elected.length + (open?.seats ?? 0)).toBe(Math.min(seats, names.length));
        if (isDrawn) expect(open).toBeUndefined();
        const fewest = Math.min(...elected.map((id) => ballots.get(id) ?? 0));
        for (const [id, count] of ballots) if (!elected.includes(id)) expect(count).toBeLessThanOrEqual(fewest);
        // Neutral: other names change nothing but the names.
        const renamed = (id: string): string => id.replace("c", "d");
        const again = electedByMarks(new Map([...ballots].map(([id, count]) => [renamed(id), count])), seats, []);
        if (!isDrawn) expect(again.elected).toEqual(elected.map(renamed));
      }),
    );
  });

  test("are told by region and party; without a ballot there are none", () => {
    const definition = council({
      parties: [{ partyId: "p", name: { fr: "P", en: "P" }, colour: "#112233" }],
      candidates: IDS.map((candidateId, index) => ({
        candidateId,
        firstName: "A",
        lastName: candidateId,
        regionIds: ["1"],
        ...(index < 2 && { partyId: "p" }),
      })),
    });
    const seats = (ballots: readonly string[]) =>
      seatsOf(definition, countElection(definition, new Map([["1", tallyOf(ballots)]])).byRegion);
    const won = seats(["+a+b", "+a+c", "+b"]);
    expect(won).toEqual([{ regionId: "1", outcome: { kind: "several", elected: ["a", "b"] } }]);
    expect(won.flatMap(({ outcome }) => electedIn(outcome))).toEqual(["a", "b"]);
    expect(seatsByParty(definition, won)).toEqual([{ partyId: "p", seats: 2 }]);
    expect(seats(["-"])).toEqual([{ regionId: "1", outcome: { kind: "no-ballots" } }]);
  });
});

test("a certificate names who is elected and who is tied, and has no candidate with more marks than ballots", () => {
  const definition = council();
  const { contests, wholeCountry } = certifiedResult(definition, new Map([["1", tallyOf(["+a+b", "+a+c"])]]), 9);
  expect(contests[0]).toMatchObject({
    total: 2,
    votes: { a: 2, b: 1, c: 1 },
    marked: { elected: ["a"], open: { tied: ["b", "c"], seats: 1 } },
  });
  const counts = { onRoll: 9, cast: 2, counted: 2, blank: 0, spoiled: 0, setAside: 0, duplicates: 0, invalid: 0 };
  const certificate: Certificate = {
    format: CERTIFICATE_FORMAT,
    certifiedAt: "2026-01-01T00:00:00.000Z",
    opening: OPENING,
    definition,
    publicKey: "",
    merkleRoot: "",
    counts,
    onRoll: { "1": 9 },
    rollRoot: "",
    contests,
    wholeCountry,
  };
  const box = new Map([["1", { ballots: 2, setAside: 0 }]]);
  const found = (votes: Record<string, number>) =>
    contradictions({ ...certificate, contests: contests.map((contest) => ({ ...contest, votes })) }, box);
  expect(found({ a: 2, b: 2 })).toEqual([]);
  expect(found({ a: 3 })).toEqual(["2 valid ballots in 1, fewer than the marks of one candidate"]);
});
