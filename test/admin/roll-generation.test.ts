import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateRoll } from "#admin/roll/generation.ts";
import { CODE_ALPHABET, isCheckedCode } from "#core/voting-code.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutin-generation-"));
});
afterAll(() => rm(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);

describe("generating a roll", () => {
  const generate = async (
    name: string,
    options: { voters: number; regions: number; seed?: string; shortCodes?: boolean },
  ) => {
    await generateRoll({ ...options, out: path(name) });
    return (await readFile(path(name), "utf8")).trimEnd().split("\n");
  };

  test("voters are distinct, valid, and spread evenly over regions", async () => {
    const [header, ...rows] = await generate("many.csv", { voters: 30_000, regions: 3 });
    expect(header).toBe("nas,code,region_id");
    expect(new Set(rows.map((row) => row.split(",")[0])).size).toBe(30_000);
    expect(rows.every((row) => /^[0-9]{9},[^01ILOUV]{11},[123]$/.test(row))).toBe(true);
    expect(rows.filter((row) => row.endsWith(",2"))).toHaveLength(10_000);
  });

  test("codes have ten random characters and one that checks them, or six where that is asked for", async () => {
    const codes = async (name: string, shortCodes: boolean) =>
      (await generate(name, { voters: 2_000, regions: 1, shortCodes })).slice(1).map((row) => row.split(",")[1] ?? "");
    const long = await codes("long.csv", false);
    expect(long.filter((code) => !isCheckedCode(code))).toEqual([]);
    // Each of the 29 characters is to be expected 690 times.
    const counts = Map.groupBy(
      long.flatMap((code) => [...code.slice(0, 10)]),
      (character) => character,
    );
    expect([...counts.keys()].sort().join("")).toBe(CODE_ALPHABET);
    for (const found of counts.values()) expect(Math.abs(found.length - 690)).toBeLessThan(200);
    expect((await codes("short.csv", true)).filter((code) => !/^[2-9A-Z]{6}$/.test(code))).toEqual([]);
  });

  test("a seed gives the same voters again, and without one they differ", async () => {
    const seeded = await generate("a.csv", { voters: 50, regions: 1, seed: "demo" });
    expect(await generate("b.csv", { voters: 50, regions: 1, seed: "demo" })).toEqual(seeded);
    expect(await generate("c.csv", { voters: 50, regions: 1 })).not.toEqual(
      await generate("d.csv", { voters: 50, regions: 1 }),
    );
  });

  test("no invented number carries a valid check digit, so none is a real person's", async () => {
    const [, ...rows] = await generate("invented.csv", { voters: 5_000, regions: 1 });
    const checkSum = (nas: string) =>
      [...nas].reduce((sum, digit, index) => {
        const weighed = String(Number(digit) * (1 + (index % 2)));
        return sum + [...weighed].reduce((total, part) => total + Number(part), 0);
      }, 0);
    expect(rows.filter((row) => checkSum(row.slice(0, 9)) % 10 === 0)).toEqual([]);
  });

  test.each([0, -1, 1.5, 1e9])("%d voters are refused", async (voters) => {
    await expect(generateRoll({ voters, regions: 1, out: path("none.csv") })).rejects.toThrow(
      /number of voters must be a whole number/,
    );
  });

  test("there are 1,001 demo voters, the first being the one in the README", async () => {
    const text = await readFile(new URL("../../elections/demo-voters.csv", import.meta.url), "utf8");
    const [header, first, ...others] = text.trimEnd().split("\n");
    expect([header, first]).toEqual(["nas,code,region_id", "123456789,ABC123,1"]);
    expect(new Set([first, ...others].map((row) => row?.slice(0, 9))).size).toBe(1001);
  });
});
