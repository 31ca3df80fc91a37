import type { Config } from "#infra/config.ts";

/** Names of a stage's secrets. An election's id follows a prefix; the secret exists once that election is applied. */
export type SecretNames = Readonly<{
  prefix: string;
  pepperPrefix: string;
  ballotKeyPrefix: string;
  stampKeyPrefix: string;
  receipt: string;
  originKeys: string;
}>;

export function secretNames({ stage }: Pick<Config, "stage">): SecretNames {
  const prefix = `scrutin/${stage}`;
  return {
    prefix,
    pepperPrefix: `${prefix}/pepper/`,
    ballotKeyPrefix: `${prefix}/ballot-key/`,
    stampKeyPrefix: `${prefix}/stamp-key/`,
    receipt: `${prefix}/receipt-key`,
    originKeys: `${prefix}/origin-keys`,
  };
}
