/** Scrutin's metrics, named once for code, dashboards, alarms and tests. All are counts except times, in milliseconds. */
export const METRICS = {
  submitted: "VotesSubmitted",
  accepted: "VotesAccepted",
  duplicates: "DuplicateAttempts",
  invalid: "InvalidVotes",
  counted: "VotesCounted",
  spoiled: "SpoiledBallots",
  /** Spoiled ones that `submit` did not hand on; measured when there are any. */
  unstamped: "UnstampedBallots",
  timeToDecision: "TimeToDecision",
  timeToCount: "TimeToCount",
  /** 1 while voting is open, else 0; reported every five minutes while the election is watched. */
  votingOpen: "VotingOpen",
  /** 1 where voting hours have come and nobody can vote, since the opening is not stated; reported every five minutes meanwhile. */
  unstated: "OpeningsNotStated",
  /** Ballots in the box at the scheduled recount. */
  recounted: "BallotsRecounted",
  /** Selections whose tally differs from the box. */
  disagreements: "TallyDisagreements",
} as const;

export type MetricName = (typeof METRICS)[keyof typeof METRICS];

/** The function that measures each; the dimension `service`, alone and with `election`. */
export const MEASURED_BY = {
  [METRICS.submitted]: "submit",
  [METRICS.accepted]: "validate",
  [METRICS.duplicates]: "validate",
  [METRICS.invalid]: "validate",
  [METRICS.timeToDecision]: "validate",
  [METRICS.counted]: "tally",
  [METRICS.spoiled]: "tally",
  [METRICS.unstamped]: "tally",
  [METRICS.timeToCount]: "tally",
  [METRICS.votingOpen]: "recount",
  [METRICS.unstated]: "recount",
  [METRICS.recounted]: "recount",
  [METRICS.disagreements]: "recount",
} as const satisfies Record<MetricName, string>;
