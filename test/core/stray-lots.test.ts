import { expect, test } from "vitest";
import type { Tally } from "#core/results.ts";
import { writeSelection } from "#core/selection.ts";
import { strayLots } from "#core/stray-lots.ts";
import { law, race, rankedRace } from "#test/definitions.ts";

/** A lot is drawn between those who are tied, and nobody else. */

const DRAWN = "2026-01-02T00:00:00Z";
const lot = (...order: string[]) => ({ regionId: "1", order, drawnAt: DRAWN });
const four = ["A", "B", "C", "D"].map((candidateId) => {
  return { candidateId, firstName: "A", lastName: candidateId, regionIds: ["1"] };
});
const regions = [{ regionId: "1", name: { fr: "Un", en: "One" } }];
const tallied = (counts: Record<string, number>) => new Map<string, Tally>([["1", new Map(Object.entries(counts))]]);

const ranked = (...candidateIds: string[]): string => writeSelection({ kind: "ranking", candidateIds });

const strayOf = (lots: readonly object[], counts: Record<string, number>) =>
  strayLots(race({ regions, candidates: four, lots }), tallied(counts));

test("one between exactly those tied is no stray, in either order", () => {
  const tie = { A: 2, B: 2, C: 1 };
  expect(strayOf([], tie)).toEqual([]);
  for (const order of [
    ["A", "B"],
    ["B", "A"],
  ])
    expect(strayOf([lot(...order)], tie)).toEqual([]);
});

test("one that names more than those tied is, and so is a second one over the same tie", () => {
  const tie = { A: 2, B: 2, C: 1 };
  expect(strayOf([lot("B", "C", "A")], tie)).toEqual([1]);
  // The first decides; the second decides nothing.
  expect(strayOf([lot("A", "B"), lot("B", "A")], tie)).toEqual([]);
});

test("one that decides nothing is passed over: the ballots were counted again since", () => {
  expect(strayOf([lot("A", "B")], { A: 3, B: 2 })).toEqual([]);
  expect(strayLots(law(), new Map())).toEqual([]);
});

test("one that was drawn before its tie was known is, although it names those tied", () => {
  const definition = (lots: readonly object[]) => rankedRace({ regions, candidates: four, lots });
  // A and B are tied first; once one of them is out, C and D are.
  const counts = { D: 3, B: 2, [ranked("A", "B")]: 2, [ranked("C", "B")]: 1, C: 2 };
  const strayIn = (...lots: readonly object[]) => strayLots(definition(lots), tallied(counts));
  expect(strayIn(lot("A", "B"), lot("D", "C"))).toEqual([]);
  expect(strayIn(lot("D", "C"), lot("A", "B"))).toEqual([1]);
  expect(strayIn(lot("A", "B", "D", "C"))).toEqual([1]);
});

test("one that is recorded twice is, both times, although taking out either changes nothing", () => {
  const tie = { A: 2, B: 2, C: 1 };
  const many = lot("B", "C", "A");
  expect(strayOf([many, many], tie)).toEqual([1, 2]);
});
