import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { type HttpHandler, httpFunction } from "#functions/runtime/http.ts";
import { createOfficeHandler, type OfficeDependencies, routeOf } from "#functions/runtime/office/dispatcher.ts";
import { officeEnvironment } from "#functions/runtime/office/env.ts";
import { officeProblem } from "#functions/runtime/office/office-problems.ts";
import type { OfficeHandlers, OfficeRoutes } from "#functions/runtime/office/routes.ts";
import { auditTable } from "#storage/audit-table.ts";
import { signOutsIn } from "#storage/sign-outs.ts";

const OfficeFunctionEnv = z.object(officeEnvironment);

/** A function of the office behind the API, by its variables, routes and handlers. */
export function officeFunction<Routes extends OfficeRoutes>(
  env: z.infer<typeof OfficeFunctionEnv>,
  documents: DynamoDBDocumentClient,
  {
    routes,
    open = {},
    handlers,
    propose,
  }: Readonly<{
    routes: Routes;
    /** What anybody may ask, by route. */
    open?: Readonly<Record<string, HttpHandler>>;
    handlers: OfficeHandlers<Routes>;
    propose?: OfficeDependencies["propose"];
  }>,
) {
  const signOuts = signOutsIn(documents, env.OFFICE_TABLE);
  const office = createOfficeHandler(routes, handlers, {
    tokens: {
      groupsClaim: env.OFFICE_GROUPS_CLAIM,
      scope: env.OFFICE_SCOPE,
      viewerAddressHeader: env.VIEWER_ADDRESS_HEADER,
    },
    signedOutAtMs: signOuts.atMs,
    audit: auditTable(documents, env.AUDIT_TABLE),
    propose: env.TWO_OFFICERS === "yes" ? propose : undefined,
    now: Date.now,
  });
  return httpFunction((event, context) => (open[routeOf(event)] ?? office)(event, context), officeProblem);
}
