import { OFFICE_FUNCTION_ROUTES } from "#functions/office/contract.ts";
import { OfficeEnv } from "#functions/office/env.ts";
import { sessionHandlers } from "#functions/office/session/handlers.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { connectionOf } from "#functions/runtime/office/connection.ts";
import { officeFunction } from "#functions/runtime/office/office-function.ts";
import { signOutsIn } from "#storage/sign-outs.ts";

const env = readEnvironment(OfficeEnv, process.env);
const connection = connectionOf(env);
const { documents } = connection;

export const handler = officeFunction(env, documents, {
  routes: OFFICE_FUNCTION_ROUTES,
  handlers: {
    ...sessionHandlers({
      stage: env.STAGE,
      asksForTwo: env.TWO_OFFICERS === "yes",
      signOuts: signOutsIn(documents, env.OFFICE_TABLE),
    }),
  },
});
