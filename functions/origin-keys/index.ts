import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { OriginKeysEnv } from "#functions/origin-keys/env.ts";
import { createOriginKeysHandler } from "#functions/origin-keys/handler.ts";
import { respondByPut } from "#functions/runtime/custom-resource.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";

const env = readEnvironment(OriginKeysEnv, process.env);
const secrets = new SecretsManagerClient({ region: env.VOTING_REGION });
const stacks = new CloudFormationClient({ region: env.VOTING_REGION });
const secret = { SecretId: env.KEYS_SECRET_NAME } as const;

export const handler = createOriginKeysHandler({
  keys: {
    async read() {
      const { SecretString } = await secrets.send(new GetSecretValueCommand(secret));
      return SecretString ?? "{}";
    },
    async write(json) {
      await secrets.send(new PutSecretValueCommand({ ...secret, SecretString: json }));
    },
  },
  async origins() {
    const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName: env.VOTING_STACK }));
    const output = (name: string): string => {
      const value = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
      if (value === undefined) throw new Error(`the stack ${env.VOTING_STACK} does not say its ${name}`);
      return value;
    };
    return { apiDomain: new URL(output("ApiUrl")).host, certifiedBucket: output("CertifiedBucket") };
  },
  respond: respondByPut,
});
