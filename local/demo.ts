import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Connection } from "#admin/connection.ts";
import { applyElection, readDefinition } from "#admin/elections.ts";
import { importRoll } from "#admin/roll.ts";
import type { ElectionDefinition } from "#core/election.ts";

/** The demonstration: every definition in elections/, and the demo voters on the roll of each that takes their credentials. */

const folder = fileURLToPath(new URL("../elections", import.meta.url));
const VOTERS = join(folder, "demo-voters.csv");

/** Credentials of the demo voter who is on every roll. */
export const DEMO_VOTER = { nas: "123456789", code: "ABC123", region: "1" } as const;

/** Reads every definition. @throws Refusal that names the file, the field and the rule */
export async function readDemoDefinitions(): Promise<readonly ElectionDefinition[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(files.map((name) => readDefinition(join(folder, name))));
}

const takesNasAndCode = ({ credentialFields }: ElectionDefinition): boolean =>
  credentialFields.map(({ name }) => name).join() === "nas,code";

/** Applies the definitions and imports the demo voters; again does no harm. */
export async function loadDemo(connection: Connection, definitions: readonly ElectionDefinition[]): Promise<void> {
  const load = async (definition: ElectionDefinition): Promise<void> => {
    await applyElection(connection, definition, { who: "npm start" });
    if (takesNasAndCode(definition)) await importRoll(connection, definition.electionId, VOTERS);
  };
  await Promise.all(definitions.map(load));
}
