import { auditHandlers } from "#functions/office/audit/handlers.ts";
import { closingHandlers } from "#functions/office/closing/handlers.ts";
import { OFFICE_FUNCTION_ROUTES } from "#functions/office/contract.ts";
import { electionHandlers } from "#functions/office/elections/handlers.ts";
import { OfficeEnv } from "#functions/office/env.ts";
import { forgettingCounts } from "#functions/office/polling/forgetting.ts";
import { pollingHandlers } from "#functions/office/polling/handlers.ts";
import { proposalHandlers } from "#functions/office/proposals/handlers.ts";
import { proposing } from "#functions/office/proposals/propose.ts";
import { sessionHandlers } from "#functions/office/session/handlers.ts";
import { signInHandlers } from "#functions/office/session/sign-in.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { connectionOf } from "#functions/runtime/office/connection.ts";
import { officeFunction } from "#functions/runtime/office/office-function.ts";
import { draftsIn } from "#storage/drafts.ts";
import { officeJobs } from "#storage/office-jobs.ts";
import { officeWork } from "#storage/office-work-queue.ts";
import { photosIn } from "#storage/photos.ts";
import { proposalsIn } from "#storage/proposals.ts";
import { signOutsIn } from "#storage/sign-outs.ts";

const env = readEnvironment(OfficeEnv, process.env);
const connection = connectionOf(env);
const { documents } = connection;
const jobs = officeJobs(documents, env.OFFICE_TABLE);
const work = officeWork(jobs, connection.sqs, env.OFFICE_WORK_QUEUE_URL);
const proposals = proposalsIn(documents, env.OFFICE_TABLE);

export const handler = officeFunction(env, documents, {
  routes: OFFICE_FUNCTION_ROUTES,
  open: signInHandlers(env),
  propose: proposing(OFFICE_FUNCTION_ROUTES, proposals),
  handlers: {
    ...auditHandlers(connection),
    ...closingHandlers({
      connection,
      jobs,
      work,
    }),
    ...electionHandlers({
      connection,
      drafts: draftsIn(documents, env.OFFICE_TABLE),
      photos: photosIn(connection.dynamodb, env.BIOGRAPHIES_TABLE),
    }),
    ...proposalHandlers(proposals),
    ...sessionHandlers({
      stage: env.STAGE,
      asksForTwo: env.TWO_OFFICERS === "yes",
      voterIssuers: connection.voterIssuers,
      signOuts: signOutsIn(documents, env.OFFICE_TABLE),
    }),
    ...pollingHandlers({
      connection,
      stage: env.STAGE,
      namespace: env.POWERTOOLS_METRICS_NAMESPACE,
      forgetCounts: forgettingCounts(work),
    }),
  },
});
