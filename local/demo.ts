import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Connection } from "#admin/connection.ts";
import { applyElection, readDefinition } from "#admin/elections.ts";
import { Refusal } from "#admin/refusal.ts";
import { importRoll } from "#admin/roll.ts";
import { phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { StartFailure } from "#local/failure.ts";

/**
 * The demonstration: every definition in elections/, each with the voters of its own file (`election-3-voters.csv` beside
 * `election-3.json`), or else with the demo voters where it takes their credentials.
 */

/** Where the demonstration's definitions and voters lie. */
export const DEMO_FOLDER = fileURLToPath(new URL("../elections", import.meta.url));
const DEMO_VOTERS = join(DEMO_FOLDER, "demo-voters.csv");

/** An election to demonstrate, the file that defines it, and the file of its voters; undefined when it demonstrates none. */
export type DemoElection = Readonly<{ definition: ElectionDefinition; file: string; votersFile: string | undefined }>;

/** Credentials of the demo voter who is on the roll of every election that takes a NAS and a code. */
export const DEMO_VOTER = { nas: "123456789", code: "ABC123", region: "1" } as const;

const takesNasAndCode = ({ credentialFields }: ElectionDefinition): boolean =>
  credentialFields.map(({ name }) => name).join() === "nas,code";

/** Reads every definition in a folder, and finds its voters. @throws Refusal that names the file, the field and the rule */
export async function readDemo(folder: string): Promise<readonly DemoElection[]> {
  const names = await readdir(folder).catch(() => {
    throw new StartFailure(`The folder of elections ${folder} cannot be read.`);
  });
  // The schema that editors check definitions against lies beside them.
  const files = names.filter((name) => name.endsWith(".json") && !name.endsWith(".schema.json")).sort();
  return Promise.all(
    files.map(async (name) => {
      const file = join(folder, name);
      const definition = await readDefinition(file);
      const own = name.replace(/\.json$/, "-voters.csv");
      if (names.includes(own)) return { definition, file, votersFile: join(folder, own) };
      return { definition, file, votersFile: takesNasAndCode(definition) ? DEMO_VOTERS : undefined };
    }),
  );
}

/**
 * Applies the definitions and imports the demo voters; again does no harm. Answers what an officer should hear of: a kept
 * election that was changed since its file was written stays as it is.
 */
export async function loadDemo(connection: Connection, elections: readonly DemoElection[]): Promise<readonly string[]> {
  const load = async ({ definition, votersFile }: DemoElection): Promise<readonly string[]> => {
    try {
      await applyElection(connection, definition, { who: "npm start" });
      if (votersFile !== undefined && phaseAt(definition, Date.now()) !== "closed") {
        await importRoll(connection, definition.electionId, votersFile);
      }
      return [];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return [error.message];
    }
  };
  return (await Promise.all(elections.map(load))).flat();
}
