import { createHash } from "node:crypto";
import { CustomResource, Duration, Stack } from "aws-cdk-lib";
import type { Construct, IDependable } from "constructs";
import type { ElectionDefinition } from "#core/election.ts";
import { type DeployedElections, ELECTIONS_RESOURCE_TYPE } from "#functions/apply-elections/contract.ts";
import type { ApplyElectionsEnv } from "#functions/apply-elections/env.ts";
import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import type { Tables } from "#infra/data/tables.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";

const TIMEOUT_SECONDS = 60;

const fileName = (index: number): string => `${index}.json`;

type Neighbours = Readonly<{
  applies: readonly ElectionDefinition[];
  writes: Pick<Tables, "elections">;
  /** What must be deployed first, which is everything: a changed election is not rolled back when another part fails later. */
  after: readonly IDependable[];
}>;

/** Applies the definitions of a deployment. Creates the elections' keys but can read none. */
export class ApplyElections extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { applies, writes, after }: Neighbours) {
    const { prefix, pepperPrefix, receiptKeyPrefix, ballotKeyPrefix, stampKeyPrefix } = secretNames(config);
    const texts = applies.map((definition) => JSON.stringify(definition));
    super(scope, "apply-elections", {
      config,
      files: new Map(texts.map((text, index) => [`definitions/${fileName(index)}`, text])),
      timeoutSeconds: TIMEOUT_SECONDS,
      environment: {
        ELECTIONS_TABLE: writes.elections.tableName,
        SECRET_PREFIX: prefix,
      } satisfies Variables<ApplyElectionsEnv>,
    });
    this.may(["GetItem", "PutItem", "UpdateItem"], writes.elections)
      .mayMakeSecret(pepperPrefix)
      .mayMakeSecret(receiptKeyPrefix)
      .mayMakeSecret(ballotKeyPrefix)
      .mayMakeSecret(stampKeyPrefix)
      .allow(["cloudformation:DescribeStacks"], Stack.of(this).stackId);
    const properties: DeployedElections = {
      Definitions: texts.map((text, index) => ({
        File: fileName(index),
        Sha256: createHash("sha256").update(text).digest("hex"),
      })),
    };
    new CustomResource(scope, "AppliedElections", {
      serviceToken: this.lambda.functionArn,
      resourceType: ELECTIONS_RESOURCE_TYPE,
      serviceTimeout: Duration.seconds(2 * TIMEOUT_SECONDS),
      properties,
    }).node.addDependency(...after);
  }
}
