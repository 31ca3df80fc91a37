import type { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { type Config, SITE_REGION } from "#infra/config.ts";
import { lacks } from "#infra/emulator.ts";
import type { Clients } from "#infra/tools/check/clients.ts";
import { type Finding, fine, wrong } from "#infra/tools/check/finding.ts";
import { describeStack } from "#infra/tools/check/stacks.ts";

/** The caller's account, and whether the CDK is bootstrapped where it deploys. */

/** The account that the shell's credentials belong to; undefined where they belong to none. */
export async function readAccount({ sts }: Clients): Promise<Readonly<{ account?: string; finding: Finding }>> {
  try {
    const { Account: account = "", Arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
    return { account, finding: fine("credentials", `account ${account}, as ${Arn}`) };
  } catch (error) {
    const why = error instanceof Error ? error.message || error.name : String(error);
    return { finding: wrong("credentials", `AWS does not know the caller: ${why}`, "aws sts get-caller-identity") };
  }
}

/** The oldest bootstrap that the CDK's stacks accept; a test compares with what is synthesized. */
export const BOOTSTRAP_VERSION = 6;
/** What AWS answers in a region that the account has not enabled. */
const NOT_ENABLED = ["InvalidClientTokenId", "UnrecognizedClientException", "OptInRequired", "AuthFailure"];

async function checkBootstrap(account: string, region: string, client: CloudFormationClient): Promise<Finding> {
  const about = `bootstrap in ${region}`;
  const bootstrap = `npx cdk bootstrap aws://${account}/${region}`;
  try {
    const stack = await describeStack(client, "CDKToolkit");
    const status = stack?.StackStatus ?? "";
    if (stack === undefined) return wrong(about, "the CDK is not bootstrapped", bootstrap);
    if (!/^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE/.test(status)) {
      return wrong(about, `its stack CDKToolkit is in ${status}`, bootstrap);
    }
    const version = stack.Outputs?.find(({ OutputKey }) => OutputKey === "BootstrapVersion")?.OutputValue;
    if (Number(version ?? 0) >= BOOTSTRAP_VERSION) return fine(about, `version ${version}`);
    return wrong(about, `has version ${version}, and the CDK wants ${BOOTSTRAP_VERSION}`, bootstrap);
  } catch (error) {
    if (!(error instanceof Error) || !NOT_ENABLED.includes(error.name)) throw error;
    const enable = `aws account enable-region --region-name ${region}`;
    return wrong(about, `the account has not enabled the region (${error.name})`, enable, bootstrap);
  }
}

export function checkBootstraps(
  account: string,
  config: Config,
  { stacks, siteStacks }: Clients,
): Promise<readonly Finding[]> {
  const regions = new Map([[config.region, stacks]]);
  if (!lacks(config, "cloudfront")) regions.set(SITE_REGION, siteStacks);
  return Promise.all([...regions].map(([region, client]) => checkBootstrap(account, region, client)));
}
