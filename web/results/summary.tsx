import { isLaw, type Results, turnoutOf } from "#published/figures.ts";
import { formatCount } from "#web/format.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { formatShare } from "#web/share.ts";

/** Everything in the box, and how many of those on the roll have a ballot there. */
export function Summary({ results }: Readonly<{ results: Results }>) {
  const { total, blank, spoiled, turnout } = results;
  const takesSeveral = !isLaw(results) && results.voting_method === "choose";
  const t = useResultsMessages();
  const language = useLanguage();
  return (
    <dl class="summary">
      <div>
        <dt>{t.results.turnout}</dt>
        <dd>
          {formatShare(language, turnoutOf(results))}
          <span class="quiet">{t.home.turnoutOf(turnout.ballots, turnout.on_roll)}</span>
          {turnout.voted_elsewhere !== undefined && (
            <span class="quiet">{t.results.votedElsewhere(formatCount(language, turnout.voted_elsewhere))}</span>
          )}
        </dd>
      </div>
      <Figure label={takesSeveral ? t.results.validBallots : t.results.total} count={total} />
      <Figure label={t.results.blank} count={blank} />
      <Figure label={t.results.spoiled} count={spoiled} />
    </dl>
  );
}

function Figure({ label, count }: Readonly<{ label: string; count: number | null }>) {
  const language = useLanguage();
  if (count === null) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{formatCount(language, count)}</dd>
    </div>
  );
}
