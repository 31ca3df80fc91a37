import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "#admin/connection.ts";
import { importRoll } from "#admin/roll.ts";
import { generateRoll } from "#admin/roll-generation.ts";
import type { Credential, FreshVoter } from "#load/ballots.ts";
import { inTemporaryFolder } from "#load/loose-ends.ts";
import type { SystemUnderLoad } from "#load/running-system.ts";

/** Fresh voters, invented and entered on the roll by the same library as the officer's command line tool. */

/** Credentials that no two voters share, and that cannot be guessed from an earlier run. */
export function inventCredentials(count: number): Promise<readonly Credential[]> {
  return inTemporaryFolder(async (folder) => {
    const out = join(folder, "voters.csv");
    await generateRoll({ voters: count, regions: 1, out });
    const [, ...rows] = (await readFile(out, "utf8")).trimEnd().split("\n");
    return rows.map((row) => {
      const [nas = "", code = ""] = row.split(",");
      return { nas, code };
    });
  });
}

/** Enters voters on the roll of their election. */
export function enrol({ outputs, url, endpoints }: SystemUnderLoad, voters: readonly FreshVoter[]): Promise<void> {
  const byElection = Map.groupBy(voters, ({ electionId }) => electionId);
  return inTemporaryFolder(async (folder) => {
    const connection = connect({ ...outputs, ApiUrl: url }, endpoints);
    try {
      for (const [electionId, itsVoters] of byElection) {
        const file = join(folder, `${electionId}.csv`);
        const rows = itsVoters.map(({ nas, code, regionId }) => `${nas},${code},${regionId}\n`);
        await writeFile(file, `nas,code,region_id\n${rows.join("")}`, { mode: 0o600 });
        await importRoll(connection, electionId, file);
      }
    } finally {
      connection.close();
    }
  });
}
