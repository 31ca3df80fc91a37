import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";

/** The tables by the names that the picture gives them. */
export type Tables = Readonly<
  Record<"elections" | "roll" | "votes" | "tallies" | "board" | "review" | "guesses", TableV2>
>;
