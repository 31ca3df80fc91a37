import type { Construct } from "constructs";
import { VIEWER_ADDRESS_HEADER } from "#functions/runtime/viewer-address-header-contract.ts";
import type { SubmitEnv } from "#functions/submit/env.ts";
import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import type { Tables } from "#infra/data/tables.ts";
import { lacks } from "#infra/emulator.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";
import { type Api, HTTP_TIMEOUT_SECONDS } from "#infra/voting/api.ts";
import type { VotesQueue } from "#infra/voting/votes-queue.ts";

type Neighbours = Readonly<{
  answers: Api;
  reads: Pick<Tables, "elections">;
  writes: Pick<Tables, "guesses">;
  sendsTo: VotesQueue;
}>;

/** Receives ballots and queues them, sealed and stamped. */
export class Submit extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { answers, reads, writes, sendsTo }: Neighbours) {
    const { pepperPrefix, stampKeyPrefix, receiptKeyPrefix, acknowledgementKeyPrefix } = secretNames(config);
    super(scope, "submit", {
      config,
      timeoutSeconds: HTTP_TIMEOUT_SECONDS,
      isUntraced: true,
      memoryMegabytes: config.ballotMemoryMegabytes,
      environment: {
        ELECTIONS_TABLE: reads.elections.tableName,
        VOTES_QUEUE_URL: sendsTo.queue.queueUrl,
        PEPPER_SECRET_PREFIX: pepperPrefix,
        STAMP_KEY_SECRET_PREFIX: stampKeyPrefix,
        RECEIPT_KEY_SECRET_PREFIX: receiptKeyPrefix,
        ACKNOWLEDGEMENT_KEY_SECRET_PREFIX: acknowledgementKeyPrefix,
        VOTER_ISSUERS: config.voterIssuers.join(" "),
        GUESSES_TABLE: writes.guesses.tableName,
        // Where the API can be reached without CloudFront, anybody could forge the header.
        VIEWER_ADDRESS_HEADER: lacks(config, "cloudfront") ? "" : VIEWER_ADDRESS_HEADER,
      } satisfies Variables<SubmitEnv>,
    });
    this.may(["GetItem"], reads.elections)
      .may(["GetItem", "Query", "UpdateItem"], writes.guesses)
      .maySendTo(sendsTo)
      .mayReadSecret(pepperPrefix)
      .mayReadSecret(stampKeyPrefix)
      .mayReadSecret(receiptKeyPrefix)
      .mayReadSecret(acknowledgementKeyPrefix);
    answers.routes(this, "POST /vote", "POST /elections/vote");
  }
}
