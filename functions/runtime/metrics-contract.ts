/** Every metric Scrutin measures, named once for code, dashboard, alarms and tests. All are counts but the times, in milliseconds. */
export const METRICS = {
  submitted: "VotesSubmitted",
  accepted: "VotesAccepted",
  duplicates: "DuplicateAttempts",
  invalid: "InvalidVotes",
  counted: "VotesCounted",
  spoiled: "SpoiledBallots",
  timeToDecision: "TimeToDecision",
  timeToCount: "TimeToCount",
  /** 1 where voting is open, 0 where it is not, told every five minutes while anybody watches the election. */
  votingOpen: "VotingOpen",
  /** Ballots in the box at the scheduled recount. */
  recounted: "BallotsRecounted",
  /** Selections whose tally is not what the box says. */
  disagreements: "TallyDisagreements",
} as const;

export type MetricName = (typeof METRICS)[keyof typeof METRICS];

/** The function that measures each. It stands in every metric as the dimension `service`, alone and beside `election`. */
export const MEASURED_BY = {
  [METRICS.submitted]: "submit",
  [METRICS.accepted]: "validate",
  [METRICS.duplicates]: "validate",
  [METRICS.invalid]: "validate",
  [METRICS.timeToDecision]: "validate",
  [METRICS.counted]: "tally",
  [METRICS.spoiled]: "tally",
  [METRICS.timeToCount]: "tally",
  [METRICS.votingOpen]: "recount",
  [METRICS.recounted]: "recount",
  [METRICS.disagreements]: "recount",
} as const satisfies Record<MetricName, string>;
