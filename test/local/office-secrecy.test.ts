import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Searcher, searcherFor } from "#test/local/secrecy/needles.ts";
import { type OfficeOrdeal, undergoOffice } from "#test/local/secrecy/office-ordeal.ts";
import { type Kept, PLACES } from "#test/local/secrecy/places.ts";

/** Searches every byte that a whole system wrote while the office worked and voters signed in. */

let folder: string;
let ordeal: OfficeOrdeal;
let search: Searcher;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutin-office-secrecy-"));
  ordeal = await undergoOffice(folder);
  search = searcherFor(ordeal.needles);
}, 280_000);
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

const leaksIn = ({ place, where, content }: Kept): readonly string[] =>
  search(content).map(({ needle: { name } }) => `${name} in ${place} ${where}`);
const items = (table: string): readonly string[] =>
  ordeal.kept
    .filter(({ place, where }) => place === "table" && where.includes(table))
    .map(({ content }) => content.toString());

describe("after a roll went up by the console and voters voted with tokens", () => {
  test("something was kept in each place, and what was asked for was done", () => {
    const places = new Set(ordeal.kept.map(({ place }) => place));
    // No message failed for good.
    expect(PLACES.filter((place) => !places.has(place) && place !== "dead letter")).toEqual([]);
    const logs = ordeal.kept.filter(({ place }) => place === "log").map(({ content }) => content.toString());
    expect(logs.filter((line) => line.includes('"ERROR"') && line.includes('"office-roll"'))).not.toEqual([]);
    // Nobody is taken off for good: the place of whoever was removed is struck.
    expect(items("Roll").filter((item) => item.includes('"typed"')).length).toBeGreaterThanOrEqual(ordeal.enrolled - 1);
    expect(items("Votes").filter((item) => item.includes('"signed"'))).toHaveLength(ordeal.voted);
    const acts = items("Audit").join("\n");
    for (const act of ["roll upload", "roll import", "roll add", "roll reissue", "roll remove"]) {
      expect(acts).toContain(`"${act}"`);
    }
  });

  test("no row of the roll, no code, no claim, no token of either provider and no password is anywhere, in any encoding", () => {
    expect([...new Set(ordeal.kept.flatMap(leaksIn))]).toEqual([]);
  });

  test("the search finds each of them when planted in a record of every place", () => {
    // Of the many people, a few.
    const some = ordeal.needles.filter(({ name }) => !/person \d\d/.test(name));
    const byName = new Map(some.map((needle) => [needle.name, needle]));
    for (const place of PLACES) {
      const record = ordeal.kept.find((kept) => kept.place === place);
      if (record === undefined) continue;
      for (const { name, bytes } of byName.values()) {
        const content = Buffer.concat([record.content.subarray(0, 400), Buffer.from(" "), bytes, Buffer.from(" ")]);
        expect(leaksIn({ ...record, content })).toContain(`${name} in ${place} ${record.where}`);
      }
    }
  });
});
