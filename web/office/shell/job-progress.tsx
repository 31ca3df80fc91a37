import { useEffect } from "preact/hooks";
import type { JobAnswer } from "#functions/office-work/contract.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { useOfficeAnswer } from "#web/office/shell/answers.tsx";
import { ProgressBar } from "#web/office/shell/progress-bar.tsx";

const EVERY_MS = 1_500;

/** Shows a job until it has ended. @param onEnd called once, done or failed */
export function JobProgress({
  jobId,
  label,
  onEnd,
}: Readonly<{ jobId: string; label: string; onEnd?: (job: JobAnswer) => void }>) {
  const t = useOfficeMessages();
  const { answer, isStale } = useOfficeAnswer<JobAnswer>(`/office/jobs/${encodeURIComponent(jobId)}`, EVERY_MS);
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
          {t.home.about(label, job.detail ?? t.shell.job[job.state])}
        </p>
      ) : (
        <ProgressBar label={label} done={job?.done ?? 0} total={job?.total} />
      )}
      {!hasEnded && <p class="quiet">{isLost ? t.shell.jobLost : t.shell.job[job?.state ?? "queued"]}</p>}
    </div>
  );
}
