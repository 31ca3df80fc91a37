import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Figure } from "#load/shared/figures.ts";
import { nationalElection } from "#load/shared/national-election.ts";
import { grouped } from "#load/shared/report.ts";
import { connectTo, type RunningSystem } from "#load/shared/running-system.ts";
import { inTemporaryFolder, tie } from "#local/loose-ends.ts";
import { applyElection } from "#storage/election-register.ts";

/** A roll of a national size by the officer's own commands: invented and written to a file, then checked and hashed. */

const MOST_MEGABYTES = 200;
const COMMAND = fileURLToPath(new URL("../../admin/scrutin.ts", import.meta.url));
const REGIONS = 3;
const ELECTION = "bench-roll";

type Told = Readonly<{ seconds: number; megabytes: number }>;

/** Runs a command of `scrutin` to its end and reads the peak of memory that it tells itself. Throws when it fails. */
async function runScrutin({ url }: RunningSystem, args: readonly string[]): Promise<Told> {
  const beganMs = performance.now();
  const child = spawn(process.execPath, [COMMAND, "roll", ...args], {
    env: { ...process.env, PORT: new URL(url).port },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const end = tie(child);
  try {
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    const [code] = await once(child, "close");
    const peak = /peak memory ([\d,]+) MB/.exec(said)?.[1];
    if (code !== 0 || peak === undefined) throw new Error(`scrutin roll ${args[0]} failed`);
    return { seconds: (performance.now() - beganMs) / 1000, megabytes: Number(peak.replaceAll(",", "")) };
  } finally {
    await end();
  }
}

/** An election whose roll is empty, so that checking a file asks the tables for nobody. */
async function registerElection(system: RunningSystem): Promise<void> {
  const connection = connectTo(system);
  await applyElection(connection, nationalElection(ELECTION, REGIONS), { who: "bench" }).finally(connection.close);
}

/** Writes a roll of invented voters and checks it as an import does, without putting anybody on the roll. */
export function measureRoll(system: RunningSystem, voters: number): Promise<readonly Figure[]> {
  return inTemporaryFolder(async (folder) => {
    const file = join(folder, "voters.csv");
    await registerElection(system);
    const size = ["--voters", String(voters), "--regions", String(REGIONS)];
    const written = await runScrutin(system, ["generate", ...size, "--out", file]);
    const hashed = await runScrutin(system, ["import", file, "--election", ELECTION, "--dry-run"]);
    const figures = (what: string, { seconds, megabytes }: Told): readonly Figure[] => [
      {
        name: `roll ${what}`,
        value: voters / seconds,
        unit: "voters/s",
        note: `${grouped(voters)} voters in ${seconds.toFixed(1)} s, the start of the command included`,
      },
      {
        name: `roll ${what}, peak memory`,
        value: megabytes,
        unit: "MB",
        target: { kind: "at-most", limit: MOST_MEGABYTES, isBinding: true },
      },
    ];
    return [...figures("written to a file", written), ...figures("checked and hashed", hashed)];
  });
}
