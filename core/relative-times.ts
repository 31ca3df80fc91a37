import { clockAt, clockTime } from "#core/clock-times.ts";
import { DEFAULT_TIME_ZONE, isTimeZone } from "#core/election.ts";

/** Times in a definition that count from `npm start`, so that a demonstration is open whenever somebody tries it. */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** `start`, `start-90m`, `start+2h`; or a day before or after it and what clocks show then: `start+3d 20:00`. */
export const RELATIVE_TIME = /^start(?:([+-]\d{1,5})([mh])|([+-]\d{1,5})d ((?:[01]\d|2[0-3]):[0-5]\d))?$/;

export const isRelativeTime = (value: unknown): value is string =>
  typeof value === "string" && RELATIVE_TIME.test(value);

/** A relative time as a definition has it otherwise, with the offset of its zone. A time that clocks skip is an hour later. */
function resolved(time: string, startMs: number, timeZone: string): string {
  const [, amount, unit, days, clock] = RELATIVE_TIME.exec(time) ?? [];
  if (days !== undefined && clock !== undefined) {
    const day = Date.parse(`${clockAt(startMs, timeZone).slice(0, 10)}T${clock}:00Z`) + Number(days) * DAY_MS;
    const shown = (ms: number): string => new Date(ms).toISOString().slice(0, 19);
    return clockTime(shown(day), timeZone) ?? clockTime(shown(day + 60 * MINUTE_MS), timeZone) ?? time;
  }
  const minutes = Number(amount ?? 0) * (unit === "h" ? 60 : 1);
  const atMs = Math.floor(startMs / MINUTE_MS) * MINUTE_MS + minutes * MINUTE_MS;
  return clockTime(clockAt(atMs, timeZone), timeZone) ?? time;
}

/** A definition as read from JSON, with the times that count from a start in place of the relative ones. */
export function withTimesFrom(json: unknown, startMs: number): unknown {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return json;
  const given: unknown = Reflect.get(json, "timeZone");
  const timeZone = typeof given === "string" && isTimeZone(given) ? given : DEFAULT_TIME_ZONE;
  const times = Object.entries(json).flatMap(([field, value]) =>
    (field === "opensAt" || field === "closesAt") && isRelativeTime(value)
      ? [[field, resolved(value, startMs, timeZone)]]
      : [],
  );
  return { ...json, ...Object.fromEntries(times) };
}
