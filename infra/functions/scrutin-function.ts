import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Duration, Size, Stack, Validations } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  type AssetCode,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { functionFolder } from "#infra/bundle.ts";
import { emulatorBundle } from "#infra/bundling/emulator-bundle.ts";
import { capacityFor } from "#infra/capacity.ts";
import type { Config } from "#infra/config.ts";
import { onlyThrough } from "#infra/data/encryption-key.ts";
import { acknowledgeSecrets, secretArn } from "#infra/data/secret-arn.ts";
import { secretKeysOf } from "#infra/data/secret-keys.ts";
import { roleName } from "#infra/data/secret-names.ts";
import { logGroup } from "#infra/functions/log-group.ts";
import { bundleOf } from "#infra/stacks/bundle-context.ts";
import type { VotesQueue } from "#infra/voting/votes-queue.ts";

/** One namespace per stage, so that the metrics of two stages in one account stay apart. */
export const metricsNamespace = ({ stage }: Pick<Config, "stage">): string => `Scrutin/${stage}`;

/** The variables that a function's construct sets; `ScrutinFunction` adds the common ones. */
export type Variables<Env> = Omit<Env, "POWERTOOLS_SERVICE_NAME" | "POWERTOOLS_METRICS_NAMESPACE">;

/**
 * The actions that DynamoDB takes on a table's key on its caller's behalf (DynamoDB guide, "Authorizing use of your customer
 * managed key"), spelled out to avoid wildcards.
 */
const KEY_TO_READ = ["kms:Decrypt", "kms:DescribeKey"];
const KEY_TO_WRITE = [
  ...KEY_TO_READ,
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];
const READS = ["GetItem", "BatchGetItem", "Query", "Scan"];
const WRITES = ["PutItem", "PartiQLInsert", "UpdateItem", "DeleteItem", "BatchWriteItem"];

export type ScrutinFunctionProps = Readonly<{
  config: Config;
  environment: Readonly<Record<string, string>>;
  timeoutSeconds: number;
  /** Defaults to the stage's. */
  memoryMegabytes?: number;
  /** Of temporary files; Lambda's default is 512. */
  temporaryMegabytes?: number;
  /** The stage's only function in its region, for which no concurrency need be reserved. */
  isAlone?: boolean;
  /** Called by each voter: how long it took is in the access log and among Lambda's metrics, and a trace would tell no more. */
  isUntraced?: boolean;
  /** More files beside its code: contents by path. */
  files?: ReadonlyMap<string, string | Uint8Array>;
  /** Deploys the folder's emulator.ts in place of its index.ts. */
  isForEmulator?: boolean;
}>;

