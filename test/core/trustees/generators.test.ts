import { describe, expect, test } from "vitest";
import { chainGenerator, permutationGenerators } from "#core/trustees/generators.ts";
import { base, encodePoint, equalPoints, isNeutral, type Point } from "#core/trustees/group.ts";
import { generator, uint32 } from "#core/trustees/transcript.ts";

const hexOf = (point: Point): string => Buffer.from(encodePoint(point)).toString("hex");

describe("generators", () => {
  test("are hashed of their numbers, in order, however many were asked for before", () => {
    for (const count of [3, 1, 5, 0]) {
      const generators = permutationGenerators(count);
      expect(generators).toHaveLength(count);
      for (const [place, point] of generators.entries()) {
        expect(equalPoints(point, generator("scrutin/v2/mix-generator", uint32(place + 1)))).toBe(true);
      }
    }
    expect(equalPoints(chainGenerator(), generator("scrutin/v2/mix-generator", uint32(0)))).toBe(true);
  });

  test("are all different, and neither the base nor neutral", () => {
    const all = [base, chainGenerator(), ...permutationGenerators(40)];
    expect(new Set(all.map(hexOf)).size).toBe(all.length);
    expect(all.some(isNeutral)).toBe(false);
  });

  test("will be these for ever", () => {
    expect([chainGenerator(), ...permutationGenerators(2)].map(hexOf)).toEqual([
      "aade8dc157624ed7b5caeb77c3890f4c9f23e4e801972dcbdd00c4c05b778a6e",
      "48542f7db217baa465b0371ba247cb1da8b84a1977698006e9ef797a892b4772",
      "dae19b676d1952a06720448f8bceb7122a43cbdbb65bc278330853df4cdd5a16",
    ]);
  });
});
