import { ElectionsEnv } from "#functions/elections/env.ts";
import { createElectionsHandler } from "#functions/elections/handler.ts";
import { createPhotoHandler } from "#functions/elections/photo.ts";
import { dynamoDb } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { httpFunction } from "#functions/runtime/http.ts";
import { biographyTexts } from "#storage/biographies-table.ts";
import { changesTexts, electionsTable, openingTexts } from "#storage/elections-table.ts";
import { photosIn } from "#storage/photos.ts";

const env = readEnvironment(ElectionsEnv, process.env);
const dynamodb = dynamoDb();

const elections = createElectionsHandler({
  elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
  openingOf: openingTexts(dynamodb, env.ELECTIONS_TABLE),
  changesOf: changesTexts(dynamodb, env.ELECTIONS_TABLE),
  biographiesOf: biographyTexts(dynamodb, env.BIOGRAPHIES_TABLE),
  now: Date.now,
});
const photo = createPhotoHandler(photosIn(dynamodb, env.BIOGRAPHIES_TABLE));

export const handler = httpFunction((event, context) =>
  event.pathParameters?.photo === undefined ? elections(event, context) : photo(event, context),
);
