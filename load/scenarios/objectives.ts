import type { RunRecord } from "#load/scenarios/run-record.ts";

/** What a run must have kept to, beside losing nothing and counting nothing twice. */

/** Of all posts, those that may go without an answer or get one of the 5xx. */
const MOST_UNANSWERED_PERCENT = 0.1;

/** Exit codes of `npm run load`: the promise comes before the objective. */
export const EXIT = { kept: 0, brokenPromise: 1, missedObjective: 3 } as const;

export type Objective = Readonly<{ wanted: string; isMet: boolean; sentence: string }>;

function milliseconds(ms: number): string {
  return `${Math.round(ms).toLocaleString("en")} ms`;
}

/** Every objective of a run, and what came of it. @param p95Ms the most that the 95th percentile of posts may take; Infinity for no limit */
export function objectivesOf(record: RunRecord, p95Ms: number): readonly Objective[] {
  const { posts, unanswered, views, votes, turnedAway = 0 } = record;
  const unansweredPercent = posts === 0 ? 0 : (unanswered / posts) * 100;
  const isAsked = record.p95Ms !== null && Number.isFinite(p95Ms);
  return [
    ...(record.p95Ms !== null && isAsked
      ? [
          {
            wanted: `95 % of the voters' posts answered within ${milliseconds(p95Ms)}`,
            isMet: record.p95Ms <= p95Ms,
            sentence: `95 % of the posts were answered within ${milliseconds(record.p95Ms)}; it should be ${milliseconds(p95Ms)}.`,
          },
        ]
      : []),
    {
      wanted: `at most ${MOST_UNANSWERED_PERCENT} % of the posts without an answer or with a 5xx`,
      isMet: unansweredPercent <= MOST_UNANSWERED_PERCENT,
      sentence: `${unansweredPercent.toFixed(2)} % of the posts got no answer or a 5xx; it should be ${MOST_UNANSWERED_PERCENT} %.`,
    },
    {
      wanted: "no voter turned away while the polls are open",
      isMet: turnedAway === 0,
      sentence: `${turnedAway} of ${votes} voters were turned away while the polls were open; it should be none.`,
    },
    ...(views === undefined
      ? []
      : [
          {
            wanted: "every look at results answered",
            isMet: views.failed === 0,
            sentence: `${views.failed} of ${views.looks} looks at results failed.`,
          },
        ]),
  ];
}

/** A sentence for each objective that was missed. */
export function missedObjectives(record: RunRecord, p95Ms: number): readonly string[] {
  return objectivesOf(record, p95Ms).flatMap(({ isMet, sentence }) => (isMet ? [] : [sentence]));
}
