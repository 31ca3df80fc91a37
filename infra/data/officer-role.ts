import { CfnOutput } from "aws-cdk-lib";
import { AccountRootPrincipal, ArnPrincipal, CompositePrincipal, PolicyStatement, Role } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import { onlyThrough } from "#infra/data/encryption-key.ts";
import { acknowledgeSecrets, secretArn } from "#infra/data/secret-arn.ts";
import { secretKeysOf } from "#infra/data/secret-keys.ts";
import { ELECTION_SECRETS, roleName, secretNames } from "#infra/data/secret-names.ts";

/** The shortest that Secrets Manager knows; `election delete` asks for as much. */
const RECOVERY_DAYS = 7;
/** Condition of a right to destroy secrets without which ballots are lost. */
export const RESTORABLE = { NumericGreaterThanEquals: { "secretsmanager:RecoveryWindowInDays": RECOVERY_DAYS } };

const ACTIONS = ["CreateSecret", "DescribeSecret"];

/** The role that the command `scrutin` takes to use an election's secrets, and only for that. */
export class OfficerRole extends Construct {
  constructor(scope: Construct, config: Config) {
    super(scope, "Officer");
    const name = roleName(config, "officer");
    const officers = config.officers.map((arn) => new ArnPrincipal(arn));
    const role = new Role(this, "Role", {
      roleName: name,
      description: `Scrutin ${config.stage}: uses the elections' secrets, for an officer at the command line`,
      assumedBy: officers.length === 0 ? new AccountRootPrincipal() : new CompositePrincipal(...officers),
    });
    const { prefix, pepperPrefix, receiptKeyPrefix, acknowledgementKeyPrefix } = secretNames(config);
    for (const kind of Object.keys(ELECTION_SECRETS)) {
      const secrets = `${prefix}/${kind}/`;
      // Destroyed when an election is shredded. The others go when it is deleted, and can be restored: without them ballots are lost.
      const isShredded = secrets === pepperPrefix || secrets === receiptKeyPrefix;
      // Whoever reads it can sign for ballots that nobody cast: `submit` alone does.
      const reads = secrets === acknowledgementKeyPrefix ? [] : ["GetSecretValue"];
      const actions = [...ACTIONS, ...reads, isShredded ? "DeleteSecret" : "RestoreSecret"];
      role.addToPolicy(
        new PolicyStatement({
          actions: actions.map((action) => `secretsmanager:${action}`),
          resources: [secretArn(this, secrets, config.region)],
        }),
      );
      if (!isShredded) {
        role.addToPolicy(
          new PolicyStatement({
            actions: ["secretsmanager:DeleteSecret"],
            resources: [secretArn(this, secrets, config.region)],
            conditions: RESTORABLE,
          }),
        );
      }
      acknowledgeSecrets(this, secrets, config.region);
      const { keyArn, actions: use } = secretKeysOf(this).allow(name, "make", secrets);
      role.addToPolicy(
        new PolicyStatement({
          actions: [...use],
          resources: [keyArn],
          conditions: onlyThrough("secretsmanager", this),
        }),
      );
    }
    new CfnOutput(scope, "OfficerRole", { value: role.roleArn });
  }
}
