import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidatesIn } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { checkSelection, mostNamed, type Selection, writeSelection } from "#core/selection.ts";
import { decodePoint, encodePoint, multiply, neutral, type Point } from "#core/trustees/group.ts";
import { decodeSelection, encodeSelection } from "#core/trustees/plaintext.ts";
import { chooseRace, law, race, rankedRace, transferRace } from "#test/definitions.ts";

/** So many candidates in region 1, `c0` to `c9` and on, and one in region 2. */
function crowd(length: number, overrides: Record<string, unknown> = {}): Record<string, unknown> {
  const candidates = Array.from({ length }, (_, at) => ({
    candidateId: `c${at}`,
    lastName: `Roy ${at}`,
    regionIds: ["1"],
  }));
  return { candidates: [...candidates, { candidateId: "other", lastName: "Fox", regionIds: ["2"] }], ...overrides };
}

const DEFINITIONS: Readonly<Record<string, ElectionDefinition>> = {
  "a law": law({ allowBlank: true }),
  "a single choice": race(crowd(255, { allowBlank: true })),
  "names marked": chooseRace(crowd(28, { maxChoices: "all", allowBlank: true })),
  "a ranking": rankedRace(crowd(255, { maxRankings: 28, allowBlank: true })),
  "a transferable vote": transferRace(crowd(40, { maxRankings: 5, allowBlank: true })),
};

const regionOf = ({ votingMethod }: ElectionDefinition): string => (votingMethod === "referendum" ? "all" : "1");

/** Any selection that fits its contest. */
function selectionIn(definition: ElectionDefinition): fc.Arbitrary<Selection> {
  const blank = fc.constant<Selection>({ kind: "blank" });
  if (definition.votingMethod === "referendum") {
    return fc.oneof(
      blank,
      fc.constantFrom("oui" as const, "non" as const).map((choice): Selection => ({ kind: "choice", choice })),
    );
  }
  const ids = candidatesIn(definition, "1").map(({ candidateId }) => candidateId);
  const named = fc.shuffledSubarray(ids, { minLength: 1, maxLength: Math.min(mostNamed(definition, "1"), ids.length) });
  return fc.oneof(
    { weight: 1, arbitrary: blank },
    {
      weight: 9,
      arbitrary: named.map((candidateIds): Selection => {
        if (definition.votingMethod === "choose") return { kind: "marks", candidateIds };
        if (definition.votingMethod === "single_choice")
          return { kind: "candidate", candidateId: candidateIds[0] ?? "" };
        return { kind: "ranking", candidateIds };
      }),
    },
  );
}

const written = (selection: Selection | undefined): string =>
  selection === undefined ? "spoiled" : writeSelection(selection);

/** The element of these bytes with the first counter from `from` on that makes one. */
function elementOf(tail: readonly number[], from: number): Readonly<{ point: Point; counter: number }> {
  const bytes = new Uint8Array(32);
  bytes.set(tail, 2);
  for (let counter = from; ; counter += 2) {
    new DataView(bytes.buffer).setUint16(0, counter, true);
    const point = decodePoint(bytes);
    if (point !== undefined) return { point, counter };
  }
}

