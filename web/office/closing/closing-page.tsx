import { formatInstant } from "#core/instant-words.ts";
import type { ClosingAnswer } from "#functions/office/closing/contract.ts";
import type { Me } from "#functions/office/session/contract.ts";
import { useBilingual, useLanguage } from "#web/messages/catalogue.ts";
import { Acts } from "#web/office/closing/acts.tsx";
import { BundleFiles } from "#web/office/closing/bundle.tsx";
import { Checks } from "#web/office/closing/checks.tsx";
import { LatestJob } from "#web/office/closing/latest-job.tsx";
import { Lots } from "#web/office/closing/lots.tsx";
import { Opening } from "#web/office/closing/opening.tsx";
import { useClosing } from "#web/office/closing/use-closing.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { OfficeFailure } from "#web/office/shell/answers.tsx";
import { Loading } from "#web/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";
import "#web/styles/certified.css";
import "#web/styles/office-closing.css";

/** Stating the opening, and what follows the closing: checks, lots, recount, certify, publish, shred. */
export function ClosingPage({ me, electionId }: Readonly<{ me: Me; electionId: string }>) {
  const t = useOfficeMessages();
  const { standing, jobs, known, state } = useClosing(me, electionId);
  const { answer } = standing;
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok" || state === undefined) return <OfficeFailure answer={answer} retry={standing.retry} />;
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
