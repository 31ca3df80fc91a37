import { availableParallelism } from "node:os";
import { parentPort, Worker } from "node:worker_threads";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** Work that is cut into tasks, such as the batches of a mix, on worker threads, one for each core. A thread has one task at a time. */

export type Work<Task, Answer> = Readonly<{
  /** The module that each thread runs; it calls answerTasks. */
  thread: URL;
  /** What all tasks share. */
  data: unknown;
  /** Taken one at a time, when a thread is free. */
  tasks: Iterable<Task> | AsyncIterable<Task>;
  /** What is done here with each answer, before its thread is given another task. */
  use(answer: Answer, task: Task): void | Promise<void>;
  threads?: number | undefined;
}>;

/** What a thread says: an answer, or why there is none, in words of a refusal where it was one. */
type Said = Readonly<{ answer: unknown } | { refusal: string } | { error: string }>;

function answerOf(worker: Worker, task: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (by: () => void): void => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      by();
    };
    const onError = (error: unknown): void => settle(() => reject(error));
    const onExit = (): void => settle(() => reject(new Error("a thread has ended before its answer")));
    const onMessage = (said: Said): void =>
      settle(() => {
        if ("answer" in said) resolve(said.answer);
        else reject("refusal" in said ? new EnglishRefusal(said.refusal) : new Error(said.error));
      });
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.postMessage(task);
  });
}

async function* eachOf<Task>(tasks: Iterable<Task> | AsyncIterable<Task>): AsyncGenerator<Task> {
  yield* tasks;
}

/** Ends when all tasks are answered. Rejects with the first that fails, and ends the others. */
export async function onThreads<Task, Answer>(work: Work<Task, Answer>): Promise<void> {
  const { thread, data, tasks, use, threads = availableParallelism() } = work;
  const workers: Worker[] = [];
  const left = eachOf(tasks);
  let failed = false;
  const serve = async (): Promise<void> => {
    let worker: Worker | undefined;
    for (let next = await left.next(); !next.done && !failed; next = await left.next()) {
      if (worker === undefined) {
        worker = new Worker(thread, { workerData: data, execArgv: [] });
        workers.push(worker);
      }
      // What a thread of ours answers to a task is the answer to it.
      await use((await answerOf(worker, next.value)) as Answer, next.value);
    }
  };
  const served = async (): Promise<void> => {
    try {
      await serve();
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  try {
    await Promise.all(Array.from({ length: threads }, served));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** A thread's answer, and what of it is moved to the caller's thread, not copied. */
export type ThreadAnswer<Answer> = Readonly<{ answer: Answer; moved?: readonly ArrayBuffer[] }>;

/** A thread answers its tasks. */
export function answerTasks<Task, Answer>(
  answerTo: (task: Task) => ThreadAnswer<Answer> | Promise<ThreadAnswer<Answer>>,
): void {
  const say = (said: Said, moved: readonly ArrayBuffer[] = []): void => parentPort?.postMessage(said, [...moved]);
  parentPort?.on("message", async (task: Task) => {
    try {
      const { answer, moved } = await answerTo(task);
      say({ answer }, moved);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      say(error instanceof EnglishRefusal ? { refusal: message } : { error: message });
    }
  });
}
