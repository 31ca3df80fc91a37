/** Times as officers write them, with an offset, against the clocks of the election's time zone. */

const MINUTE_MS = 60_000;
const WRITTEN = /^(.+)([+-])(\d{2}):?(\d{2})$/;

/** "-04:00" */
function offsetText(minutes: number): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** What clocks in a time zone are ahead of UTC at an instant, in minutes. */
export function minutesAhead(timeZone: string, atMs: number): number {
  const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  const name = format.formatToParts(atMs).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

/** What clocks in a time zone show at an instant, to the second: `2026-07-01T09:00:00`. */
export function clockAt(atMs: number, timeZone: string): string {
  return new Date(atMs + minutesAhead(timeZone, atMs) * MINUTE_MS).toISOString().slice(0, 19);
}

/** What clocks in a time zone show (`2026-07-01T09:00:00`), with its offset; undefined where they skip it. */
export function clockTime(shown: string, timeZone: string): string | undefined {
  const shownMs = Date.parse(`${shown}Z`);
  const offset = [-24, 24]
    .map((away) => minutesAhead(timeZone, shownMs + away * 60 * MINUTE_MS))
    .find((minutes) => minutesAhead(timeZone, shownMs - minutes * MINUTE_MS) === minutes);
  return offset === undefined ? undefined : `${shown}${offsetText(offset)}`;
}

/**
 * Why a time's offset is not the one of its time zone on that day, with the right one; undefined when it is. `Z` names an instant and
 * says nothing of clocks (RFC 9557).
 */
export function offsetFault(time: string, timeZone: string): string | undefined {
  const [, shown = "", sign, hours, minutes] = WRITTEN.exec(time) ?? [];
  if (sign === undefined || Number.isNaN(Date.parse(time))) return undefined;
  const written = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  if (minutesAhead(timeZone, Date.parse(time)) === written) return undefined;
  const fault = `has the offset ${offsetText(written)}, which clocks in ${timeZone} do not have then`;
  const right = clockTime(shown, timeZone);
  return right === undefined ? `${fault}: they skip this time on that day` : `${fault}: write ${right}`;
}
