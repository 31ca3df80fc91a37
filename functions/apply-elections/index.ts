import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { DeploymentAnswer } from "#functions/apply-elections/contract.ts";
import { ApplyElectionsEnv } from "#functions/apply-elections/env.ts";
import { createApplyElectionsHandler } from "#functions/apply-elections/handler.ts";
import { secretsManagerClient } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { eventFunction } from "#functions/runtime/event-function.ts";

const env = readEnvironment(ApplyElectionsEnv, process.env);

/** The address is presigned for a PUT without a content type. */
async function send(url: string, answer: DeploymentAnswer): Promise<void> {
  const { status } = await fetch(url, { method: "PUT", headers: { "content-type": "" }, body: JSON.stringify(answer) });
  if (status >= 300) throw new Error(`CloudFormation did not take the answer: ${status}`);
}

export const handler = eventFunction(
  createApplyElectionsHandler({
    register: {
      documents: DynamoDBDocumentClient.from(new DynamoDBClient()),
      electionsTable: env.ELECTIONS_TABLE,
      secrets: secretsManagerClient(),
      secretPrefix: env.SECRET_PREFIX,
    },
    now: Date.now,
    send,
  }),
);
