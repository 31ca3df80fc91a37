import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Connection } from "#admin/connection/connection.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { importRoll } from "#admin/roll/import.ts";
import { phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import { definitionFiles, readEachDefinition } from "#storage/definition-file.ts";

/**
 * The demonstration, and who votes in it. A definition's voters are those of its own file (`election-3-voters.csv` beside
 * `election-3.json`); the demo voters are enrolled only where the demonstration names them.
 */

/** Where the demonstration's definitions and voters lie. */
export const DEMO_FOLDER = fileURLToPath(new URL("../elections", import.meta.url));
const DEMO_VOTERS = join(DEMO_FOLDER, "demo-voters.csv");
/** The definitions in `DEMO_FOLDER` whose roll they are. Anybody may put another definition there: it is not the demonstration's. */
const FOR_DEMO_VOTERS: ReadonlySet<string> = new Set(["law-L2025-001.json", "election-1.json", "election-2.json"]);

const WHO = "npm start";

/** An election, and the file of its voters where it has one. */
export type DemoElection = Readonly<{ definition: ElectionDefinition; votersFile: string | undefined }>;

/** Credentials of the demo voter, who is on the roll of these elections. */
export const DEMO_VOTER = { nas: "123456789", code: "ABC123", region: "1" } as const;

/** Whether this is the folder of the demonstration, rather than of elections in which demo voters have no place. */
export const isDemonstration = (folder: string): boolean => resolve(folder) === resolve(DEMO_FOLDER);

/**
 * Reads every definition in a folder, and finds its voters.
 * @param startMs what relative times count from
 * @throws Refusal that names file, field and rule of every fault
 */
export async function readDemo(folder: string, startMs: number): Promise<readonly DemoElection[]> {
  const [files, names] = await Promise.all([definitionFiles(folder), readdir(folder)]);
  const definitions = await readEachDefinition(
    files.map((name) => join(folder, name)),
    startMs,
  );
  return definitions.map((definition, index) => {
    const name = files[index] ?? "";
    const own = name.replace(/\.json$/, "-voters.csv");
    if (names.includes(own)) return { definition, votersFile: join(folder, own) };
    const takesDemoVoters = isDemonstration(folder) && FOR_DEMO_VOTERS.has(name);
    return { definition, votersFile: takesDemoVoters ? DEMO_VOTERS : undefined };
  });
}

/**
 * Imports the voters of registered elections, and states the opening of those that are open; can be repeated. Returns why one was
 * refused, a sentence each: a kept election may no longer take the voters in its file.
 */
export async function enrolDemoVoters(
  connection: Connection,
  elections: readonly DemoElection[],
): Promise<readonly string[]> {
  const enrol = async ({ definition, votersFile }: DemoElection): Promise<readonly string[]> => {
    const { electionId } = definition;
    const phase = phaseAt(definition, Date.now());
    if (phase === "closed" || phase === "cancelled") return [];
    try {
      if (votersFile !== undefined) await importRoll(connection, electionId, votersFile);
      if (phase === "open") await stateOpening(connection, electionId, { who: WHO });
      return [];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return [error.message];
    }
  };
  return (await Promise.all(elections.map(enrol))).flat();
}
