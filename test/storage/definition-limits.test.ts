import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readDefinition } from "#storage/definition-file.ts";
import { limitsExceeded } from "#storage/definition-limits.ts";
import { rankedRace } from "#test/definitions.ts";

const ids = (last: number) => [...Array.from({ length: 24 }, (_, at) => `${at}`.padStart(37, "a")), "z".repeat(last)];

const ranked = (last: number, maxRankings = 25) =>
  rankedRace({
    candidates: ids(last).map((candidateId) => ({
      candidateId,
      firstName: "A",
      lastName: "B",
      regionIds: ["1", "2"],
    })),
    maxRankings,
  });

test("a definition whose rankings would not fit their tally row is refused", () => {
  expect(ids(38).join(">")).toHaveLength(950);
  expect(limitsExceeded(ranked(38))).toEqual([]);
  expect(limitsExceeded(ranked(39)).join()).toContain("the longest ranking may have 950 characters");
  expect(limitsExceeded(ranked(39, 24))).toEqual([]);
});

test("a definition file that exceeds a limit of the tables is refused by file, field and rule", async () => {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-limits-"));
  try {
    const file = join(folder, "long.json");
    await writeFile(file, JSON.stringify(ranked(39)));
    await expect(readDefinition(file)).rejects.toThrow(`${file}: maxRankings: the longest ranking may have 950`);
  } finally {
    await rm(folder, { recursive: true });
  }
});
