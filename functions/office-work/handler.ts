import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { JobKind } from "#core/office-jobs.ts";
import { Refusal } from "#core/refusal.ts";
import { logFailure, logger } from "#functions/runtime/observability.ts";
import type { Job, JobEnd, JobProgress, OfficeJobs } from "#storage/office-jobs.ts";
import { readJobMessage } from "#storage/office-work-queue.ts";

/** Does a job. Throws Refusal when it cannot be done. */
export type JobWork = (job: Job, tell: (progress: JobProgress) => void) => Promise<Omit<JobEnd, "state">>;

export type OfficeWorkDependencies = Readonly<{
  jobs: Pick<OfficeJobs, "begin" | "tell" | "end">;
  work: Readonly<Record<JobKind, JobWork>>;
  now: () => number;
}>;

/** How often a job's progress is written down. */
const TELL_EVERY_MS = 1_000;

const FAILED: JobEnd = {
  state: "failed",
  sentence: {
    en: "It failed for a reason that is in the log of office-work. Ask for it again; if that does not help, use the command line.",
    fr: "L’opération a échoué pour une raison qui figure au journal de office-work. Demandez-la de nouveau\u202f; si rien n’y fait, passez par la ligne de commande.",
  },
};

/** How a job that threw has ended: what is refused is an answer, and everything else a fault that the log tells. */
function endOf(error: unknown): JobEnd {
  if (error instanceof Refusal) return { state: "failed", sentence: error.texts };
  logFailure("a job of the office failed", error);
  return FAILED;
}

/**
 * Does the job that a message names. It is begun once, whatever is delivered again: a message whose job was begun before, has ended or
 * waited too long is done with. Only what fails before a job is begun is delivered again, and ends among the dead letters.
 */
export function createOfficeWorkHandler({ jobs, work, now }: OfficeWorkDependencies) {
  const run = async (jobId: string, untilMs: number): Promise<void> => {
    const job = await jobs.begin(jobId, now(), untilMs);
    if (job === undefined) return;
    const told = { job: job.kind, election: job.electionId };
    logger.info("a job of the office begins", told);
    let tellAtMs = 0;
    let telling: Promise<unknown> = Promise.resolve();
    const tell = (progress: JobProgress): void => {
      if (now() < tellAtMs) return;
      tellAtMs = now() + TELL_EVERY_MS;
      // What cannot be told now is told later.
      telling = telling.then(() => jobs.tell(jobId, progress)).catch(() => undefined);
    };
    const end = await work[job.kind](job, tell).then((done): JobEnd => ({ state: "done", ...done }), endOf);
    await telling;
    await jobs.end(jobId, now(), end);
    logger.info("a job of the office has ended", { ...told, state: end.state });
  };

  return async (event: SQSEvent, context: Pick<Context, "getRemainingTimeInMillis">): Promise<SQSBatchResponse> => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const { messageId, body } of event.Records) {
      try {
        const jobId = readJobMessage(body);
        // Without its text, which may hold anything and must not be logged.
        if (jobId === undefined) throw new TypeError("a message in the office's queue names no job");
        await run(jobId, now() + context.getRemainingTimeInMillis());
      } catch (error) {
        logFailure("a job of the office could not be begun, or its end not be recorded", error);
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  };
}
