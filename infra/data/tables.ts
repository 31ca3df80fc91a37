import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { CertifiedBucket } from "#infra/data/certified-bucket.ts";

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

/** Everything that is kept. */
export type Data = Tables & Readonly<{ certified: CertifiedBucket }>;
