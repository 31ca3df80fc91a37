import { ElectionsEnv } from "#functions/elections/env.ts";
import { createElectionsHandler } from "#functions/elections/handler.ts";
import { dynamoDb } from "#functions/shared/aws-clients.ts";
import { electionsTable } from "#functions/shared/elections-table.ts";
import { readEnvironment } from "#functions/shared/environment.ts";
import { httpFunction } from "#functions/shared/http.ts";

const env = readEnvironment(ElectionsEnv, process.env);

export const handler = httpFunction(
  createElectionsHandler({ elections: electionsTable(dynamoDb(), env.ELECTIONS_TABLE), now: Date.now }),
);
