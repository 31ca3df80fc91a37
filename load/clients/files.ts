import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import * as z from "zod";
import type { OnProgress } from "#admin/shared/progress.ts";
import type { PostPlan, PostRequest } from "#load/shared/ballots.ts";

/** Files between a run and the process that posts for it: a plan, one post a line, and the outcome of each post. */

const Post = z.object({ path: z.string(), body: z.string(), from: z.string().optional() });

const POSTS_AT_A_TIME = 1_000;

/** A plan holds credentials, so only its owner may read it. */
export async function writePlanFile(file: string, plan: PostPlan, onProgress?: OnProgress): Promise<void> {
  async function* lines() {
    let [text, written] = ["", 0];
    for await (const { path, body, from } of plan) {
      text += `${JSON.stringify({ path, body, from })}\n`;
      written += 1;
      if (written % POSTS_AT_A_TIME > 0 && written < plan.length) continue;
      yield text;
      text = "";
      onProgress?.({ step: "preparing", done: written, total: plan.length });
    }
  }
  await writeFile(file, lines(), { mode: 0o600 });
}

export async function* readPlanFile(file: string): AsyncGenerator<PostRequest, undefined> {
  for await (const line of createInterface({ input: createReadStream(file) })) yield Post.parse(JSON.parse(line));
  return undefined;
}

/** The outcome of a post. Status and time are undefined when no answer came. */
export type Outcome = Readonly<{ startedAtMs: number; status: number | undefined; tookMs: number | undefined }>;

/** In the order of the plan; undefined for what was never sent. */
export type Outcomes = readonly (Outcome | undefined)[];

/** A line: the index in the plan, when it was sent, the status, and how long the answer took. */
const Line = z.tuple([z.number().int().nonnegative(), z.number(), z.number().int().nullish(), z.number().nullish()]);

export type OutcomeLog = Readonly<{ write(index: number, outcome: Outcome): void; close(): void }>;

/** A later line for a post replaces an earlier one. @param keep characters to gather before a write */
export function openOutcomeLog(file: string, keep: number): OutcomeLog {
  const descriptor = openSync(file, "a");
  let text = "";
  const flush = (): void => {
    if (text !== "") writeSync(descriptor, text);
    text = "";
  };
  return {
    write(index, { startedAtMs, status, tookMs }) {
      text += `${JSON.stringify([index, startedAtMs, status, tookMs])}\n`;
      if (text.length >= keep) flush();
    },
    close() {
      flush();
      closeSync(descriptor);
    },
  };
}

export async function readOutcomes(file: string, posts: number): Promise<Outcomes> {
  const outcomes = new Array<Outcome | undefined>(posts).fill(undefined);
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [index, startedAtMs, status, tookMs] = Line.parse(JSON.parse(line));
    outcomes[index] = { startedAtMs, status: status ?? undefined, tookMs: tookMs ?? undefined };
  }
  return outcomes;
}
