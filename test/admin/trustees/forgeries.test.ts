import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyBundle } from "#admin/certification/verify.ts";
import { FORGERIES, responseForgeries } from "#load/trustees/forgeries.ts";

let place: string;
let made = 0;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "scrutin-forged-"));
});
afterAll(() => rm(place, { recursive: true }));

const isFound = FORGERIES.filter(({ foundBy }) => foundBy.length > 0);

describe("is found, though everything is signed that the cheat can sign:", () => {
  test.each([...isFound, ...responseForgeries])("$name", async ({ forge, foundBy }) => {
    const folder = join(place, `${made++}`);
    const { receiptFile } = await forge(folder);
    const { checks } = await verifyBundle(folder, receiptFile === undefined ? {} : { receiptFile });
    const failed = checks.filter(({ isTrue }) => isTrue === false).map(({ name }) => name);
    expect(failed).toEqual(expect.arrayContaining([...foundBy]));
  });
});

test("who was shown another voter's tracking code sees by the card that nothing was cast with it", async () => {
  const clash = FORGERIES.find(({ foundBy }) => foundBy.length === 0);
  const folder = join(place, "clash");
  const { card } = (await clash?.forge(folder)) ?? {};
  const verified = await verifyBundle(folder, card === undefined ? {} : { card });
  expect(verified.checks.filter(({ isTrue }) => isTrue === false)).toEqual([]);
  expect(verified.card).toEqual({ onRoll: "all", trackingCode: undefined });
});
