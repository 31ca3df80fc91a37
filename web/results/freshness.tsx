import { useRef } from "preact/hooks";
import { formatClock, formatInstant } from "#web/format.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { fingerprintOf, type Results, regionOf } from "#web/results/figures.ts";

type Seen = Readonly<{ fingerprint: string; at: string; hasChanged: boolean }>;

/** When the figures last changed while this page was open, each contest by itself, and when they were counted. */
export function Freshness({ results, isStale }: Readonly<{ results: Results; isStale: boolean }>) {
  const t = useMessages();
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

  const clock = formatClock(language, now.at);
  const instant = formatInstant(language, results.updated_at);
  return (
    <div class="freshness quiet">
      <p>{now.hasChanged ? t.results.changed(clock) : t.results.unchanged(clock)}</p>
      <p class="screen-only">{t.results.counted(instant)}</p>
      <p class="print-only">{t.results.countedOnce(instant)}</p>
      <p role="status" class="stale">
        {isStale ? t.results.stale : null}
      </p>
    </div>
  );
}
