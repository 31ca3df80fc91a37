import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Card, cardKey } from "#core/trustees/card-key.ts";
import { nodeCards } from "#storage/card-engine.ts";

/** Makes voter keys on all cores: scrypt takes some milliseconds for each. Codes stay within this process. */

export type KeyMaking = Readonly<{
  /** Lists under way that keep every thread busy. */
  width: number;
  voterKeys(cards: readonly Card[]): Promise<readonly string[]>;
  close(): Promise<void>;
}>;

/** Fewer are made sooner than threads start. */
const WORTH_THREADS = 100;
const MOST_THREADS = 64;
const LISTS_PER_THREAD = 2;

type Waiting = Readonly<{ resolve: (keys: readonly string[]) => void; reject: (error: Error) => void }>;

function startThread() {
  const worker = new Worker(new URL("./key-thread.ts", import.meta.url), { execArgv: [] });
  // Answers come in the order of the questions.
  const waiting: Waiting[] = [];
  let failure: Error | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  worker.on("message", (keys: readonly string[]) => waiting.shift()?.resolve(keys));
  worker.on("error", (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on("exit", () => fail(new Error("a thread that makes keys has ended")));
  return {
    ask: (cards: readonly Card[]) =>
      new Promise<readonly string[]>((resolve, reject) => {
        if (failure !== undefined) return reject(failure);
        waiting.push({ resolve, reject });
        worker.postMessage(cards);
      }),
    stop: () => worker.terminate(),
  };
}

/** @param count how many cards there will be, about */
export function startKeyMaking(count: number): KeyMaking {
  if (count < WORTH_THREADS) {
    return {
      width: 1,
      voterKeys: async (cards) => cards.map((card) => cardKey(nodeCards, card).voterKey),
      async close() {},
    };
  }
  const threads = Array.from({ length: Math.min(MOST_THREADS, availableParallelism()) }, startThread);
  let next = 0;
  return {
    width: threads.length * LISTS_PER_THREAD,
    voterKeys(cards) {
      const thread = threads[next++ % threads.length];
      return thread === undefined ? Promise.reject(new Error("there is no thread")) : thread.ask(cards);
    },
    async close() {
      await Promise.all(threads.map(({ stop }) => stop()));
    },
  };
}
