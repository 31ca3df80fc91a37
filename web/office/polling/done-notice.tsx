import { useEffect, useRef } from "preact/hooks";
import type { Done } from "#functions/office/polling/contract.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { JobProgress } from "#web/office/shell/job-progress.tsx";

/** What was done, and the number that is to be published for it. */
export function DoneNotice({ done }: Readonly<{ done: Done }>) {
  const t = useOfficeMessages();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [done]);
  return (
    <section class="polling-done" aria-labelledby="polling-done">
      <h2 id="polling-done" ref={heading} tabIndex={-1}>
        {t.officePolling.done}
      </h2>
      {done.newest === null ? (
        <p>{t.officePolling.notSigned}</p>
      ) : (
        <>
          <p>{t.officePolling.publish}</p>
          <p>
            <code class="polling-sha256">{done.newest}</code>
          </p>
        </>
      )}
      {done.job_id !== null && <JobProgress jobId={done.job_id} label={t.officePolling.forgetting} />}
    </section>
  );
}
