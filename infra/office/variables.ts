import { VIEWER_ADDRESS_HEADER } from "#functions/runtime/viewer-address-header-contract.ts";
import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import type { Data, Tables } from "#infra/data/tables.ts";
import { lacks } from "#infra/emulator.ts";
import { type OfficeSignIn, officeScope } from "#infra/office/sign-in.ts";
import type { VotesQueue } from "#infra/voting/votes-queue.ts";

/** The variables of every function of the office. */
export const officeVariables = (config: Config, { office, audit }: Pick<Tables, "office" | "audit">) =>
  ({
    STAGE: config.stage,
    OFFICE_GROUPS_CLAIM: config.officeGroupsClaim,
    OFFICE_SCOPE: officeScope(config) ?? "",
    TWO_OFFICERS: config.twoOfficers ? "yes" : "no",
    // Where the API can be reached without CloudFront, anybody could forge the header.
    VIEWER_ADDRESS_HEADER: lacks(config, "cloudfront") ? "" : VIEWER_ADDRESS_HEADER,
    OFFICE_TABLE: office.tableName,
    AUDIT_TABLE: audit.tableName,
  }) as const;

/** The variables that say where everything is. Naming a table gives no right to it. */
export const connectionVariables = (config: Config, tables: Data, { queue, deadLetters }: VotesQueue) =>
  ({
    ELECTIONS_TABLE: tables.elections.tableName,
    BIOGRAPHIES_TABLE: tables.biographies.tableName,
    ROLL_TABLE: tables.roll.tableName,
    VOTES_TABLE: tables.votes.tableName,
    TALLIES_TABLE: tables.tallies.tableName,
    PUBLISHED_TABLE: tables.published.tableName,
    BOARD_TABLE: tables.board.tableName,
    REJECTED_ATTEMPTS_TABLE: tables.rejectedAttempts.tableName,
    AUDIT_TABLE: tables.audit.tableName,
    VOTES_QUEUE_URL: queue.queueUrl,
    DEAD_LETTER_QUEUE_URL: deadLetters.queueUrl,
    CERTIFIED_BUCKET: tables.certified.bucket.bucketName,
    SECRET_PREFIX: secretNames(config).prefix,
    VOTER_ISSUERS: config.voterIssuers.join(" "),
  }) as const;

/** What the office's pages must know to sign somebody in. */
export const signInVariables = ({ issuer, clientId, asksFor, resource, signOut }: OfficeSignIn) =>
  ({
    SIGN_IN_ISSUER: issuer,
    SIGN_IN_CLIENT_ID: clientId,
    SIGN_IN_SCOPE: asksFor,
    SIGN_IN_RESOURCE: resource,
    SIGN_IN_SIGN_OUT: signOut,
  }) as const;
