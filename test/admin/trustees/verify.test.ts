import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyBundle } from "#admin/certification/verify.ts";
import { mixedBoxFaults } from "#admin/trustees/verify/mixed-box.ts";
import { CONTESTS, type ContestName } from "#load/trustees/contests.ts";
import { makeBundle } from "#load/trustees/made-bundle.ts";
import { madeElection } from "#load/trustees/made-election.ts";

/** Bundles of elections whose key trustees hold, as they were certified once (npm run bundles). */

const KEPT = join(import.meta.dirname, "../../fixtures/bundles");
const NAMES = Object.keys(CONTESTS) as ContestName[];

let place: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "scrutin-bundles-"));
});
afterAll(() => rm(place, { recursive: true }));

const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe.each(NAMES)("the kept bundle %s", (name) => {
  const folder = join(KEPT, name);

  test("is verified for ever, by all that it shows", async () => {
    const { checks } = await verifyBundle(folder);
    expect(checks.filter(({ isTrue }) => isTrue === false)).toEqual([]);
    // Who signed, what was published before voting, and the words are known from elsewhere only.
    expect(checks.filter(({ isTrue }) => isTrue === undefined).map((check) => check.name)).toEqual([
      "signature",
      "opening",
      "six words",
    ]);
  });

  test("is what a trustee opens", async () => {
    expect(await mixedBoxFaults(folder)).toEqual([]);
  });

  test("is made again by the same bytes", async () => {
    const again = join(place, name);
    await makeBundle(name, again);
    expect(await filesIn(again)).toEqual(await filesIn(folder));
    for (const file of await filesIn(folder)) {
      expect((await readFile(join(again, file))).equals(await readFile(join(folder, file))), file).toBe(true);
    }
  });
});

test("a marked ballot, which has not the smallest counter, is spoiled", async () => {
  const { checks } = await verifyBundle(join(KEPT, "law"));
  const recount = checks.find(({ name }) => name === "recount all");
  expect(recount?.finding).toMatchObject({ recounted: { votes: { oui: 6, non: 4 }, blank: 1, spoiled: 1 } });
});

test("a card tells whether it voted, and one that stayed at home that nobody voted with it", async () => {
  const { cards, contest } = await madeElection("law");
  const cardAt = async (place: number) => {
    const { number = "", code = "" } = cards[place] ?? {};
    return (await verifyBundle(join(KEPT, "law"), { card: { number, code } })).card;
  };
  expect(await cardAt(0)).toEqual({ onRoll: "all", trackingCode: expect.stringMatching(/^[A-Z2-7]{20}$/) });
  expect(await cardAt(contest.votes.length)).toEqual({ onRoll: "all", trackingCode: undefined });
  const { number = "" } = cards[0] ?? {};
  const other = await verifyBundle(join(KEPT, "law"), { card: { number, code: cards[1]?.code ?? "" } });
  expect(other.card).toEqual({ onRoll: undefined, trackingCode: undefined });
});

test("the six words are compared in either language, without accents or case", async () => {
  const folder = join(KEPT, "law");
  const wordsCheck = async (words: string) =>
    (await verifyBundle(folder, { words })).checks.find(({ name }) => name === "six words");
  const told = (await verifyBundle(folder)).checks.find(({ name }) => name === "six words")?.finding;
  const [en = "", fr = ""] = told?.kind === "told" ? (told.words.split(":")[0] ?? "").split(" / ") : [];
  expect((await wordsCheck(en))?.isTrue).toBe(true);
  expect((await wordsCheck(fr.toUpperCase()))?.isTrue).toBe(true);
  expect((await wordsCheck("output scrap visa fit urge mobile"))?.isTrue).toBe(false);
});
