import type * as z from "zod/mini";
import type { OfficeGroup } from "#core/office-groups.ts";
import type { HttpAnswer } from "#functions/runtime/http.ts";
import type { OfficeCall } from "#functions/runtime/office/call.ts";

/** The routes of the office's functions, by method and path without the API's prefix: `GET /office/elections/{election_id}`. */

export type OfficeRoute = Readonly<{
  /** Who may: whoever is in one of these groups. */
  groups: readonly OfficeGroup[];
  /** Under which name it is recorded in the audit; only reading has none. */
  act?: string;
  /** Where the stage says `twoOfficers`, another person of these groups must confirm it. */
  needsTwo?: true;
  /** What its body must be, so that nothing is proposed that could not be done; only where it needs two. */
  asks?: () => z.ZodMiniType;
  /** Of the body; 500 kB by default. */
  mostBytes?: number;
}>;
export type OfficeRoutes = Readonly<Record<string, OfficeRoute>>;

export type OfficeHandler = (call: OfficeCall) => Promise<HttpAnswer>;

/** One handler for each route. */
export type OfficeHandlers<Routes extends OfficeRoutes> = Readonly<{ [Key in keyof Routes]: OfficeHandler }>;
