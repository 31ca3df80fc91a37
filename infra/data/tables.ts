import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";

/** The tables, by their names in the README's diagram. */
export type Tables = Readonly<
  Record<
    | "elections"
    | "biographies"
    | "roll"
    | "votes"
    | "tallies"
    | "published"
    | "board"
    | "rejectedAttempts"
    | "guesses"
    | "office"
    | "audit",
    TableV2
  >
>;
