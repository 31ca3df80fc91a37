import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import * as z from "zod";

/** What became of a run's posts, and how the process that posts tells it. */

/** What became of a post. Status and time are undefined when no answer came. */
export type Outcome = Readonly<{
  /** Milliseconds of the epoch. */
  startedAtMs: number;
  status: number | undefined;
  /** Milliseconds until the answer. */
  tookMs: number | undefined;
}>;

/** Outcomes in the order of the plan; undefined for what was never sent. An array is one. */
export type Outcomes = Readonly<{ length: number; at(index: number): Outcome | undefined }>;

/** Those of a run's posts that were sent, each with its place in the plan. */
export function* sentOf(outcomes: Outcomes): Generator<readonly [index: number, outcome: Outcome], undefined> {
  for (let index = 0; index < outcomes.length; index++) {
    const outcome = outcomes.at(index);
    if (outcome !== undefined) yield [index, outcome];
  }
  return undefined;
}

/** A line: the place in the plan, when it was sent, and what was answered after how long. */
const Line = z.tuple([z.number().int().nonnegative(), z.number(), z.number().int().nullish(), z.number().nullish()]);

export type OutcomeLog = Readonly<{
  write(index: number, outcome: Outcome): void;
  /** What is not flushed is lost with the process. */
  flush(): void;
  close(): void;
}>;

/** Opens a file of outcomes; a later line on a post takes the place of an earlier one. @param keep characters to gather before a write */
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
    flush,
    close() {
      flush();
      closeSync(descriptor);
    },
  };
}

const NO_ANSWER = 0;

/** Reads the last word on each post of a plan; 20 bytes of memory for each. */
export async function readOutcomes(file: string, posts: number): Promise<Outcomes> {
  const startedAtMs = new Float64Array(posts).fill(Number.NaN);
  const tookMs = new Float64Array(posts);
  const statuses = new Uint16Array(posts);
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [index, startMs, status, took] = Line.parse(JSON.parse(line));
    startedAtMs[index] = startMs;
    statuses[index] = status ?? NO_ANSWER;
    tookMs[index] = took ?? Number.NaN;
  }
  return {
    length: posts,
    at(index) {
      const startMs = startedAtMs[index];
      if (startMs === undefined || Number.isNaN(startMs)) return undefined;
      const [status = NO_ANSWER, took = Number.NaN] = [statuses[index], tookMs[index]];
      return {
        startedAtMs: startMs,
        status: status === NO_ANSWER ? undefined : status,
        tookMs: Number.isNaN(took) ? undefined : took,
      };
    },
  };
}
