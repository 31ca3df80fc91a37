import { clockAt, clockTime } from "#core/clock-times.ts";
import { isTimeZone } from "#core/election.ts";

/** Times of a definition as controls show them: what clocks in the election's zone say. */

export type ClockParts = Readonly<{ date: string; time: string }>;

/** The day and the hour that a time names in a zone; as written, where it is no time. */
export function partsOf(time: string, timeZone: string): ClockParts {
  const ms = Date.parse(time);
  const shown = Number.isNaN(ms) || !isTimeZone(timeZone) ? time : clockAt(ms, timeZone);
  return { date: /^\d{4}-\d{2}-\d{2}/.exec(shown)?.[0] ?? "", time: /T(\d{2}:\d{2})/.exec(shown)?.[1] ?? "" };
}

/** The time at which clocks in a zone show this, with its offset; without one where they skip it, which is a fault. */
export function timeOf({ date, time }: ClockParts, timeZone: string): string {
  if (date === "" && time === "") return "";
  const shown = `${date}T${time}:00`;
  if (!isTimeZone(timeZone) || Number.isNaN(Date.parse(`${shown}Z`))) return shown;
  return clockTime(shown, timeZone) ?? shown;
}

/** The same hour on the clocks of another zone. */
export const inZone = (time: string, from: string, to: string): string => timeOf(partsOf(time, from), to);

export const ZONES = [
  "America/St_Johns",
  "America/Halifax",
  "America/Toronto",
  "America/Winnipeg",
  "America/Regina",
  "America/Edmonton",
  "America/Vancouver",
  "UTC",
] as const;
