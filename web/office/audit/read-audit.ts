import type { AuditRecord } from "#core/audit-record.ts";
import type { AuditPage } from "#functions/office/audit/contract.ts";
import { officeGet } from "#web/office/shell/answers.tsx";
import type { OfficeAnswer } from "#web/office/shell/office-api.ts";

/** What the form says; empty where nothing is asked. Days are those of the reader's own time zone. */
export type Filter = Readonly<{ electionId: string; who: string; act: string; from: string; to: string }>;

export const NO_FILTER: Filter = { electionId: "", who: "", act: "", from: "", to: "" };

/** A page of the file; the most that the service gives. */
const OF_A_FILE = 1_000;

/** When a day, such as `2027-05-01`, begins here; days are 23 to 25 hours long. */
function beginningOf(day: string, later = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later);
}

/** Whether the last day is before the first. */
export const isBackwards = ({ from, to }: Filter): boolean => from !== "" && to !== "" && to < from;

export function auditPath({ electionId, who, act, from, to }: Filter, after?: string | null, most?: number): string {
  const asked = {
    election_id: electionId.trim(),
    who: who.trim(),
    act,
    from: from === "" ? "" : beginningOf(from).toISOString(),
    to: to === "" ? "" : beginningOf(to, 1).toISOString(),
    after: after ?? "",
    most: most === undefined ? "" : String(most),
  };
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ""));
  return query.size === 0 ? "/office/audit" : `/office/audit?${query}`;
}

/** Every act that fits; undefined where a page could not be had. */
export async function readWhole(
  filter: Filter,
  onRead: (done: number, total: number) => void,
  get: (path: string) => Promise<OfficeAnswer<AuditPage>> = officeGet,
): Promise<readonly AuditRecord[] | undefined> {
  const read: AuditRecord[] = [];
  for (let after: string | null = null; ; ) {
    const answer: OfficeAnswer<AuditPage> = await get(auditPath(filter, after, OF_A_FILE));
    if (answer.kind !== "ok") return undefined;
    read.push(...answer.body.entries);
    onRead(read.length, answer.body.total);
    after = answer.body.next;
    if (after === null) return read;
  }
}
