import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readDefinition } from "#storage/definition-file.ts";
import * as limits from "#storage/definition-limits.ts";
import { chooseRace, rankedRace, transferRace } from "#test/definitions.ts";

/** In English. */
const limitsExceeded = (...given: Parameters<typeof limits.limitsExceeded>) =>
  limits.limitsExceeded(...given).map(({ en }) => en);

const ids = (last: number) => [...Array.from({ length: 24 }, (_, at) => `${at}`.padStart(37, "a")), "z".repeat(last)];

const standing = (last: number) =>
  ids(last).map((candidateId) => ({ candidateId, firstName: "A", lastName: "B", regionIds: ["1", "2"] }));
const ranked = (last: number, maxRankings = 25) => rankedRace({ candidates: standing(last), maxRankings });

test("a definition whose rankings would not fit their tally row is refused", () => {
  expect(ids(38).join(">")).toHaveLength(950);
  expect(limitsExceeded(ranked(38))).toEqual([]);
  expect(limitsExceeded(ranked(39)).join()).toContain("the longest ranking may have 950 characters");
  expect(limitsExceeded(ranked(39, 24))).toEqual([]);
});

test("a definition whose marks would not fit an envelope or an update is refused, and rankings for several seats as for one", () => {
  // Sealed with a + before each.
  expect(limitsExceeded(chooseRace({ candidates: standing(37), maxChoices: "all" }))).toEqual([]);
  expect(limitsExceeded(chooseRace({ candidates: standing(39), maxChoices: "all" })).join()).toContain(
    "maxChoices: the names",
  );
  expect(limitsExceeded(transferRace({ candidates: standing(39), maxRankings: 25 })).join()).toContain(
    "maxRankings: the longest",
  );
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      candidateId: `${at}`,
      firstName: "A",
      lastName: "B",
      regionIds: ["1", "2"],
    }));
  expect(limitsExceeded(chooseRace({ candidates: many(140) }))).toEqual([]);
  expect(limitsExceeded(chooseRace({ candidates: many(141) }))).toEqual([
    "candidates: region 1 may have 140 where ballots mark names, and has 141.",
    "candidates: region 2 may have 140 where ballots mark names, and has 141.",
  ]);
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
