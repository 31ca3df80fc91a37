import { useRef } from "preact/hooks";
import { formatClock, formatInstant } from "#core/instant-words.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { fingerprintOf, type Results, regionOf } from "#published/figures.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { PauseButton, usePaused } from "#web/shell/pause.tsx";

type Seen = Readonly<{ fingerprint: string; at: string; hasChanged: boolean }>;

/** Per contest: when the figures last changed, and whether they may be stale. */
export function Freshness({
  election,
  results,
  isStale,
}: Readonly<{ election: PublicElection; results: Results; isStale: boolean }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const seen = useRef(new Map<string | undefined, Seen>());
  const contest = regionOf(results);
  const fingerprint = fingerprintOf(results);
  const before = seen.current.get(contest);
  const now: Seen =
    before?.fingerprint === fingerprint
      ? before
      : { fingerprint, at: results.updated_at, hasChanged: before !== undefined };
  seen.current.set(contest, now);

  const clock = formatClock(language, now.at, election.definition.timeZone);
  return (
    <>
      <p class={now.hasChanged ? "last-change" : "last-change freshness"}>
        {now.hasChanged ? t.results.changed(clock) : t.results.unchanged(clock)}
      </p>
      <p class="actions">
        <PauseButton />
      </p>
      <p role="status" class="stale">
        {isStale ? t.results.stale : null}
      </p>
    </>
  );
}

/** Printed too. */
export function CountedAt({ election, results }: Readonly<{ election: PublicElection; results: Results }>) {
  const t = useResultsMessages();
  const isPaused = usePaused();
  const instant = formatInstant(useLanguage(), results.updated_at, election.definition.timeZone);
  return (
    <p class="quiet">
      {t.results.counted(instant)} <span class="freshness">{isPaused ? t.results.paused : t.results.byItself}</span>
    </p>
  );
}
