import { AUDIT_ROUTES } from "#functions/office/audit/contract.ts";
import { CLOSING_ROUTES } from "#functions/office/closing/contract.ts";
import { ELECTION_ROUTES } from "#functions/office/elections/contract.ts";
import { POLLING_ROUTES } from "#functions/office/polling/contract.ts";
import { PROPOSAL_ROUTES } from "#functions/office/proposals/contract.ts";
import { SESSION_ROUTES } from "#functions/office/session/contract.ts";
import type { OfficeRoutes } from "#functions/runtime/office/routes.ts";

/** The routes that the function `office` answers, one table for each room of the console. */
export const OFFICE_FUNCTION_ROUTES = {
  ...SESSION_ROUTES,
  ...AUDIT_ROUTES,
  ...CLOSING_ROUTES,
  ...ELECTION_ROUTES,
  ...PROPOSAL_ROUTES,
  ...POLLING_ROUTES,
} as const satisfies OfficeRoutes;

/** Those that it answers to anybody. */
export const OPEN_ROUTES = ["GET /office/sign-in"] as const;
