import { describe, expect, test } from "vitest";
import { Biographies, keepApart, textsNamedBy } from "#storage/biographies.ts";
import { limitsExceeded } from "#storage/definition-limits.ts";
import { sha256Hex } from "#storage/definition-parts.ts";
import { law, race } from "#test/definitions.ts";

const REGIONS = ["1", "2", "3"];

/** So many candidates in each region, and one who stands nowhere else, with a biography of so many characters. */
const written = (perRegion: number, characters: number, standsIn = (regionId: string) => [regionId]) =>
  race({
    regions: REGIONS.map((regionId) => ({ regionId, name: { fr: regionId, en: regionId } })),
    candidates: REGIONS.flatMap((regionId) =>
      Array.from({ length: perRegion }, (_, at) => ({
        candidateId: `${regionId}-${at}`,
        firstName: "Ada",
        lastName: "Roy",
        regionIds: standsIn(regionId),
        bio: { fr: "é".repeat(characters), en: `${regionId} ${at}`.padEnd(characters, "e") },
      })),
    ),
  });

describe("biographies", () => {
  test("stay in the definition up to 100,000 characters together", () => {
    for (const short of [law(), race(), written(10, 1_666)]) {
      expect(keepApart(short)).toEqual({ definition: short, texts: [] });
    }
    expect(keepApart(written(10, 1_667)).texts).toHaveLength(REGIONS.length);
  });

  test("that are kept apart are named by region, and nothing else of the definition changes", () => {
    const definition = written(10, 4_000);
    const { definition: registered, texts } = keepApart(definition);
    expect([...textsNamedBy(registered)]).toEqual(texts.map((text) => sha256Hex(text)));
    const told = Object.assign({}, ...texts.map((text) => Biographies.parse(JSON.parse(text))));
    const { biographies: _, ...rest } = { biographies: {}, ...registered };
    const candidates = registered.votingMethod === "referendum" ? [] : registered.candidates;
    expect(candidates.some(({ bio }) => bio !== undefined)).toBe(false);
    const whole = candidates.map((candidate) => ({ ...candidate, bio: told[candidate.candidateId] }));
    expect({ ...rest, candidates: whole }).toEqual(definition);
  });

  test("of candidates who all stand everywhere are one text", () => {
    const { definition, texts } = keepApart(written(10, 4_000, () => REGIONS));
    expect(texts).toHaveLength(1);
    expect(definition).toMatchObject({
      biographies: Object.fromEntries(REGIONS.map((regionId) => [regionId, sha256Hex(texts[0] ?? "")])),
    });
  });

  test("that are too long for one answer are refused with field, region, size and a length that fits", () => {
    expect(limitsExceeded(written(600, 2_700))).toEqual([]);
    const [{ en: sentence } = { en: "" }, ...more] = limitsExceeded(written(600, 3_000));
    expect(more).toEqual([]);
    expect(sentence).toMatch(
      /^candidates\[\]\.bio: the biographies in region \d may have 5\.0 MB together and have 5\.4: shorten them to \d+ characters/,
    );
    const fits = Number(/to (\d+) characters/.exec(sentence)?.[1]);
    expect(fits).toBeGreaterThan(2_700);
    expect(limitsExceeded(written(600, fits))).toEqual([]);
  });
});
