import { useState } from "preact/hooks";
import type { JobAnswer } from "#functions/office-work/contract.ts";
import { isUnderWay } from "#web/office/closing/use-closing.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { ProgressBar } from "#web/office/shell/progress-bar.tsx";

/** What is being done, or was done last. It stays until the reader has seen it. */
export function LatestJob({ jobs }: Readonly<{ jobs: readonly JobAnswer[] }>) {
  const t = useOfficeMessages();
  const [seen, setSeen] = useState<string>();
  const [latest] = jobs;
  const isShown = latest !== undefined && latest.job_id !== seen;
  return (
    <div role="status">
      {isShown && (
        <div class={`office-job ${latest.state}`}>
          {isUnderWay(latest) ? (
            <>
              <ProgressBar label={t.officeClosing.kind[latest.kind]} done={latest.done ?? 0} total={latest.total} />
              <p class="quiet">{t.shell.job[latest.state]}</p>
            </>
          ) : (
            <>
              <p class={latest.state === "failed" ? "refusal" : undefined}>
                <strong>{t.officeClosing.kind[latest.kind]}</strong>
                {": "}
                {latest.detail ?? t.shell.job[latest.state]}
              </p>
              <button type="button" class="button plain" onClick={() => setSeen(latest.job_id)}>
                {t.shell.close}
              </button>
            </>
          )}
        </div>
      )}
    </div>
  );
}