describe.each(Object.entries(DEFINITIONS))("a selection in %s", (_, definition) => {
  const regionId = regionOf(definition);

  test("comes back from its element", () => {
    fc.assert(
      fc.property(selectionIn(definition), (selection) => {
        expect(checkSelection(definition, regionId, selection).ok).toBe(true);
        expect(written(decodeSelection(definition, regionId, encodeSelection(definition, regionId, selection)))).toBe(
          written(selection),
        );
      }),
      { numRuns: 40 },
    );
  });

  test("is spoiled with the next counter that makes an element", () => {
    fc.assert(
      fc.property(selectionIn(definition), (selection) => {
        const bytes = encodePoint(encodeSelection(definition, regionId, selection));
        const tail = [...bytes.subarray(2)];
        const smallest = elementOf(tail, 0);
        expect(encodePoint(smallest.point)).toEqual(bytes);
        const next = elementOf(tail, smallest.counter + 2);
        expect(decodeSelection(definition, regionId, next.point)).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });

  test("is not what a random element says", () => {
    const scalar = fc.bigInt({ min: 1n, max: 2n ** 250n });
    fc.assert(
      fc.property(scalar, (some) => {
        const base = encodeSelection(definition, regionId, { kind: "blank" });
        if (some > 1n) expect(decodeSelection(definition, regionId, multiply(base, some))).toBeUndefined();
      }),
      { numRuns: 20 },
    );
    expect(decodeSelection(definition, regionId, neutral)).toBeUndefined();
  });
});

describe("the 32 bytes of a selection", () => {
  const says = (definition: ElectionDefinition, tail: readonly number[]): string =>
    written(decodeSelection(definition, regionOf(definition), elementOf(tail, 0).point));

  test("are a counter, how many choices, their places, and zeros", () => {
    const definition = rankedRace(crowd(9, { maxRankings: 4 }));
    const selection: Selection = { kind: "ranking", candidateIds: ["c7", "c0", "c3"] };
    const bytes = encodePoint(encodeSelection(definition, "1", selection));
    expect([...bytes.subarray(2)]).toEqual([3, 7, 0, 3, ...new Array(26).fill(0)]);
  });

  test("say oui by place 0, non by place 1, and nothing by another", () => {
    expect([[1, 0], [1, 1], [1, 2], [0]].map((tail) => says(law({ allowBlank: true }), tail))).toEqual([
      "oui",
      "non",
      "spoiled",
      "-",
    ]);
  });

  test("are spoiled when they say more than one choice of a law or a single choice", () => {
    expect(says(law(), [2, 0, 1])).toBe("spoiled");
    expect(says(race(crowd(5)), [2, 0, 1])).toBe("spoiled");
    expect(says(race(crowd(5)), [1, 4])).toBe("c4");
  });

  test("are spoiled when blank where that is not allowed", () => {
    expect([says(law(), [0]), says(race(), [0]), says(rankedRace(), [0])]).toEqual(["spoiled", "spoiled", "spoiled"]);
  });

  test("are spoiled by what stands after the choices", () => {
    const definition = rankedRace(crowd(5, { maxRankings: 3 }));
    expect(says(definition, [2, 4, 0])).toBe("c4>c0");
    expect(says(definition, [2, 4, 0, 1])).toBe("spoiled");
    expect(says(definition, [2, 4, 0, ...new Array(26).fill(0), 1])).toBe("spoiled");
  });

  test("are spoiled by marks that are not in the order of places, which could tell who cast them", () => {
    const definition = chooseRace(crowd(5, { maxChoices: 3 }));
    expect(says(definition, [2, 1, 4])).toBe("+c1+c4");
    expect(says(definition, [2, 4, 1])).toBe("spoiled");
  });

  test("are spoiled by a place that nobody has, a repeat, or more ranks than are allowed", () => {
    const definition = rankedRace(crowd(5, { maxRankings: 2 }));
    expect(
      [
        [1, 5],
        [1, 255],
        [2, 1, 1],
        [3, 1, 2, 3],
      ].map((tail) => says(definition, tail)),
    ).toEqual(["spoiled", "spoiled", "spoiled", "spoiled"]);
  });

  test("are spoiled by a number of choices that does not fit", () => {
    const definition = rankedRace(crowd(40, { maxRankings: 40 }));
    for (const count of [29, 30, 200, 255]) {
      expect(says(definition, [count, ...Array.from({ length: 28 }, (_, place) => place)])).toBe("spoiled");
    }
  });

  test("have a place in their own region only", () => {
    const definition = race(crowd(5));
    const element = encodeSelection(definition, "2", { kind: "candidate", candidateId: "other" });
    expect(written(decodeSelection(definition, "2", element))).toBe("other");
    expect(written(decodeSelection(definition, "1", element))).toBe("c0");
  });

  test.each<[string, ElectionDefinition, Selection]>([
    ["somebody who stands elsewhere", race(crowd(5)), { kind: "candidate", candidateId: "other" }],
    ["a 256th candidate", race(crowd(256)), { kind: "candidate", candidateId: "c255" }],
    [
      "29 ranks",
      rankedRace(crowd(40, { maxRankings: 40 })),
      { kind: "ranking", candidateIds: Array.from({ length: 29 }, (_, at) => `c${at}`) },
    ],
    ["a blank ballot where none is allowed", race(), { kind: "blank" }],
    ["an answer to another kind of question", race(), { kind: "choice", choice: "oui" }],
  ])("are not made of %s", (_, definition, selection) => {
    expect(() => encodeSelection(definition, "1", selection)).toThrow(RangeError);
  });
});
