import { type CloudFormationClient, DescribeStacksCommand, type Stack } from "@aws-sdk/client-cloudformation";
import { type Config, SITE_REGION, stackName } from "#infra/config.ts";
import { lacks } from "#infra/emulator.ts";
import type { Clients } from "#infra/tools/check/clients.ts";
import { type Finding, fine, wrong } from "#infra/tools/check/finding.ts";

/** The stacks of a stage as they are: deployed, absent, or left in a state that the next deployment cannot start from. */

export type Part = Parameters<typeof stackName>[1];
export type StageStack = Readonly<{
  part: Part;
  name: string;
  region: string;
  client: CloudFormationClient;
  /** Undefined where there is none. */
  stack: Stack | undefined;
}>;

/** A stack by name; undefined where there is none. */
export async function describeStack(client: CloudFormationClient, StackName: string): Promise<Stack | undefined> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks?.[0];
  } catch (error) {
    // A plain ValidationError: CloudFormation has no error type for this.
    if (error instanceof Error && error.message.includes("does not exist")) return undefined;
    throw error;
  }
}

export function stacksOf(config: Config, { stacks, siteStacks }: Clients): Promise<readonly StageStack[]> {
  const here = { client: stacks, region: config.region };
  const parts = [
    { part: "data", ...here },
    { part: "voting", ...here },
    ...(lacks(config, "cloudfront") ? [] : [{ part: "site", client: siteStacks, region: SITE_REGION } as const]),
    ...(lacks(config, "observability") ? [] : [{ part: "observability", ...here } as const]),
  ] as const;
  return Promise.all(
    parts.map(async ({ part, client, region }) => {
      const name = stackName(config.stage, part);
      return { part, name, region, client, stack: await describeStack(client, name) };
    }),
  );
}

/** Whether a stack's creation failed: it never worked, so nobody ever voted with it. The CDK deletes it and starts anew. */
export const neverWorked = ({ stack }: Pick<StageStack, "stack">): boolean =>
  stack?.StackStatus === "ROLLBACK_COMPLETE" || stack?.StackStatus === "ROLLBACK_FAILED";

/** Whether a stack works, or did. */
export const exists = (found: StageStack | undefined): boolean => found?.stack !== undefined && !neverWorked(found);

export function findingOf(stage: string, { name, region, stack }: StageStack): Finding {
  const about = `stack ${name}`;
  const status = stack?.StackStatus ?? "absent";
  const at = `--stack-name ${name} --region ${region}`;
  const why = `aws cloudformation describe-stack-events ${at} --query "StackEvents[?contains(ResourceStatus,'FAILED')].[LogicalResourceId,ResourceStatusReason]"`;
  if (neverWorked({ stack }))
    return fine(about, `${status}: it was never made, and the deployment removes what is left of it`);
  if (status === "DELETE_FAILED") {
    return wrong(about, `${status}: what is left of it is in the way`, why, `aws cloudformation delete-stack ${at}`);
  }
  if (status.endsWith("ROLLBACK_FAILED")) {
    return wrong(
      about,
      `${status}: it went back only in part`,
      why,
      `npx cdk rollback ${name} --context stage=${stage}`,
    );
  }
  if (status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS") {
    return wrong(about, `${status}: somebody deploys it at this moment`, `aws cloudformation describe-stacks ${at}`);
  }
  return fine(about, status);
}
