import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import { removal } from "#infra/data/removal.ts";

/** A log group that outlives its stack in stages that keep their data. */
export function logGroup(scope: Construct, id: string, config: Config): LogGroup {
  return new LogGroup(scope, id, {
    retention: config.logRetentionDays as RetentionDays,
    removalPolicy: removal(config),
  });
}
