import { ArnFormat, Stack, Token, Validations } from "aws-cdk-lib";
import type { Construct } from "constructs";

/** The ARN of one secret, or of all whose names begin with a prefix that ends in `/`. */
export function secretArn(scope: Construct, name: string, region: string): string {
  const { partition, account } = Stack.of(scope);
  return Stack.of(scope).formatArn({
    partition,
    region,
    account,
    service: "secretsmanager",
    resource: "secret",
    // Secrets Manager appends six random characters to every ARN.
    resourceName: name.endsWith("/") ? `${name}*` : `${name}-??????`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** Says to AWS's rules why a right covers all secrets under a prefix. */
export function acknowledgeSecrets(scope: Construct, prefix: string, region: string): void {
  const { account } = Stack.of(scope);
  const inAccount = Token.isUnresolved(account) ? "<AWS::AccountId>" : account;
  Validations.of(scope).acknowledge({
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:${region}:${inAccount}:secret:${prefix}*]`,
    reason: "There is one such secret for each election, and elections are applied after deployment",
  });
}
