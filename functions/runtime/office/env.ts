import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";

const name = z.string().check(z.minLength(1));

/** Variables of every function of the office. */
export const officeEnvironment = {
  ...commonEnvironment,
  STAGE: name,
  OFFICE_GROUPS_CLAIM: name,
  /** That a token must have been given; empty for none. */
  OFFICE_SCOPE: z.string(),
  /** Whether some acts need a second officer. */
  TWO_OFFICERS: z.enum(["yes", "no"]),
  /** Header in which CloudFront gives the viewer's address; empty where the API can be reached without CloudFront. */
  VIEWER_ADDRESS_HEADER: z.string(),
  OFFICE_TABLE: name,
  AUDIT_TABLE: name,
} as const;

/** Variables that say where everything is, for the operations that the command line has too. */
export const connectionEnvironment = {
  ELECTIONS_TABLE: name,
  BIOGRAPHIES_TABLE: name,
  ROLL_TABLE: name,
  VOTES_TABLE: name,
  TALLIES_TABLE: name,
  PUBLISHED_TABLE: name,
  BOARD_TABLE: name,
  REJECTED_ATTEMPTS_TABLE: name,
  AUDIT_TABLE: name,
  VOTES_QUEUE_URL: z.url(),
  DEAD_LETTER_QUEUE_URL: z.url(),
  CERTIFIED_BUCKET: name,
  /** Precedes `/pepper/<electionId>` and the like in the names of secrets. */
  SECRET_PREFIX: name,
  /** As `submit` has them (functions/submit/env.ts). */
  VOTER_ISSUERS: z.string(),
} as const;
