import { ElectionsEnv } from "#functions/elections/env.ts";
import { createElectionsHandler } from "#functions/elections/handler.ts";
import { dynamoDb } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { httpFunction } from "#functions/runtime/http.ts";
import { biographyTexts } from "#storage/biographies-table.ts";
import { changesTexts, electionsTable, openingTexts } from "#storage/elections-table.ts";

const env = readEnvironment(ElectionsEnv, process.env);
const dynamodb = dynamoDb();

export const handler = httpFunction(
  createElectionsHandler({
    elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
    openingOf: openingTexts(dynamodb, env.ELECTIONS_TABLE),
    changesOf: changesTexts(dynamodb, env.ELECTIONS_TABLE),
    biographiesOf: biographyTexts(dynamodb, env.BIOGRAPHIES_TABLE),
    now: Date.now,
  }),
);
