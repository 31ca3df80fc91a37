import { ACMClient } from "@aws-sdk/client-acm";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { STSClient } from "@aws-sdk/client-sts";
import { SITE_REGION } from "#infra/config.ts";

/** What asks AWS, in the stage's region and in the site's. */
export const clientsFor = (region: string) => {
  const site = { region: SITE_REGION };
  return {
    sts: new STSClient({ region }),
    iam: new IAMClient({ region }),
    stacks: new CloudFormationClient({ region }),
    siteStacks: new CloudFormationClient(site),
    lambda: new LambdaClient({ region }),
    dynamodb: new DynamoDBClient({ region }),
    quotas: new ServiceQuotasClient({ region }),
    keys: new KMSClient({ region }),
    secrets: new SecretsManagerClient({ region }),
    siteLogs: new CloudWatchLogsClient(site),
    certificates: new ACMClient(site),
    cloudfront: new CloudFrontClient(site),
  };
};
export type Clients = ReturnType<typeof clientsFor>;

export function closeAll(clients: Clients): void {
  for (const client of Object.values(clients)) client.destroy();
}
