import { CustomResource, Duration } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { ElectionDefinition } from "#core/election.ts";
import { type DeployedElections, ELECTIONS_RESOURCE_TYPE } from "#functions/apply-elections/contract.ts";
import type { ApplyElectionsEnv } from "#functions/apply-elections/env.ts";
import type { Config } from "#infra/config.ts";
import { ScrutinFunction } from "#infra/functions/scrutin-function.ts";
import type { DataStack, SecretNames } from "#infra/stacks/data-stack.ts";

const TIMEOUT_SECONDS = 60;

type Applied = Readonly<{
  config: Config;
  data: DataStack;
  secrets: SecretNames;
  elections: readonly ElectionDefinition[];
}>;

/** The definitions that a deployment applies, and the function that applies them; it makes keys, and can read none. */
export function applyElections(scope: Construct, { config, data, secrets, elections }: Applied): CustomResource {
  const apply = new ScrutinFunction<ApplyElectionsEnv>(scope, "apply-elections", {
    config,
    timeoutSeconds: TIMEOUT_SECONDS,
    environment: { ELECTIONS_TABLE: data.elections.tableName, SECRET_PREFIX: secrets.prefix },
  })
    .may(["GetItem", "PutItem", "UpdateItem"], data.elections)
    .mayMakeSecret(secrets.pepperPrefix)
    .mayMakeSecret(secrets.ballotKeyPrefix);
  const properties: DeployedElections = { Definitions: elections.map((definition) => JSON.stringify(definition)) };
  return new CustomResource(scope, "AppliedElections", {
    serviceToken: apply.lambda.functionArn,
    resourceType: ELECTIONS_RESOURCE_TYPE,
    serviceTimeout: Duration.seconds(2 * TIMEOUT_SECONDS),
    properties,
  });
}
