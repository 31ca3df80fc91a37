import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Election } from "#core/election.ts";
import { type ContestTallies, sumContestTallies } from "#core/recount.ts";
import type { Segment } from "#functions/recount/segment.ts";

/** What a thread is asked to count. */
export type ThreadTask = Readonly<{ elections: readonly Election[]; segment: Segment }>;

/**
 * Counts the whole box, a segment on each processor: opening envelopes is CPU-bound, and Lambda's time limit is short.
 * @param file the module that each thread runs, with a ThreadTask as workerData; it posts its ContestTallies
 */
export async function countOnThreads(
  file: URL,
  elections: readonly Election[],
  threads = availableParallelism(),
): Promise<ContestTallies> {
  const counting = Array.from({ length: threads }, (_, segment) => {
    const task: ThreadTask = { elections, segment: { segment, of: threads } };
    const thread = new Worker(file, { workerData: task });
    const answer = new Promise<ContestTallies>((resolve, reject) => {
      thread.once("message", resolve);
      thread.once("error", reject);
      thread.once("exit", () => reject(new Error("a counting thread ended without its count")));
    });
    return { thread, answer };
  });
  try {
    return sumContestTallies(await Promise.all(counting.map(({ answer }) => answer)));
  } finally {
    // If one failed, the others count in vain.
    for (const { thread } of counting) void thread.terminate();
  }
}
