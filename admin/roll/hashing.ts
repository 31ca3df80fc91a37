import { createSecretKey } from "node:crypto";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type CheckedRows, checkRows, type RollRules } from "#admin/roll/rows.ts";

/** Checks and hashes blocks of a roll on several threads, since the HMACs keep a core busy. */

/** A thread's data. The pepper stays within this process. */
export type HashingTask = Readonly<{ rules: RollRules; pepper: Uint8Array }>;
export type HashingJob = Readonly<{ block: Uint8Array; headed: boolean }>;

export type Hashing = Readonly<{
  /** Including the caller's. */
  threads: number;
  /** Blocks in flight that keep every thread busy. */
  width: number;
  check(job: HashingJob): Promise<CheckedRows>;
  close(): Promise<void>;
}>;

/** A smaller roll is hashed sooner than threads start. */
const WORTH_THREADS_BYTES = 1_000_000;
const MOST_THREADS = 16;
const BLOCKS_PER_THREAD = 2;

/** Without a bound, V8 keeps hundreds of megabytes of dead rows. */
const THREAD_MEMORY = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 16 };

type Waiting = Readonly<{ resolve: (rows: CheckedRows) => void; reject: (error: Error) => void }>;

function startThread(task: HashingTask) {
  const worker = new Worker(new URL("./hashing-thread.ts", import.meta.url), {
    workerData: task,
    execArgv: [],
    resourceLimits: THREAD_MEMORY,
  });
  // Answers come in the order of the questions.
  const waiting: Waiting[] = [];
  let failure: Error | undefined;
  const fail = (error: Error) => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  worker.on("message", (rows: CheckedRows) => waiting.shift()?.resolve(rows));
  worker.on("error", (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on("exit", () => fail(new Error("a hashing thread has ended")));
  return {
    check: ({ block, headed }: HashingJob) =>
      new Promise<CheckedRows>((resolve, reject) => {
        if (failure !== undefined) return reject(failure);
        waiting.push({ resolve, reject });
        // A copy, so that transferring it detaches nothing else.
        const own = new Uint8Array(block);
        worker.postMessage({ block: own, headed } satisfies HashingJob, [own.buffer]);
      }),
    stop: () => worker.terminate(),
  };
}

/** Hashes a small roll on the caller's thread, a large one on all other cores. */
export function startHashing(task: HashingTask, fileBytes: number): Hashing {
  if (fileBytes < WORTH_THREADS_BYTES) {
    const key = createSecretKey(task.pepper);
    return {
      threads: 1,
      width: 1,
      check: async ({ block, headed }) => checkRows(task.rules, key, block, headed),
      async close() {},
    };
  }
  const threads = Array.from({ length: Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1)) }, () =>
    startThread(task),
  );
  let next = 0;
  return {
    threads: threads.length + 1,
    width: threads.length * BLOCKS_PER_THREAD,
    check(job) {
      const thread = threads[next++ % threads.length];
      return thread === undefined ? Promise.reject(new Error("there is no hashing thread")) : thread.check(job);
    },
    async close() {
      await Promise.all(threads.map(({ stop }) => stop()));
    },
  };
}
