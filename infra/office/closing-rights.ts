import { KEPT_PREFIX } from "#core/published-bundle.ts";
import type { Config } from "#infra/config.ts";
import { acknowledgeFiles } from "#infra/data/certified-bucket.ts";
import { onlyThrough } from "#infra/data/encryption-key.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import type { Data } from "#infra/data/tables.ts";
import type { ScrutinFunction } from "#infra/functions/scrutin-function.ts";
import type { VotesQueue } from "#infra/voting/votes-queue.ts";

/**
 * What the room “After closing” needs of the console's function: whether ballots wait, the counts for a tie, a signed lot, and the files of
 * a certified bundle. Everything that opens ballots is done by office-work.
 */
export function mayCloseElections(
  office: ScrutinFunction,
  config: Config,
  { elections, tallies, certified }: Data,
  { queue, deadLetters, encryption }: VotesQueue,
): void {
  const { signingKeyPrefix } = secretNames(config);
  const { bucket } = certified;
  office
    .may(["GetItem", "PutItem", "UpdateItem"], elections)
    .may(["Query"], tallies)
    .mayReadSecret(signingKeyPrefix)
    .mayReadMetrics()
    .allow(["sqs:GetQueueAttributes"], queue.queueArn)
    .allow(["sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], deadLetters.queueArn)
    .allow(["kms:Decrypt"], encryption.keyArn, onlyThrough("sqs", office))
    .allow(["s3:GetObject"], bucket.arnForObjects(`${KEPT_PREFIX}*`));
  acknowledgeFiles(office, bucket, KEPT_PREFIX);
}
