import { ArnFormat, Duration, Stack, Validations } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { functionAsset } from "#infra/bundle.ts";
import type { Config } from "#infra/config.ts";
import { logGroup } from "#infra/log-group.ts";

export const METRICS_NAMESPACE = "Scrutin";

/** Variables that every function gets beside its own. */
type CommonEnvironment = "POWERTOOLS_SERVICE_NAME" | "POWERTOOLS_METRICS_NAMESPACE";

export type ScrutinFunctionProps<Env> = Readonly<{
  config: Config;
  environment: Omit<Env, CommonEnvironment> & Record<string, string>;
  timeoutSeconds: number;
}>;

/** One of the functions/ folders as a Lambda: its bundle, its variables, a log group, and a role that may only write to it yet. */
export class ScrutinFunction<Env> extends Construct {
  readonly lambda: LambdaFunction;

  /** @param name the function's folder; its construct carries the same name */
  constructor(scope: Construct, name: string, { config, environment, timeoutSeconds }: ScrutinFunctionProps<Env>) {
    super(scope, name);
    const logs = logGroup(this, "Logs", config);
    // A role of our own: the one CDK makes may write to every log of the account.
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logs.grantWrite(role);
    this.lambda = new LambdaFunction(this, "Function", {
      description: `Scrutin ${config.stage}: ${name}`,
      code: Code.fromAsset(functionAsset(name)),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: config.memoryMegabytes,
      timeout: Duration.seconds(timeoutSeconds),
      environment: {
        ...environment,
        POWERTOOLS_SERVICE_NAME: name,
        POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
        NODE_OPTIONS: "--enable-source-maps",
      },
      loggingFormat: LoggingFormat.JSON,
      role,
      logGroup: logs,
    });
  }

  /** Allows exactly these DynamoDB actions on a table. */
  may(actions: readonly string[], table: TableV2): this {
    return this.allow(
      actions.map((action) => `dynamodb:${action}`),
      table.tableArn,
    );
  }

  /** Allows reading one secret, or every secret under a prefix that ends in `/`. */
  mayReadSecret(name: string): this {
    return this.#onSecret(["secretsmanager:GetSecretValue"], name);
  }

  /** Allows making secrets under a prefix that ends in `/`, and reading their descriptions, never their values. */
  mayMakeSecret(prefix: string): this {
    return this.#onSecret(["secretsmanager:CreateSecret", "secretsmanager:DescribeSecret"], prefix);
  }

  #onSecret(actions: readonly string[], name: string): this {
    const { partition, region, account } = Stack.of(this);
    // Secrets Manager ends every ARN in six characters of its own, which no policy can know.
    const resourceName = name.endsWith("/") ? `${name}*` : `${name}-??????`;
    const arn = Stack.of(this).formatArn({
      partition,
      region,
      account,
      service: "secretsmanager",
      resource: "secret",
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    if (name.endsWith("/")) {
      Validations.of(this).acknowledge({
        id: `AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:${region}:<AWS::AccountId>:secret:${name}*]`,
        reason: "There is one such secret for each election, and elections are applied after deployment",
      });
    }
    return this.allow(actions, arn);
  }

  allow(actions: readonly string[], resource: string): this {
    this.lambda.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [resource] }));
    return this;
  }
}
