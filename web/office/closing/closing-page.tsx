import { useEffect, useState } from "preact/hooks";
import { formatInstant } from "#core/instant-words.ts";
import type { ClosingAnswer } from "#functions/office/closing/contract.ts";
import type { Me } from "#functions/office/session/contract.ts";
import type { JobAnswer, JobsAnswer } from "#functions/office-work/contract.ts";
import { useBilingual, useLanguage } from "#web/messages/catalogue.ts";
import { Acts } from "#web/office/closing/acts.tsx";
import { BundleFiles } from "#web/office/closing/bundle.tsx";
import { Checks } from "#web/office/closing/checks.tsx";
import { Lots } from "#web/office/closing/lots.tsx";
import { Opening } from "#web/office/closing/opening.tsx";
import type { RoomState } from "#web/office/closing/room-state.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { OfficeFailure, useOfficeAnswer } from "#web/office/shell/answers.tsx";
import { ProgressBar } from "#web/office/shell/progress-bar.tsx";
import { Loading } from "#web/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";
import "#web/styles/certified.css";
import "#web/styles/office-closing.css";

const STANDING_EVERY_MS = 5_000;
const JOBS_EVERY_MS = 1_500;

const isUnderWay = ({ state }: JobAnswer): boolean => state === "queued" || state === "running";

/** Stating the opening, and what follows the closing: checks, lots, recount, certify, publish, shred. */
export function ClosingPage({ me, electionId }: Readonly<{ me: Me; electionId: string }>) {
  const t = useOfficeMessages();
  const path = `/office/elections/${encodeURIComponent(electionId)}/closing`;
  const standing = useOfficeAnswer<ClosingAnswer>(path, STANDING_EVERY_MS);
  const jobs = useOfficeAnswer<JobsAnswer>(`/office/jobs?election_id=${encodeURIComponent(electionId)}`, JOBS_EVERY_MS);
  const { answer } = standing;
  const known = jobs.answer?.kind === "ok" ? jobs.answer.body.jobs : [];
  const isBusy = known.some(isUnderWay);
  // What a job did is shown as soon as it has ended.
  useEffect(() => {
    if (!isBusy && known.length > 0) standing.retry();
  }, [isBusy, known[0]?.job_id]);
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <OfficeFailure answer={answer} retry={standing.retry} />;
  const refresh = (): void => {
    standing.retry();
    jobs.retry();
  };
  const state: RoomState = {
    standing: answer.body,
    isOfficer: me.groups.includes("officer"),
    mayReadBox: me.groups.some((group) => group === "officer" || group === "auditor"),
    isBusy,
    refresh,
  };
  return (
    <>
      <Head standing={answer.body} />
      {(standing.isStale || jobs.isStale) && <p class="quiet">{t.officeClosing.stale}</p>}
      <LatestJob jobs={known} />
      <Opening {...state} />
      {answer.body.phase !== "upcoming" && answer.body.phase !== "cancelled" && (
        <>
          <Checks {...state} />
          <Lots {...state} />
        </>
      )}
      <Acts {...state} />
      <BundleFiles {...state} />
    </>
  );
}

function Head({ standing }: Readonly<{ standing: ClosingAnswer }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const closes = formatInstant(language, standing.closes_at, standing.time_zone);
  return (
    <>
      <p class="eyebrow">{inLanguage(standing.title)}</p>
      <Heading text={t.officeClosing.title} />
      <p>{t.officeClosing.phase[standing.phase](closes)}</p>
    </>
  );
}

/** What is being done, or was done last. It stays until the reader has seen it. */
function LatestJob({ jobs }: Readonly<{ jobs: readonly JobAnswer[] }>) {
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
