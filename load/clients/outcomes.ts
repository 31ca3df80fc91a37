import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import * as z from "zod";

/** What became of a post. Status and time are undefined when no answer came. */
export type Outcome = Readonly<{
  /** Milliseconds of the epoch. */
  startedAtMs: number;
  status: number | undefined;
  /** Milliseconds until the answer. */
  tookMs: number | undefined;
}>;

/** In the order of the plan; undefined for what was never sent. */
export type Outcomes = readonly (Outcome | undefined)[];

/** Posts that were sent, each with its place in the plan. */
export function* sentOf(outcomes: Outcomes): Generator<readonly [index: number, outcome: Outcome], undefined> {
  for (const [index, outcome] of outcomes.entries()) if (outcome !== undefined) yield [index, outcome];
  return undefined;
}

/** A line: the place in the plan, when it was sent, and what was answered after how long. */
const Line = z.tuple([z.number().int().nonnegative(), z.number(), z.number().int().nullish(), z.number().nullish()]);

export type OutcomeLog = Readonly<{
  write(index: number, outcome: Outcome): void;
  close(): void;
}>;

/** A later line on a post replaces an earlier one. @param keep characters to gather before a write */
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

/** Reads the last word on each post of a plan. */
export async function readOutcomes(file: string, posts: number): Promise<Outcomes> {
  const outcomes = new Array<Outcome | undefined>(posts).fill(undefined);
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [index, startedAtMs, status, tookMs] = Line.parse(JSON.parse(line));
    outcomes[index] = { startedAtMs, status: status ?? undefined, tookMs: tookMs ?? undefined };
  }
  return outcomes;
}
