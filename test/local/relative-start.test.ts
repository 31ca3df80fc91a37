import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { electionsFolderOf, readConfig } from "#infra/config.ts";
import { DEMO_FOLDER, readDemo } from "#local/demo.ts";
import { keepStart, resolvedDefinitions, startOf } from "#local/relative-start.ts";
import { readDefinitions } from "#storage/definition-file.ts";

const MONDAY = Date.parse("2026-11-30T15:00:00Z");
const TUESDAY = Date.parse("2026-12-01T15:00:00Z");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutin-first-start-"));
});
afterAll(() => rm(folder, { recursive: true }));

const timesFrom = async (startMs: number) =>
  (await readDemo(DEMO_FOLDER, startMs)).map(({ definition: { opensAt, closesAt } }) => [opensAt, closesAt]);

test("the demonstration may be voted in as it starts, and closes three days after", async () => {
  const times = await timesFrom(MONDAY);
  expect(times).toEqual(times.map(() => ["2026-11-29T08:00:00-05:00", "2026-12-03T20:00:00-05:00"]));
});

test("with a data folder, times count from the first start with it; without one, from each", async () => {
  expect(await startOf(folder, MONDAY)).toBe(MONDAY);
  await keepStart(folder, MONDAY);
  expect(await startOf(folder, TUESDAY)).toBe(MONDAY);
  expect(await startOf(undefined, TUESDAY)).toBe(TUESDAY);
});

test("a first start that cannot be read is refused: another would move the elections", async () => {
  const file = join(folder, "first-start.json");
  await writeFile(file, "{ 1");
  await expect(startOf(folder, TUESDAY)).rejects.toThrow(`${file}: cannot be read as {"startedAt"`);
});

test("starts of one day share the definitions that the CDK reads, whose times need no start", async () => {
  const resolved = async (startMs: number): Promise<string> =>
    resolvedDefinitions((await readDemo(DEMO_FOLDER, startMs)).map(({ definition }) => definition));
  const asOfMonday = await resolved(MONDAY);
  expect(await resolved(MONDAY + 3_600_000)).toBe(asOfMonday);
  expect(await resolved(TUESDAY)).not.toBe(asOfMonday);
  const ids = (await readDemo(DEMO_FOLDER, MONDAY)).map(({ definition }) => definition.electionId);
  expect((await readDefinitions(asOfMonday)).map(({ electionId }) => electionId)).toEqual(ids);
});

test("a deployment refuses the demonstration as it is, file by file", async () => {
  const refusal = await readDefinitions(DEMO_FOLDER).then(() => "", String);
  expect(refusal).toMatch(/election-1\.json: opensAt: "start-1d 08:00" counts from npm start/);
  expect(refusal).toMatch(/law-L2025-001\.json: closesAt: "start\+3d 20:00" counts from npm start/);
});

test("a stage of AWS deploys no demonstration unless it is told to", async () => {
  const folders = ["dev", "staging", "prod"].map((stage) => electionsFolderOf(readConfig(stage)));
  expect(await Promise.all(folders.map(readDefinitions))).toEqual([[], [], []]);
});
