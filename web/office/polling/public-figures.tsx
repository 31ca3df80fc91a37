import { formatInstant } from "#core/instant-words.ts";
import { formatCount } from "#web/format.ts";
import { useBilingual, useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { useRefreshed } from "#web/results/refreshed.ts";
import { writePath } from "#web/router.ts";
import { formatShare } from "#web/share.ts";
import { api, Loading } from "#web/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";
import { PauseButton } from "#web/shell/pause.tsx";

const REFRESH_EVERY_MS = 5_000;
const COUNTS = ["received", "accepted", "duplicate", "counted"] as const;

/** What an observer sees: the public monitor's figures of one election, from the public API. */
export function PublicFigures({ electionId }: Readonly<{ electionId: string }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { answer } = useRefreshed("status", (signal) => api.systemStatus(language, signal), REFRESH_EVERY_MS);
  const elections = answer?.kind === "ok" ? (answer.body.elections ?? []) : [];
  const election = elections.find((one) => one.election_id === electionId);
  return (
    <>
      <Heading text={t.officePolling.title} />
      <p>{t.officePolling.publicOnly}</p>
      {answer === undefined && <Loading />}
      {answer !== undefined && election === undefined && (
        <p role="status">{answer.kind === "ok" ? t.officePolling.notWatched : t.failure.unreachable}</p>
      )}
      {election !== undefined && (
        <>
          <p class="polling-title">{inLanguage(election.title)}</p>
          <p>
            <strong>{t.officePolling.phase[election.status]}.</strong>{" "}
            {election.status === "open" &&
              t.officePolling.closes(formatInstant(language, election.closes_at, election.time_zone))}
          </p>
          <dl class="polling-counts">
            {COUNTS.map((name) => (
              <div key={name} class={name}>
                <dt>{t.officePolling.votes[name]}</dt>
                <dd class="figures">
                  {election.votes[name] === null ? "–" : formatCount(language, election.votes[name])}
                </dd>
              </div>
            ))}
          </dl>
          {election.turnout !== null && (
            <p class="figures">
              {t.officePolling.turnoutOf(
                election.turnout.ballots,
                election.turnout.on_roll,
                formatShare(language, { part: election.turnout.ballots, whole: election.turnout.on_roll }),
              )}
            </p>
          )}
          <PauseButton />
        </>
      )}
      <p>
        <a href={writePath(language, { page: "monitor" })}>{t.officePolling.toMonitor}</a>
      </p>
    </>
  );
}
