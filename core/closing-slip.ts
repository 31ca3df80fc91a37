import type { ElectionDefinition } from "#core/election.ts";

/** Whether a new closing may be a slip of whoever typed it. Needs no schema. */

const DAY_MS = 24 * 3600 * 1000;
const PLAUSIBLE_DAYS = 3;

/** Into which year a closing would move, or by how many days. */
export type ClosingSlip = Readonly<{ kind: "another-year"; year: string } | { kind: "many-days"; days: number }>;

function yearOf(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { year: "numeric", timeZone }).format(new Date(instant));
}

/** Undefined for a closing that may well be meant. */
export function closingSlip(
  { closesAt, timeZone }: Pick<ElectionDefinition, "closesAt" | "timeZone">,
  to: string,
): ClosingSlip | undefined {
  const year = yearOf(to, timeZone);
  if (year !== yearOf(closesAt, timeZone)) return { kind: "another-year", year };
  const laterMs = Date.parse(to) - Date.parse(closesAt);
  return laterMs > PLAUSIBLE_DAYS * DAY_MS ? { kind: "many-days", days: Math.round(laterMs / DAY_MS) } : undefined;
}
