import { readFile } from "node:fs/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ApplyElectionsEnv } from "#functions/apply-elections/env.ts";
import { createApplyElectionsHandler } from "#functions/apply-elections/handler.ts";
import { secretsManagerClient } from "#functions/runtime/aws-clients.ts";
import { respondByPut } from "#functions/runtime/custom-resource.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { eventFunction } from "#functions/runtime/event-function.ts";

const env = readEnvironment(ApplyElectionsEnv, process.env);

export const handler = eventFunction(
  createApplyElectionsHandler({
    register: {
      documents: DynamoDBDocumentClient.from(new DynamoDBClient()),
      electionsTable: env.ELECTIONS_TABLE,
      secrets: secretsManagerClient(),
      secretPrefix: env.SECRET_PREFIX,
    },
    read: (file) => readFile(new URL(`definitions/${file}`, import.meta.url), "utf8"),
    now: Date.now,
    respond: respondByPut,
  }),
);
