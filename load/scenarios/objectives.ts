import type { RunRecord } from "#load/scenarios/run-record.ts";

/** What a run must have kept to, beside losing nothing and counting nothing twice. */

/** Of all posts, those that may go without an answer or get one of the 5xx. */
const MOST_UNANSWERED_PERCENT = 0.1;

/** Exit codes of `npm run load`: the promise comes before the objective. */
export const EXIT = { kept: 0, brokenPromise: 1, missedObjective: 3 } as const;

/** A sentence for each objective that was missed. @param p95Ms the most that the 95th percentile of posts may take */
export function missedObjectives(record: RunRecord, p95Ms: number): readonly string[] {
  const { posts, unanswered, views, turnedAway = 0 } = record;
  const unansweredPercent = posts === 0 ? 0 : (unanswered / posts) * 100;
  return [
    ...(record.p95Ms !== null && record.p95Ms > p95Ms
      ? [`95 % of the posts were answered within ${Math.round(record.p95Ms)} ms; it should be ${p95Ms} ms.`]
      : []),
    ...(unansweredPercent > MOST_UNANSWERED_PERCENT
      ? [
          `${unansweredPercent.toFixed(2)} % of the posts got no answer or a 5xx; it should be ${MOST_UNANSWERED_PERCENT} %.`,
        ]
      : []),
    ...(turnedAway > 0
      ? [`${turnedAway} of ${record.votes} voters were turned away while the polls were open; it should be none.`]
      : []),
    ...(views !== undefined && views.failed > 0 ? [`${views.failed} of ${views.looks} looks at results failed.`] : []),
  ];
}
