import { onThreads } from "#admin/trustees/bundle/threads.ts";
import { type BatchJob, type BatchJudged, type BatchTask, batchWork } from "#admin/trustees/verify/batch-jobs.ts";

/** Batches of a bundle on all cores, one batch a thread at a time: memory holds as many batches as there are cores. */

type JudgedOf<Job extends BatchJob> = Extract<BatchJudged, { kind: Job["kind"] }>;

export type BatchThreads = Readonly<{
  /** Does jobs in any order, and tells of each as it ends. */
  doAll<Job extends BatchJob>(
    jobs: readonly Job[],
    onDone: (judged: JudgedOf<Job>, job: Job) => void | Promise<void>,
  ): Promise<void>;
}>;

/** So few ballots are done sooner than threads start. */
const WORTH_THREADS = 300;

export function batchThreads(task: BatchTask): BatchThreads {
  const ballots = task.ballots.reduce((sum, [, count]) => sum + count, 0);
  return {
    async doAll<Job extends BatchJob>(
      jobs: readonly Job[],
      onDone: (judged: JudgedOf<Job>, job: Job) => void | Promise<void>,
    ) {
      if (ballots < WORTH_THREADS) {
        const work = batchWork(task);
        // A job is answered by what is of its kind.
        for (const job of jobs) await onDone(work(job) as JudgedOf<Job>, job);
        return;
      }
      const thread = new URL("./batch-thread.ts", import.meta.url);
      await onThreads<Job, JudgedOf<Job>>({ thread, data: task, tasks: jobs, use: onDone });
    },
  };
}
