import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "#admin/connection/connection.ts";
import { generateRoll } from "#admin/roll/generation.ts";
import { importRoll } from "#admin/roll/import.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import type { Credential, FreshVoter } from "#load/shared/ballots.ts";
import type { SystemUnderLoad } from "#load/shared/running-system.ts";
import { inTemporaryFolder } from "#local/loose-ends.ts";

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

/** Writes a file of voters for each election, one pass over all of them. Gives the files by election. */
async function writeRolls(folder: string, voters: Iterable<FreshVoter>): Promise<ReadonlyMap<string, string>> {
  const rolls = new Map<string, WriteStream>();
  for (const { nas, code, regionId, electionId } of voters) {
    let roll = rolls.get(electionId);
    if (roll === undefined) {
      roll = createWriteStream(join(folder, `${electionId}.csv`), { mode: 0o600 });
      roll.write("nas,code,region_id\n");
      rolls.set(electionId, roll);
    }
    if (!roll.write(`${nas},${code},${regionId}\n`)) await once(roll, "drain");
  }
  for (const roll of rolls.values()) {
    roll.end();
    await once(roll, "finish");
  }
  return new Map([...rolls].map(([electionId, { path }]) => [electionId, String(path)]));
}

/** Enters voters on the roll of their election. `onProgress` hears of each election's import by its id. */
export function enrol(
  { outputs, url, endpoints }: SystemUnderLoad,
  voters: Iterable<FreshVoter>,
  onProgress?: OnProgress,
): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const connection = connect({ ...outputs, ApiUrl: url }, endpoints);
    try {
      for (const [electionId, file] of await writeRolls(folder, voters)) {
        const tell: OnProgress = (progress) => onProgress?.({ ...progress, step: `${progress.step} ${electionId}` });
        await importRoll(connection, electionId, file, { onProgress: tell });
      }
    } finally {
      connection.close();
    }
  });
}
