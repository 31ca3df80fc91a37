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

/** The demonstration: every definition in elections/, and the demo voters on the roll of each that takes their credentials. */

/** Where the demonstration's definitions and voters lie. */
export const DEMO_FOLDER = fileURLToPath(new URL("../elections", import.meta.url));
const VOTERS = join(DEMO_FOLDER, "demo-voters.csv");

/** Credentials of the demo voter who is on every roll. */
export const DEMO_VOTER = { nas: "123456789", code: "ABC123", region: "1" } as const;

/** Reads every definition in a folder. @throws Refusal that names the file, the field and the rule */
export async function readDefinitions(folder: string): Promise<readonly ElectionDefinition[]> {
  const names = await readdir(folder).catch(() => {
    throw new StartFailure(`The folder of elections ${folder} cannot be read.`);
  });
  // The schema that editors check definitions against lies beside them.
  const files = names.filter((name) => name.endsWith(".json") && !name.endsWith(".schema.json")).sort();
  return Promise.all(files.map((name) => readDefinition(join(folder, name))));
}

const takesNasAndCode = ({ credentialFields }: ElectionDefinition): boolean =>
  credentialFields.map(({ name }) => name).join() === "nas,code";

/**
 * Applies the definitions and imports the demo voters; again does no harm. Answers what an officer should hear of: a kept
 * election that was changed since its file was written stays as it is.
 */
export async function loadDemo(
  connection: Connection,
  definitions: readonly ElectionDefinition[],
): Promise<readonly string[]> {
  const load = async (definition: ElectionDefinition): Promise<readonly string[]> => {
    try {
      await applyElection(connection, definition, { who: "npm start" });
      if (takesNasAndCode(definition) && phaseAt(definition, Date.now()) !== "closed") {
        await importRoll(connection, definition.electionId, VOTERS);
      }
      return [];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return [error.message];
    }
  };
  return (await Promise.all(definitions.map(load))).flat();
}
