import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { join } from "node:path";
import { importRoll } from "#admin/roll/import.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import type { FreshVoter } from "#load/shared/ballots.ts";
import { connectTo, type SystemUnderLoad } from "#load/shared/running-system.ts";
import { inTemporaryFolder } from "#local/loose-ends.ts";

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

/** Imports voters into the roll of their election, as an officer does. */
export function enrol(system: SystemUnderLoad, voters: Iterable<FreshVoter>, onProgress?: OnProgress): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    using connection = connectTo(system);
    for (const [electionId, file] of await writeRolls(folder, voters)) {
      const tell: OnProgress = (progress) => onProgress?.({ ...progress, step: `${progress.step} ${electionId}` });
      await importRoll(connection, electionId, file, { onProgress: tell });
    }
  });
}
