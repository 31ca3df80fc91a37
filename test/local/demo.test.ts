import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DEMO_FOLDER, readDemo } from "#local/demo.ts";

const idsWithVoters = async (folder: string): Promise<readonly string[]> =>
  (await readDemo(folder, Date.now()))
    .filter(({ votersFile }) => votersFile !== undefined)
    .map((each) => each.definition.electionId);

test("the demonstration's own elections have voters", async () => {
  expect((await idsWithVoters(DEMO_FOLDER)).toSorted()).toEqual(["1", "2", "3", "4", "5", "6", "L2025-001"]);
});

test("the town's paper has three questions, which are answered by the same voters", async () => {
  const town = await readDemo(join(DEMO_FOLDER, "town"), Date.now());
  expect(town.map(({ definition: { electionId, paper } }) => [electionId, paper])).toEqual([
    ["town-bylaw", "town"],
    ["town-council", "town"],
    ["town-mayor", "town"],
  ]);
  const voters = await Promise.all(town.map(({ votersFile }) => readFile(votersFile ?? "", "utf8")));
  expect(new Set(voters).size).toBe(1);
});

test("another folder's election has no demo voters, even if it takes their credentials", async () => {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-demo-"));
  try {
    const demo = await readFile(join(DEMO_FOLDER, "election-1.json"), "utf8");
    await writeFile(join(folder, "election-1.json"), demo);
    await writeFile(join(folder, "mine.json"), JSON.stringify({ ...JSON.parse(demo), electionId: "mine" }));
    expect(await idsWithVoters(folder)).toEqual([]);
    await copyFile(join(DEMO_FOLDER, "demo-voters.csv"), join(folder, "mine-voters.csv"));
    expect(await idsWithVoters(folder)).toHaveLength(1);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("all faults of all definitions in a folder are told at once", async () => {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-demo-"));
  try {
    await copyFile(join(DEMO_FOLDER, "election-1.json"), join(folder, "a.json"));
    await writeFile(join(folder, "b.json"), '{ "votingMethod": "referendum" }');
    await writeFile(join(folder, "c.json"), "{ 1");
    const refusal = await readDemo(folder, Date.now()).then(() => "", String);
    expect(refusal).toMatch(
      /b\.json: electionId: is missing\.\n.*b\.json: title: is missing\.[\s\S]*\n.*c\.json: this is not JSON/,
    );
    expect(refusal).not.toContain("a.json");
  } finally {
    await rm(folder, { recursive: true });
  }
});
