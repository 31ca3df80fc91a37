import { appendFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Refusal } from "#core/refusal.ts";
import { openOutcomeLog, readOutcomes, readPlanFile, writePlanFile } from "#load/clients/files.ts";
import { requireWritable, writeRunFile } from "#load/scenarios/run-files.ts";
import type { PlannedPost, PostRequest } from "#load/shared/ballots.ts";
import { inventCredentials } from "#load/shared/credentials.ts";

const folder = await mkdtemp(join(tmpdir(), "scrutin-test-"));
afterAll(() => rm(folder, { recursive: true }));

test("a plan is read back post by post as it was written, across the pieces it is read in, and nobody else may read it", async () => {
  const file = join(folder, "plan.jsonl");
  const plan = Array.from(
    { length: 5000 },
    (_, index): PlannedPost => ({
      path: `/vote/${index}`,
      body: `{"é":"${"É".repeat(index % 97)}"}`,
      ...(index % 2 === 0 && { from: "10.0.0.1:1" }),
      expectation: "not-counted",
    }),
  );
  await writePlanFile(file, plan);
  const read: PostRequest[] = [];
  for await (const post of readPlanFile(file)) read.push(post);
  expect(read).toEqual(plan.map(({ expectation: _, ...request }) => request));
  expect((await stat(file)).mode & 0o077).toBe(0);
});

test("the last word on a post stands; what was never sent, and what was sent without an answer, are told apart", async () => {
  const file = join(folder, "outcomes.jsonl");
  const log = openOutcomeLog(file, 0);
  log.write(2, { startedAtMs: 5, status: undefined, tookMs: undefined });
  log.write(0, { startedAtMs: 7, status: undefined, tookMs: undefined });
  log.write(0, { startedAtMs: 7, status: 202, tookMs: 1.5 });
  log.close();
  const outcomes = await readOutcomes(file, 4);
  expect(Array.from({ length: 4 }, (_, index) => outcomes.at(index))).toEqual([
    { startedAtMs: 7, status: 202, tookMs: 1.5 },
    undefined,
    { startedAtMs: 5, status: undefined, tookMs: undefined },
    undefined,
  ]);
  await appendFile(file, "[1");
  await expect(readOutcomes(file, 4)).rejects.toThrow();
});

test("many invented credentials are all different, of the right form, and no more than were asked for", async () => {
  const credentials = await inventCredentials(2000);
  const all = Array.from({ length: 2000 }, (_, index) => credentials.at(index));
  expect(new Set(all.map((one) => one?.nas)).size).toBe(2000);
  expect(all.every((one) => /^\d{9}$/.test(one?.nas ?? "") && /^[A-Z2-9]{6}$/.test(one?.code ?? ""))).toBe(true);
  expect([credentials.at(-1), credentials.at(2000)]).toEqual([undefined, undefined]);
});

test("a file that cannot be written is refused in one sentence, before a run", async () => {
  const file = join(folder, "run.html");
  await requireWritable(undefined, file);
  await writeRunFile(file, () => "done");
  expect(await readFile(file, "utf8")).toBe("done");
  for (const bad of [join(folder, "missing", "run.html"), join(file, "run.html"), folder]) {
    await expect(requireWritable(bad)).rejects.toThrow(Refusal);
    await expect(requireWritable(bad)).rejects.toThrow(/^[^\n]* cannot be written: [^\n]*\.$/);
  }
});
