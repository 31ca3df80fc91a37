import { useRef } from "preact/hooks";
import { formatInstant, unbroken } from "#core/instant-words.ts";
import { fingerprintOf, type Results, regionOf } from "#published/figures.ts";
import { formatClock } from "#web/format.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";

type Seen = Readonly<{ fingerprint: string; at: string; hasChanged: boolean }>;

/** Per contest: when the figures last changed, and whether they may be stale. */
export function Freshness({ results, isStale }: Readonly<{ results: Results; isStale: boolean }>) {
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

  const clock = unbroken(formatClock(language, now.at));
  return (
    <>
      <p class={now.hasChanged ? "last-change" : "last-change freshness"}>
        {now.hasChanged ? t.results.changed(clock) : t.results.unchanged(clock)}
      </p>
      <p role="status" class="stale">
        {isStale ? t.results.stale : null}
      </p>
    </>
  );
}

/** Printed too. */
export function CountedAt({ results }: Readonly<{ results: Results }>) {
  const t = useResultsMessages();
  const instant = formatInstant(useLanguage(), results.updated_at);
  return (
    <p class="quiet">
      {t.results.counted(instant)} <span class="freshness">{t.results.byItself}</span>
    </p>
  );
}
