import { DeleteSecretCommand, paginateListSecrets, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data/secret-names.ts";

/** The secrets of a stage's elections, which no stack owns: they are made as elections are applied. */

/** The names of all that exist, those that AWS is about to delete too. */
export async function secretsOf(
  client: SecretsManagerClient,
  stage: Pick<Config, "stage">,
): Promise<readonly string[]> {
  const { prefix } = secretNames(stage);
  const names: string[] = [];
  const asked = { Filters: [{ Key: "name" as const, Values: [`${prefix}/`] }], IncludePlannedDeletion: true };
  for await (const { SecretList = [] } of paginateListSecrets({ client }, asked)) {
    names.push(...SecretList.map(({ Name = "" }) => Name));
  }
  return names.sort();
}

/** Destroys them at once. @returns their names */
export async function destroySecrets(
  client: SecretsManagerClient,
  stage: Pick<Config, "stage">,
): Promise<readonly string[]> {
  const names = await secretsOf(client, stage);
  for (const SecretId of names) {
    await client.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
  }
  return names;
}
