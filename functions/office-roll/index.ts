import { ROLL_ROUTES } from "#functions/office-roll/contract.ts";
import { OfficeRollEnv } from "#functions/office-roll/env.ts";
import { importHandlers } from "#functions/office-roll/import-handlers.ts";
import { personHandlers } from "#functions/office-roll/person-handlers.ts";
import { roomHandlers } from "#functions/office-roll/room-handlers.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { connectionOf } from "#functions/runtime/office/connection.ts";
import { officeFunction } from "#functions/runtime/office/office-function.ts";
import { rollUploads } from "#storage/roll-uploads.ts";

const env = readEnvironment(OfficeRollEnv, process.env);
const connection = connectionOf(env);
const { documents } = connection;

/** Of the time that a request may take; the rest is for counting and signing. */
const WRITING_MS = 10_000;

export const handler = officeFunction(env, documents, {
  routes: ROLL_ROUTES,
  handlers: {
    ...roomHandlers(connection),
    ...personHandlers(connection),
    ...importHandlers({ connection, uploads: rollUploads(documents, env.OFFICE_TABLE), writingMs: WRITING_MS }),
  },
});
