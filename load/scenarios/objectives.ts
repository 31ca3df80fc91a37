import type { RunRecord } from "#load/scenarios/run-record.ts";

/** What a run must achieve, besides losing nothing and counting nothing twice. */

/** The share of all posts that may get no answer or a 5xx. */
const MOST_UNANSWERED_PERCENT = 0.1;

/** Exit codes of `npm run load`: the promise comes before the objective. */
export const EXIT = { kept: 0, brokenPromise: 1, missedObjective: 3 } as const;

export type Objective = Readonly<{ wanted: string; isMet: boolean; sentence: string }>;

/** Every objective of a run, and whether it was met. @param p95Ms the most that the 95th percentile of posts may take; Infinity for no limit */
export function objectivesOf(record: RunRecord, p95Ms: number): readonly Objective[] {
  const { posts, unanswered, views, votes, turnedAway = 0 } = record;
  const percent = posts === 0 ? 0 : (unanswered / posts) * 100;
  const objectives: Objective[] = [];
  const want = (wanted: string, isMet: boolean, sentence: string): void => {
    objectives.push({ wanted, isMet, sentence });
  };
  if (record.p95Ms !== null && Number.isFinite(p95Ms)) {
    const [most, measured] = [p95Ms, record.p95Ms].map((ms) => `${Math.round(ms).toLocaleString("en")} ms`);
    const sentence = `95 % of the posts were answered within ${measured}; it should be ${most}.`;
    want(`95 % of the voters' posts answered within ${most}`, record.p95Ms <= p95Ms, sentence);
  }
  want(
    `at most ${MOST_UNANSWERED_PERCENT} % of the posts without an answer or with a 5xx`,
    percent <= MOST_UNANSWERED_PERCENT,
    `${percent.toFixed(2)} % of the posts got no answer or a 5xx; it should be ${MOST_UNANSWERED_PERCENT} %.`,
  );
  want(
    "no voter turned away while the polls are open",
    turnedAway === 0,
    `${turnedAway} of ${votes} voters were turned away while the polls were open; it should be none.`,
  );
  if (views !== undefined) {
    const { failed, looks } = views;
    want("every request for results answered", failed === 0, `${failed} of ${looks} requests for results failed.`);
  }
  return objectives;
}
