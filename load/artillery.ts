import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import type { PlannedPost } from "#load/ballots.ts";
import { endChild } from "#load/running-system.ts";

/** Posting a plan by artillery, offline, as a child process with its files in a temporary folder. */

/** What became of a planned post. Status and time are undefined when no answer came. */
export type Outcome = Readonly<{
  /** Milliseconds of the epoch. */
  startedAtMs: number;
  status: number | undefined;
  /** Milliseconds to the first byte of the answer. */
  tookMs: number | undefined;
}>;

const OutcomeLine = z.object({
  index: z.number().int().nonnegative(),
  startedAtMs: z.number(),
  status: z.number().int().optional(),
  tookMs: z.number().optional(),
});

export const VIRTUAL_USERS = 50;
const ANSWER_WITHIN_SECONDS = 30;
const HOOKS = new URL("artillery-hooks.ts", import.meta.url);
const ARTILLERY = fileURLToPath(import.meta.resolve("artillery/package.json").replace(/package\.json$/, "bin/run"));

/** At a rate, a new virtual user for each post; without one, a few that post in a loop until the plan is done. */
function scenarioFor(url: string, posts: number, rate: number | undefined): object {
  const post = {
    post: {
      url: "{{ path }}",
      headers: { "content-type": "application/json" },
      beforeRequest: "fillIn",
      afterResponse: "writeDown",
    },
  };
  const looping = { loop: [post], whileTrue: "takeAnotherPost" };
  return {
    config: {
      target: url,
      processor: "./hooks.mjs",
      // Virtual users share kept-alive connections, as those of voters end at the edge.
      http: { timeout: ANSWER_WITHIN_SECONDS, pool: VIRTUAL_USERS },
      phases: [
        rate === undefined
          ? { arrivalCount: Math.min(VIRTUAL_USERS, posts), duration: "100ms" }
          : { arrivalCount: posts, duration: `${Math.ceil((posts / rate) * 1000)}ms` },
      ],
    },
    scenarios: [{ flow: [{ function: "takePost" }, rate === undefined ? looping : post] }],
  };
}

function environmentFor(planFile: string, outcomesFile: string): NodeJS.ProcessEnv {
  // A proxy of this machine is not on the way to a system on this machine.
  const { HTTP_PROXY: _http, HTTPS_PROXY: _https, ...inherited } = process.env;
  return {
    ...inherited,
    ARTILLERY_DISABLE_TELEMETRY: "true",
    SCRUTIN_PLAN: planFile,
    SCRUTIN_OUTCOMES: outcomesFile,
  };
}

/** The last word on each post, by its place in the plan; a post that never went out is not among them. */
function readOutcomes(text: string): ReadonlyMap<number, Outcome> {
  const outcomes = new Map<number, Outcome>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const { index, startedAtMs, status, tookMs } = OutcomeLine.parse(JSON.parse(line));
    outcomes.set(index, { startedAtMs, status, tookMs });
  }
  return outcomes;
}

/**
 * Posts a plan and gives the outcome of each post that went out, by its place in the plan. Throws when artillery itself fails.
 * @param rate posts per second; undefined for as fast as 50 virtual users can
 */
export async function postByArtillery(
  url: string,
  plan: readonly PlannedPost[],
  rate: number | undefined,
): Promise<ReadonlyMap<number, Outcome>> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-load-"));
  try {
    const [scenarioFile, planFile, outcomesFile] = [
      join(folder, "scenario.json"),
      join(folder, "plan.json"),
      join(folder, "outcomes.jsonl"),
    ];
    await writeFile(planFile, JSON.stringify(plan.map(({ path, body }) => ({ path, body }))), { mode: 0o600 });
    await writeFile(outcomesFile, "");
    await writeFile(scenarioFile, JSON.stringify(scenarioFor(url, plan.length, rate)));
    // artillery would compile a .ts processor by a compiler of its own; Node runs it as it is.
    await writeFile(join(folder, "hooks.mjs"), `export * from ${JSON.stringify(HOOKS.href)};\n`);

    const child = spawn(process.execPath, [ARTILLERY, "run", "--quiet", scenarioFile], {
      cwd: folder,
      env: environmentFor(planFile, outcomesFile),
      stdio: ["ignore", "ignore", "pipe"],
    });
    const endWithUs = (): void => void child.kill("SIGTERM");
    process.once("exit", endWithUs);
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint = `${complaint}${text}`.slice(-4_000);
    });
    try {
      const [code] = await once(child, "exit");
      if (code !== 0) throw new Error(`artillery ended with ${code}: ${complaint.trim()}`);
    } finally {
      process.removeListener("exit", endWithUs);
      await endChild(child);
    }
    return readOutcomes(await readFile(outcomesFile, "utf8"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
