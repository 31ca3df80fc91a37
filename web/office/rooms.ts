import { OFFICE_GROUPS, type OfficeGroup } from "#core/office-groups.ts";
import type { OfficeRoute } from "#web/office/router.ts";

/** Which rooms are shown to whom. What may be done there the server decides with every request. */

type Room = Exclude<OfficeRoute["room"], "signed-in" | "signed-out" | "not-found">;

export const ROOMS: Readonly<Record<Room, readonly OfficeGroup[]>> = {
  overview: OFFICE_GROUPS,
  elections: OFFICE_GROUPS,
  election: OFFICE_GROUPS,
  editor: ["officer"],
  roll: ["officer", "registrar", "auditor"],
  polling: OFFICE_GROUPS,
  closing: ["officer", "registrar", "auditor"],
  audit: OFFICE_GROUPS,
};

export const mayEnter = (groups: readonly OfficeGroup[], room: Room): boolean =>
  ROOMS[room].some((group) => groups.includes(group));
