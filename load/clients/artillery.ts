import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { OnProgress } from "#admin/shared/progress.ts";
import { clientProcess } from "#load/clients/client-process.ts";
import type { Pace, Phase } from "#load/clients/phases.ts";
import type { Client } from "#load/clients/vote-run.ts";

export const VIRTUAL_USERS = 50;
const ANSWER_WITHIN_SECONDS = 30;
const HOOKS = new URL("artillery-hooks.ts", import.meta.url);
const ARTILLERY = fileURLToPath(import.meta.resolve("artillery/package.json").replace(/package\.json$/, "bin/run"));

/** A phase without requests is a pause. */
function phaseOf({ requests, seconds }: Phase): object {
  const duration = `${Math.max(1, Math.round(seconds * 1000))}ms`;
  return requests === 0 ? { pause: duration } : { arrivalCount: requests, duration };
}

function scenarioFor(url: string, method: "post" | "get", requests: number, pace: Pace): object {
  const post = {
    [method]: {
      url: "{{ path }}",
      headers: { "content-type": "application/json" },
      beforeRequest: "fillIn",
      afterResponse: "writeDown",
    },
  };
  const isPaced = pace !== "as-fast-as-it-goes";
  return {
    config: {
      target: url,
      processor: "./hooks.mjs",
      // Virtual users share kept-alive connections: voters' own end at the edge.
      http: { timeout: ANSWER_WITHIN_SECONDS, pool: VIRTUAL_USERS },
      phases: isPaced
        ? pace.filter(({ seconds }) => seconds > 0).map(phaseOf)
        : [{ arrivalCount: Math.min(VIRTUAL_USERS, requests), duration: "100ms" }],
    },
    scenarios: [{ flow: [{ function: "takePost" }, isPaced ? post : { loop: [post], whileTrue: "takeAnotherPost" }] }],
  };
}

/** A client that posts by artillery. @param pace its phases must hold as many requests as the plan */
export function artilleryClient(pace: Pace, method: "post" | "get" = "post", onProgress?: OnProgress): Client {
  return clientProcess(async (url, posts, { folder, planFile, outcomesFile }) => {
    const scenarioFile = join(folder, "scenario.json");
    await writeFile(scenarioFile, JSON.stringify(scenarioFor(url, method, posts, pace)));
    // Artillery would compile a .ts processor itself; Node runs it as is.
    await writeFile(join(folder, "hooks.mjs"), `export * from ${JSON.stringify(HOOKS.href)};\n`);
    // A system on this machine is not reached through a proxy.
    const { HTTP_PROXY: _http, HTTPS_PROXY: _https, ...inherited } = process.env;
    const files = { SCRUTIN_PLAN: planFile, SCRUTIN_OUTCOMES: outcomesFile };
    return spawn(process.execPath, [ARTILLERY, "run", "--quiet", scenarioFile], {
      cwd: folder,
      env: { ...inherited, ...files, ARTILLERY_DISABLE_TELEMETRY: "true" },
      stdio: ["ignore", "ignore", "pipe"],
    });
  }, onProgress);
}
