import type { Config } from "#infra/config.ts";

/** Names of a stage's secrets. An election's id follows a prefix; the secret exists once that election is applied. */
export type SecretNames = Readonly<{
  prefix: string;
  pepperPrefix: string;
  ballotKeyPrefix: string;
  stampKeyPrefix: string;
  receiptKeyPrefix: string;
  acknowledgementKeyPrefix: string;
  signingKeyPrefix: string;
  originKeys: string;
}>;

export function secretNames({ stage }: Pick<Config, "stage">): SecretNames {
  const prefix = `scrutin/${stage}`;
  return {
    prefix,
    pepperPrefix: `${prefix}/pepper/`,
    ballotKeyPrefix: `${prefix}/ballot-key/`,
    stampKeyPrefix: `${prefix}/stamp-key/`,
    receiptKeyPrefix: `${prefix}/receipt-key/`,
    acknowledgementKeyPrefix: `${prefix}/acknowledgement-key/`,
    signingKeyPrefix: `${prefix}/signing-key/`,
    originKeys: `${prefix}/origin-keys`,
  };
}

/** The kinds of secrets that each election has, each with a key of its own: the key's id, and what it encrypts. */
export const ELECTION_SECRETS: Readonly<Record<string, Readonly<{ id: string; what: string }>>> = {
  pepper: { id: "PepperEncryption", what: "the elections' peppers" },
  "ballot-key": { id: "BallotKeyEncryption", what: "the keys that open ballots" },
  "stamp-key": { id: "StampKeyEncryption", what: "the keys of the ballots' stamps" },
  "receipt-key": { id: "ReceiptKeyEncryption", what: "the keys of request ids" },
  "acknowledgement-key": { id: "AcknowledgementKeyEncryption", what: "the keys that sign for ballots received" },
  "signing-key": { id: "SigningKeyEncryption", what: "the keys that sign certificates" },
};

/** The name of a role that a key's policy names. */
export const roleName = ({ stage }: Pick<Config, "stage">, name: string): string => `scrutin-${stage}-${name}`;
