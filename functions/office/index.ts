import { auditHandlers } from "#functions/office/audit/handlers.ts";
import { OFFICE_FUNCTION_ROUTES } from "#functions/office/contract.ts";
import { OfficeEnv } from "#functions/office/env.ts";
import { proposalHandlers } from "#functions/office/proposals/handlers.ts";
import { proposing } from "#functions/office/proposals/propose.ts";
import { sessionHandlers } from "#functions/office/session/handlers.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { connectionOf } from "#functions/runtime/office/connection.ts";
import { officeFunction } from "#functions/runtime/office/office-function.ts";
import { proposalsIn } from "#storage/proposals.ts";
import { signOutsIn } from "#storage/sign-outs.ts";

const env = readEnvironment(OfficeEnv, process.env);
const connection = connectionOf(env);
const { documents } = connection;
const proposals = proposalsIn(documents, env.OFFICE_TABLE);

export const handler = officeFunction(env, documents, {
  routes: OFFICE_FUNCTION_ROUTES,
  propose: proposing(OFFICE_FUNCTION_ROUTES, proposals),
  handlers: {
    ...auditHandlers(connection),
    ...proposalHandlers(proposals),
    ...sessionHandlers({
      stage: env.STAGE,
      asksForTwo: env.TWO_OFFICERS === "yes",
      signOuts: signOutsIn(documents, env.OFFICE_TABLE),
    }),
  },
});
