import { useEffect } from "preact/hooks";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { useOfficeAnswer } from "#web/office/shell/answers.tsx";
import { ProgressBar } from "#web/office/shell/progress-bar.tsx";

/** `GET /office/jobs/{job_id}`: what goes on behind the queue of office work. */
export type Job = Readonly<{
  job_id: string;
  kind: string;
  election_id: string;
  state: "queued" | "running" | "done" | "failed";
  done?: number;
  total?: number;
  /** Why it failed, in a sentence. */
  detail?: string;
  result?: unknown;
}>;

const EVERY_MS = 1_500;

/** Shows a job until it has ended. @param onEnd called once, done or failed */
export function JobProgress({
  jobId,
  label,
  onEnd,
}: Readonly<{ jobId: string; label: string; onEnd?: (job: Job) => void }>) {
  const t = useOfficeMessages();
  const { answer, isStale } = useOfficeAnswer<Job>(`/office/jobs/${encodeURIComponent(jobId)}`, EVERY_MS);
  const job = answer?.kind === "ok" ? answer.body : undefined;
  const hasEnded = job?.state === "done" || job?.state === "failed";
  useEffect(() => {
    if (job !== undefined && hasEnded) onEnd?.(job);
  }, [hasEnded]);
  const isLost = isStale || (answer !== undefined && answer.kind !== "ok");
  return (
    <div class="office-job" role="status">
      {hasEnded ? (
        <p class={job.state === "failed" ? "refusal" : undefined}>
          {label}: {job.detail ?? t.shell.job[job.state]}
        </p>
      ) : (
        <ProgressBar label={label} done={job?.done ?? 0} total={job?.total} />
      )}
      {!hasEnded && <p class="quiet">{isLost ? t.shell.jobLost : t.shell.job[job?.state ?? "queued"]}</p>}
    </div>
  );
}
