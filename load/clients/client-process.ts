import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { OnProgress } from "#admin/shared/progress.ts";
import { readOutcomes, writePlanFile } from "#load/clients/files.ts";
import type { Client } from "#load/clients/vote-run.ts";
import { inTemporaryFolder, tie } from "#local/loose-ends.ts";

export type ClientFiles = Readonly<{ folder: string; planFile: string; outcomesFile: string }>;

/** A client in its own process, which reads the plan from one file and writes outcomes to another. */
export function clientProcess(
  start: (url: string, posts: number, files: ClientFiles) => Promise<ChildProcess>,
  onProgress?: OnProgress,
): Client {
  return (url, plan) =>
    inTemporaryFolder(async (folder) => {
      const files = { folder, planFile: join(folder, "plan.jsonl"), outcomesFile: join(folder, "outcomes.jsonl") };
      await writePlanFile(files.planFile, plan, onProgress);
      await writeFile(files.outcomesFile, "");
      const child = await start(url, plan.length, files);
      const end = tie(child);
      let complaint = "";
      child.stderr?.setEncoding("utf8").on("data", (text: string) => {
        complaint = `${complaint}${text}`.slice(-4_000);
      });
      try {
        const [code] = await once(child, "exit");
        if (code !== 0) throw new Error(`the client ended with ${code}: ${complaint.trim()}`);
      } finally {
        await end();
      }
      return readOutcomes(files.outcomesFile, plan.length);
    });
}
