import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CloudFormationClient, paginateListStackResources } from "@aws-sdk/client-cloudformation";
import { CloudWatchLogsClient, paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import { inject } from "vitest";
import { EMULATOR_STAGE } from "#admin/connection/emulator.ts";
import { clientConfig } from "#local/services/credentials.ts";

/** Everything the functions have logged so far, by file or log group. */

async function folderLogs(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = await readdir(folder);
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(folder, file), "utf8")] as const)),
  );
}

/** The voting stack's log groups in the endpoint's CloudWatch Logs. */
async function cloudWatchLogs(endpoint: string): Promise<ReadonlyMap<string, string>> {
  const stacks = new CloudFormationClient(clientConfig(endpoint));
  const logs = new CloudWatchLogsClient(clientConfig(endpoint));
  const texts = new Map<string, string>();
  try {
    const resources = paginateListStackResources({ client: stacks }, { StackName: `scrutin-${EMULATOR_STAGE}-voting` });
    for await (const { StackResourceSummaries = [] } of resources) {
      for (const { ResourceType, PhysicalResourceId: logGroupName = "" } of StackResourceSummaries) {
        if (ResourceType !== "AWS::Logs::LogGroup") continue;
        const lines: string[] = [];
        for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, { logGroupName })) {
          lines.push(...events.map(({ message = "" }) => message));
        }
        texts.set(logGroupName, lines.join("\n"));
      }
    }
    return texts;
  } finally {
    stacks.destroy();
    logs.destroy();
  }
}

export function functionLogs(): Promise<ReadonlyMap<string, string>> {
  const folder = inject("logFolder");
  return folder === undefined ? cloudWatchLogs(inject("endpoints").dynamodb) : folderLogs(folder);
}
