import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ElectionsEnv } from "#functions/elections/env.ts";
import { createElectionsHandler } from "#functions/elections/handler.ts";
import { electionsTable } from "#functions/shared/elections-table.ts";
import { readEnvironment } from "#functions/shared/environment.ts";
import { httpFunction } from "#functions/shared/http.ts";

const env = readEnvironment(ElectionsEnv, process.env);

export const handler = httpFunction(
  createElectionsHandler({ elections: electionsTable(new DynamoDBClient(), env.ELECTIONS_TABLE), now: Date.now }),
);
