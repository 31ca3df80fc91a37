import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type * as z from "zod";
import { type FunctionHost, hostFunction } from "#local/functions/host.ts";

/** A function of a few lines in a process of its own, to test what hosts functions. */
export type SmallFunction = Readonly<{
  host: FunctionHost;
  folder: string;
  /** The events it has been given so far, in order. */
  events<T extends z.ZodType>(schema: T): Promise<readonly z.infer<T>[]>;
  remove(): Promise<void>;
}>;

/** @param body statements that use `event`, `context`, `existsSync` and `sleep(ms)`, and return the answer */
export async function smallFunction(body: string, options: { timeoutMs?: number } = {}): Promise<SmallFunction> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-function-"));
  const eventsFile = join(folder, "events.jsonl");
  const bundle = join(folder, "index.mjs");
  await writeFile(
    bundle,
    `import { appendFileSync, existsSync } from "node:fs";
     import { setTimeout as sleep } from "node:timers/promises";
     export const handler = async (event, context) => {
       appendFileSync(process.env.EVENTS, JSON.stringify(event) + "\\n");
       ${body}
     };`,
  );
  const host = hostFunction(
    {
      name: "small",
      bundle,
      environment: { EVENTS: eventsFile, FOLDER: folder },
      timeoutMs: options.timeoutMs ?? 10_000,
      memoryMegabytes: 128,
    },
    folder,
  );
  return {
    host,
    folder,
    async events(schema) {
      const text = await readFile(eventsFile, "utf8").catch(() => "");
      return text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => schema.parse(JSON.parse(line)));
    },
    async remove() {
      await host.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves once a condition holds; otherwise the test times out. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}
