import { formatInstant } from "#core/instant-words.ts";
import type { SystemStatus, WatchedElection } from "#functions/system-status/contract.ts";
import { formatDistance } from "#web/format.ts";
import { isUnstated } from "#web/home/time-to-go.ts";
import { useBilingual, useLanguage, useMonitorMessages } from "#web/messages/catalogue.ts";
import { VoteSummary } from "#web/monitor/figures.tsx";
import { writePath } from "#web/router.ts";
import { formatShare } from "#web/share.ts";
import { Cancelled } from "#web/shell/cancelled.tsx";

const ORDER = ["open", "upcoming", "closed", "cancelled"] as const;

/** Open votes first. */
export function WatchedElections({ status: { elections, unknown } }: Readonly<{ status: SystemStatus }>) {
  const t = useMonitorMessages();
  if (elections === null) return <p>{t.monitor.noElections}</p>;
  const sorted = elections.toSorted((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status));
  return (
    <ul class="notices">
      {sorted.map((election) => (
        <Watched key={election.election_id} election={election} unknown={unknown} />
      ))}
    </ul>
  );
}

function Watched({ election, unknown }: Readonly<{ election: WatchedElection; unknown: SystemStatus["unknown"] }>) {
  const t = useMonitorMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { election_id: electionId, status, cancelled, turnout, votes, rounded_to: roundedTo } = election;
  const next = status === "upcoming" ? election.opens_at : election.closes_at;
  const when =
    status === "closed"
      ? formatInstant(language, next, election.time_zone)
      : formatDistance(language, next, Date.now());
  const times = { open: t.home.closes, upcoming: t.home.opens, closed: t.home.closedOn, cancelled: t.home.closedOn };
  return (
    <li class="notice watched">
      <p class="eyebrow">{t.monitor.phase[status]}</p>
      <h3>
        <a href={writePath(language, { page: "results", electionId })}>{inLanguage(election.title)}</a>
      </h3>
      {cancelled === undefined ? (
        <p class="quiet">{isUnstated(election, Date.now()) ? t.home.unstated : times[status](when)}</p>
      ) : (
        <Cancelled {...cancelled} timeZone={election.time_zone} />
      )}
      {turnout !== null && (
        <p>
          {t.monitor.turnout(
            turnout.ballots,
            turnout.on_roll,
            formatShare(language, { part: turnout.ballots, whole: turnout.on_roll }),
          )}
        </p>
      )}
      {status !== "upcoming" && cancelled === undefined && (
        <VoteSummary votes={votes} unknown={unknown} path={`elections.${electionId}.votes`} />
      )}
      {status === "open" && roundedTo > 1 && <p class="quiet">{t.monitor.rounded(roundedTo)}</p>}
    </li>
  );
}
