import { ArnFormat, Stack } from "aws-cdk-lib";
import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import { encryptionKey, onlyThrough } from "#infra/data/encryption-key.ts";
import { ELECTION_SECRETS, secretNames } from "#infra/data/secret-names.ts";

/**
 * A key for each kind of the elections' secrets. Its policy names the roles that may use it, so that reading a secret takes more
 * than the right to read secrets.
 */

/** What the account's administrators may do with a key by their own rights: everything but use it. */
const MANAGE = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

/** What Secrets Manager does with a key for whoever reads a secret, or makes one (its guide, "Secret encryption and decryption"). */
const USE = { read: ["kms:Decrypt"], make: ["kms:Decrypt", "kms:GenerateDataKey"] } as const;

const keysOfApps = new WeakMap<object, SecretKeys>();

/** The keys of the app that a construct belongs to. @throws Error before the data stack has made them */
export function secretKeysOf(construct: Construct): SecretKeys {
  const keys = keysOfApps.get(construct.node.root);
  if (keys === undefined) throw new Error("the data stack, with the keys of the secrets, comes first");
  return keys;
}

export class SecretKeys {
  /** By the prefix of the secrets' names. */
  readonly #keys: ReadonlyMap<string, Key>;

  constructor(scope: Construct, config: Config) {
    const { prefix } = secretNames(config);
    const keys = Object.entries(ELECTION_SECRETS).map(([kind, { id, what }]) => {
      const key = encryptionKey(scope, id, config, what, {
        // Secrets are made by this name (storage/election-secrets.ts).
        alias: `${prefix}/${kind}`,
        policy: new PolicyDocument({
          statements: [
            new PolicyStatement({ principals: [new AccountRootPrincipal()], actions: MANAGE, resources: ["*"] }),
          ],
        }),
      });
      return [`${prefix}/${kind}/`, key] as const;
    });
    this.#keys = new Map(keys);
    keysOfApps.set(scope.node.root, this);
  }

  /**
   * Lets a role use the key of some secrets, by the key's side. The role's own policy must allow it too.
   * @returns the key's ARN and the actions
   */
  allow(
    roleName: string,
    use: keyof typeof USE,
    secretsPrefix: string,
  ): Readonly<{ keyArn: string; actions: readonly string[] }> {
    const key = this.#keys.get(secretsPrefix);
    if (key === undefined)
      throw new Error(`no key encrypts the secrets under ${secretsPrefix} (infra/data/secret-names.ts)`);
    const role = Stack.of(key).formatArn({
      service: "iam",
      region: "",
      resource: "role",
      resourceName: roleName,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        // The account with a condition, for a role that does not exist yet when its key is made.
        principals: [new AccountRootPrincipal()],
        actions: [...USE[use]],
        resources: ["*"],
        conditions: { ...onlyThrough("secretsmanager", key), ArnEquals: { "aws:PrincipalArn": role } },
      }),
    );
    return { keyArn: key.keyArn, actions: USE[use] };
  }
}
