import { workerData } from "node:worker_threads";
import { answerTasks } from "#admin/trustees/bundle/threads.ts";
import { type BatchJob, type BatchJudged, batchWork } from "#admin/trustees/verify/batch-jobs.ts";

/** A thread that does jobs of one bundle. */

const work = batchWork(workerData);

answerTasks<BatchJob, BatchJudged>((job) => ({ answer: work(job) }));
