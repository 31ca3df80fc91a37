import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Connection } from "#admin/connection/connection.ts";
import { importRoll } from "#admin/roll/import.ts";
import { phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import { definitionFiles, readDefinition } from "#storage/definition-file.ts";

/**
 * The demonstration: every definition in elections/, each with the voters of its own file (`election-3-voters.csv` beside
 * `election-3.json`), or else with the demo voters where it takes their credentials.
 */

/** Where the demonstration's definitions and voters lie. */
export const DEMO_FOLDER = fileURLToPath(new URL("../elections", import.meta.url));
const DEMO_VOTERS = join(DEMO_FOLDER, "demo-voters.csv");

/** An election, and the file of its voters where it has one. */
export type DemoElection = Readonly<{ definition: ElectionDefinition; votersFile: string | undefined }>;

/** Credentials of the demo voter who is on the roll of every election that takes a NAS and a code. */
export const DEMO_VOTER = { nas: "123456789", code: "ABC123", region: "1" } as const;

const takesNasAndCode = ({ credentialFields }: ElectionDefinition): boolean =>
  credentialFields.map(({ name }) => name).join() === "nas,code";

/** Reads every definition in a folder, and finds its voters. @throws Refusal that names the file, the field and the rule */
export async function readDemo(folder: string): Promise<readonly DemoElection[]> {
  const [files, names] = await Promise.all([definitionFiles(folder), readdir(folder)]);
  return Promise.all(
    files.map(async (name) => {
      const definition = await readDefinition(join(folder, name));
      const own = name.replace(/\.json$/, "-voters.csv");
      if (names.includes(own)) return { definition, votersFile: join(folder, own) };
      return { definition, votersFile: takesNasAndCode(definition) ? DEMO_VOTERS : undefined };
    }),
  );
}

/**
 * Imports the voters of registered elections; can be repeated. Answers why an import was refused, a sentence each: a kept
 * election may no longer take the voters in its file.
 */
export async function enrolDemoVoters(
  connection: Connection,
  elections: readonly DemoElection[],
): Promise<readonly string[]> {
  const enrol = async ({ definition, votersFile }: DemoElection): Promise<readonly string[]> => {
    if (votersFile === undefined || phaseAt(definition, Date.now()) === "closed") return [];
    try {
      await importRoll(connection, definition.electionId, votersFile);
      return [];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return [error.message];
    }
  };
  return (await Promise.all(elections.map(enrol))).flat();
}