/** A function's bundle with more files beside it. */
function codeOf(bundle: string, files: ReadonlyMap<string, string | Uint8Array>): AssetCode {
  if (files.size === 0) return Code.fromAsset(bundle);
  const folder = mkdtempSync(join(tmpdir(), "scrutin-code-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  cpSync(bundle, folder, { recursive: true });
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return Code.fromAsset(folder);
}

/** A folder in functions/ as a Lambda. Its role may only write logs and traces; the methods add rights. */
export class ScrutinFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly memoryMegabytes: number;
  readonly #roleName: string;

  /** @param name the function's folder, and the construct's id */
  constructor(scope: Construct, name: string, props: ScrutinFunctionProps) {
    super(scope, name);
    const {
      config,
      environment,
      timeoutSeconds,
      memoryMegabytes = config.memoryMegabytes,
      temporaryMegabytes,
      isAlone = false,
      isUntraced = false,
      isForEmulator = false,
      files = new Map(),
    } = props;
    this.memoryMegabytes = memoryMegabytes;
    const { isReserved, concurrencyOf } = capacityFor(config);
    const logs = logGroup(this, "Logs", config);
    this.#roleName = roleName(config, name);
    // CDK's default role may write to every log group of the account.
    const role = new Role(this, "Role", {
      roleName: this.#roleName,
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    });
    logs.grantWrite(role);
    this.lambda = new LambdaFunction(this, "Function", {
      description: `Scrutin ${config.stage}: ${name}`,
      code: codeOf(functionFolder(bundleOf(this), isForEmulator ? emulatorBundle(name) : name), files),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: memoryMegabytes,
      ...(temporaryMegabytes !== undefined && { ephemeralStorageSize: Size.mebibytes(temporaryMegabytes) }),
      ...(isReserved && !isAlone && { reservedConcurrentExecutions: concurrencyOf(name) }),
      timeout: Duration.seconds(timeoutSeconds),
      environment: {
        ...environment,
        POWERTOOLS_SERVICE_NAME: name,
        POWERTOOLS_METRICS_NAMESPACE: metricsNamespace(config),
        NODE_OPTIONS: "--enable-source-maps",
      },
      loggingFormat: LoggingFormat.JSON,
      // Failures and timeouts are still logged, but not the start and end of every call, twice what the functions log themselves.
      systemLogLevelV2: SystemLogLevel.WARN,
      // Lambda traces one request a second and one in twenty of the others, which cannot be set (Lambda guide, "X-Ray").
      tracing: isUntraced ? Tracing.PASS_THROUGH : Tracing.ACTIVE,
      role,
      logGroup: logs,
    });
    Validations.of(role).acknowledge({
      id: "AwsSolutions::AwsSolutions-IAM5[Resource::*]",
      reason: "X-Ray takes traces for the account as a whole: its two actions know no narrower resource",
    });
  }

  /** Allows exactly these DynamoDB actions on a table, and what they need of its key if it has one. */
  may(actions: readonly string[], table: TableV2, conditions: Record<string, unknown> = {}): this {
    this.allow(
      actions.map((action) => `dynamodb:${action}`),
      table.tableArn,
      conditions,
    );
    if (table.encryptionKey === undefined) return this;
    const { keyArn } = table.encryptionKey;
    const through = onlyThrough("dynamodb", this);
    if (actions.some((action) => WRITES.includes(action))) return this.allow(KEY_TO_WRITE, keyArn, through);
    return actions.some((action) => READS.includes(action)) ? this.allow(KEY_TO_READ, keyArn, through) : this;
  }

  maySendTo({ queue, encryption }: VotesQueue): this {
    this.allow(["sqs:SendMessage"], queue.queueArn);
    // Decrypt: SQS reuses data keys.
    return this.allow(["kms:Decrypt", "kms:GenerateDataKey"], encryption.keyArn, onlyThrough("sqs", this));
  }

  /** @param name one secret, or all under a prefix that ends in `/` */
  mayReadSecret(name: string): this {
    this.maySecret(["GetSecretValue"], name, Stack.of(this).region);
    return name.endsWith("/") ? this.#mayUseKey("read", name) : this;
  }

  /** Allows creating secrets under a prefix that ends in `/`, and reading their descriptions but not their values. */
  mayMakeSecret(prefix: string): this {
    return this.maySecret(["CreateSecret", "DescribeSecret"], prefix, Stack.of(this).region).#mayUseKey("make", prefix);
  }

  /** @param name one secret, or all under a prefix that ends in `/` */
  maySecret(actions: readonly string[], name: string, region: string): this {
    if (name.endsWith("/")) acknowledgeSecrets(this, name, region);
    return this.allow(
      actions.map((action) => `secretsmanager:${action}`),
      secretArn(this, name, region),
    );
  }

  #mayUseKey(use: "read" | "make", prefix: string): this {
    const { keyArn, actions } = secretKeysOf(this).allow(this.#roleName, use, prefix);
    return this.allow(actions, keyArn, onlyThrough("secretsmanager", this));
  }

  /**
   * Allows reading metrics. The action takes no resource, and the condition `cloudwatch:namespace` is for writing only
   * (AWS service authorization reference, "Actions, resources, and condition keys for Amazon CloudWatch").
   */
  mayReadMetrics(): this {
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-IAM5[Resource::*]",
      reason: "cloudwatch:GetMetricData takes no resource and no condition on the namespace; it reads figures only",
    });
    return this.allow(["cloudwatch:GetMetricData"], "*");
  }

  allow(actions: readonly string[], resource: string, conditions: Record<string, unknown> = {}): this {
    this.lambda.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [resource], conditions }));
    return this;
  }
}
