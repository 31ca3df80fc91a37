import { clockAt, clockTime } from "#core/clock-times.ts";

/** Times as a `datetime-local` field has them, at the clocks of an election. */

const MINUTES = "2026-10-19T21:00".length;

/** `2026-10-19T21:00` */
export const shownTime = (instant: string, timeZone: string): string =>
  clockAt(Date.parse(instant), timeZone).slice(0, MINUTES);

/** With its offset; undefined for what is no time, and what the clocks skip. */
export function typedTime(typed: string, timeZone: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(typed) || Number.isNaN(Date.parse(`${typed}Z`))) return undefined;
  return clockTime(`${typed}:00`, timeZone);
}
