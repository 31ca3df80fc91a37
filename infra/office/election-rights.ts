import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import type { Tables } from "#infra/data/tables.ts";
import type { ScrutinFunction } from "#infra/functions/scrutin-function.ts";

/** What applying a definition takes, as of a deployment: it makes the election's secrets and can read none. Photos stand beside biographies. */
export function mayApplyElections(office: ScrutinFunction, config: Config, tables: Tables): void {
  const { pepperPrefix, receiptKeyPrefix, ballotKeyPrefix, stampKeyPrefix } = secretNames(config);
  office
    .may(["GetItem", "PutItem", "Scan", "UpdateItem"], tables.elections)
    .may(["PutItem", "Query"], tables.biographies);
  for (const prefix of [pepperPrefix, receiptKeyPrefix, ballotKeyPrefix, stampKeyPrefix]) office.mayMakeSecret(prefix);
}
