import { expect, test } from "vitest";
import { GrowthRun, growthPicture } from "#load/growth/growth-runs.ts";

const run = (votes: number, regions: number, writeUnits: number): GrowthRun =>
  GrowthRun.parse({
    votes,
    regions,
    measuredOn: "2026-01-01",
    perVote: { readUnits: 0.5, writeUnits, queueRequests: 1, invocations: 1.1, functionCpuMs: null },
  });

/** Heights of the points of the first chart, in the order of the runs of each line. */
function heightsOf(picture: string): readonly string[] {
  const [, , chart = ""] = picture.split("<svg ");
  return [...chart.matchAll(/<circle [^>]*cy="([\d.]+)"/g)].map(([, height = ""]) => height);
}

test("a cost that is the same at every size is drawn at one height, and one that grew above it", () => {
  const flat = heightsOf(growthPicture([run(1_000, 1, 1.2), run(1_000_000, 1, 1.2), run(1_000, 300, 1.2)]));
  expect(flat).toHaveLength(3);
  expect(new Set(flat).size).toBe(1);
  const [before, after] = heightsOf(growthPicture([run(1_000, 1, 1.2), run(1_000_000, 1, 2.4)]));
  expect(Number(after)).toBeLessThan(Number(before));
});

test("what was not measured has no point, and one run alone can be drawn", () => {
  const picture = growthPicture([run(1_000, 10, 1.2)]);
  expect(picture.match(/<circle /g)).toHaveLength(4);
  expect(picture).not.toContain("NaN");
});
