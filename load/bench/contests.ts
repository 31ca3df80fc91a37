import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ElectionDefinition } from "#core/election.ts";
import type { DeployedFunctions } from "#load/bench/deployed-functions.ts";
import { readDefinition } from "#storage/definition-file.ts";
import { applyElection, findElection } from "#storage/election-register.ts";

/** What is voted on where functions run by themselves. */

const FOLDER = fileURLToPath(new URL("../../elections", import.meta.url));

export type Contest = Readonly<{ definition: ElectionDefinition; publicKey: string }>;

/** The law and the election of a single choice, registered where the function will look for them. */
export async function registerContests({ connection }: DeployedFunctions): Promise<readonly Contest[]> {
  const files = ["law-L2025-001.json", "election-1.json"];
  return Promise.all(
    files.map(async (file) => {
      const definition = await readDefinition(join(FOLDER, file));
      await applyElection(connection, definition, { who: "bench" });
      const publicKey = (await findElection(connection, definition.electionId))?.publicKey ?? "";
      return { definition, publicKey };
    }),
  );
}
