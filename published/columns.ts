/** The columns of a result's CSV, and the figures in its rows. Other programs rely on them: docs/results-files.md explains each. */

/** New ones only at the end: some programs read by position. */
export const COLUMNS = [
  "election_id",
  "title",
  "contest_region",
  "status",
  "withheld",
  "updated_at",
  "figure",
  "region",
  "round",
  "until",
  "id",
  "name",
  "party",
  "count",
  "percentage",
  "contest_region_id",
  "region_id",
] as const;

export type Column = (typeof COLUMNS)[number];

/** What a row holds. */
export const FIGURES = [
  "votes",
  "total",
  "blank",
  "spoiled",
  "ballots",
  "on_roll",
  "voted_elsewhere",
  "elected",
  "leading",
  "tied_over_seat",
  "tied_over_elimination",
  "margin",
  "outcome",
  "required_majority_more-than",
  "required_majority_at-least",
  "quorum",
  "seat_elected",
  "seat_tie",
  "seat_margin",
  "round_votes",
  "round_continuing",
  "round_exhausted",
  "round_threshold",
  "round_lost",
  "round_elected",
  "round_eliminated",
  "round_transfer",
  "round_transfer_exhausted",
  "ballots_until",
] as const;

export type FigureName = (typeof FIGURES)[number];
