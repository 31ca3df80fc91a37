import { readFile } from "node:fs/promises";
import { EmbedEnv } from "#functions/embed/env.ts";
import { createEmbedHandler, orPageThatTriesAgain } from "#functions/embed/handler.ts";
import { rasteriser } from "#functions/embed/png.ts";
import { dynamoDb } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { httpFunction } from "#functions/runtime/http.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { publishedTable } from "#storage/published-table.ts";
import { talliesTable } from "#storage/tallies-table.ts";

const env = readEnvironment(EmbedEnv, process.env);
const dynamodb = dynamoDb();

const siteAddress = env.SITE_ADDRESS === "none" ? "" : env.SITE_ADDRESS;

const answer = createEmbedHandler({
  elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
  tallies: talliesTable(dynamodb, env.TALLIES_TABLE),
  published: publishedTable(dynamodb, env.PUBLISHED_TABLE),
  toPng: rasteriser((file) => readFile(new URL(`./${file}`, import.meta.url))),
  siteAddress,
  now: Date.now,
});

export const handler = httpFunction(orPageThatTriesAgain(answer, siteAddress));
