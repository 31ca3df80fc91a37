import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { OnProgress } from "#admin/shared/progress.ts";
import { readOutcomes } from "#load/clients/outcomes.ts";
import type { Pace, Phase } from "#load/clients/phases.ts";
import { writePlanFile } from "#load/clients/plan-file.ts";
import type { Client } from "#load/clients/vote-run.ts";
import { inTemporaryFolder, tie } from "#local/loose-ends.ts";

export const VIRTUAL_USERS = 50;
const ANSWER_WITHIN_SECONDS = 30;
const HOOKS = new URL("artillery-hooks.ts", import.meta.url);
const ARTILLERY = fileURLToPath(import.meta.resolve("artillery/package.json").replace(/package\.json$/, "bin/run"));

type Method = "post" | "get";

/** A phase without requests is a pause. */
function phaseOf({ requests, seconds }: Phase): object {
  const duration = `${Math.max(1, Math.round(seconds * 1000))}ms`;
  return requests === 0 ? { pause: duration } : { arrivalCount: requests, duration };
}

function scenarioFor(url: string, method: Method, requests: number, pace: Pace): object {
  const post = {
    [method]: {
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
      phases:
        pace === "as-fast-as-it-goes"
          ? [{ arrivalCount: Math.min(VIRTUAL_USERS, requests), duration: "100ms" }]
          : pace.filter(({ seconds }) => seconds > 0).map(phaseOf),
    },
    scenarios: [{ flow: [{ function: "takePost" }, pace === "as-fast-as-it-goes" ? looping : post] }],
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

async function runArtillery(folder: string, scenarioFile: string, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [ARTILLERY, "run", "--quiet", scenarioFile], {
    cwd: folder,
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const end = tie(child);
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = `${complaint}${text}`.slice(-4_000);
  });
  try {
    const [code] = await once(child, "exit");
    if (code !== 0) throw new Error(`artillery ended with ${code}: ${complaint.trim()}`);
  } finally {
    await end();
  }
}

/**
 * A client that posts by artillery; it throws when artillery itself fails.
 * @param pace its phases must hold as many requests as the plan
 */
export function artilleryClient(pace: Pace, method: Method = "post", onProgress?: OnProgress): Client {
  return (url, plan) =>
    inTemporaryFolder(async (folder) => {
      const scenarioFile = join(folder, "scenario.json");
      const planFile = join(folder, "plan.jsonl");
      const outcomesFile = join(folder, "outcomes.jsonl");
      await writePlanFile(planFile, plan, onProgress);
      await writeFile(outcomesFile, "");
      await writeFile(scenarioFile, JSON.stringify(scenarioFor(url, method, plan.length, pace)));
      // Artillery would compile a .ts processor itself; Node runs it as it is.
      await writeFile(join(folder, "hooks.mjs"), `export * from ${JSON.stringify(HOOKS.href)};\n`);
      await runArtillery(folder, scenarioFile, environmentFor(planFile, outcomesFile));
      return readOutcomes(outcomesFile, plan.length);
    });
}
