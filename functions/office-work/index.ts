import { OfficeWorkEnv } from "#functions/office-work/env.ts";
import { createOfficeWorkHandler } from "#functions/office-work/handler.ts";
import { officeWorkOf } from "#functions/office-work/work.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { eventFunction } from "#functions/runtime/event-function.ts";
import { connectionOf } from "#functions/runtime/office/connection.ts";
import { officeJobs } from "#storage/office-jobs.ts";

const env = readEnvironment(OfficeWorkEnv, process.env);
const connection = connectionOf(env);

export const handler = eventFunction(
  createOfficeWorkHandler({
    jobs: officeJobs(connection.documents, env.OFFICE_TABLE),
    work: officeWorkOf(connection),
    now: Date.now,
  }),
);
