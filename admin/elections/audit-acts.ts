import type { Connection } from "#admin/connection/connection.ts";
import { isCertification } from "#admin/elections/state-changes.ts";
import { type AuditEntry, type AuditFilter, filterAudit, inOrder, mergeAudit } from "#core/audit.ts";
import { publicAudit } from "#core/public-audit.ts";
import { consoleActs, LONGEST_ACT_MS, recordedChanges } from "#storage/audit-reading.ts";
import { NO_ELECTION } from "#storage/audit-table.ts";
import {
  type AdministeredElection,
  findElection,
  listElections,
  type Register,
} from "#storage/registered-elections.ts";

/** The audit: who did what to the elections, in the console and at the command line, each act once, later first. */

export type AuditSource = Pick<Connection, "documents" | "electionsTable" | "auditTable">;

async function collected<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

export async function readAudit(
  { documents, electionsTable, auditTable }: AuditSource,
  filter: AuditFilter,
): Promise<readonly AuditEntry[]> {
  const { electionId, fromMs, toMs } = filter;
  // What is recorded within the span may belong to an act that began before it.
  const span = { fromMs: fromMs === undefined ? undefined : fromMs - LONGEST_ACT_MS, toMs };
  // An act that names no election, such as registering one, may turn out to be about this one.
  const partitions = electionId === undefined ? [undefined] : [electionId, NO_ELECTION];
  const [recorded, ...acts] = await Promise.all([
    collected(recordedChanges(documents, electionsTable, electionId)),
    ...partitions.map((of) => consoleActs(documents, auditTable, { electionId: of, ...span })),
  ]);
  return filterAudit(mergeAudit(acts.flat(), recorded), filter);
}

/** What everybody may see of it. */
export async function readPublicAudit(register: Register, filter: AuditFilter): Promise<readonly AuditEntry[]> {
  const { electionId } = filter;
  const found = electionId === undefined ? undefined : await findElection(register, electionId);
  const elections = electionId === undefined ? await listElections(register) : found === undefined ? [] : [found];
  return filterAudit(inOrder(elections.flatMap(publicActs)), filter);
}

/** What everybody may see of what was done to an election, later first: nothing before its opening is stated. */
export function publicActs({ definition, opening, stateChanges }: AdministeredElection): readonly AuditEntry[] {
  if (opening === undefined) return [];
  return publicAudit({
    electionId: definition.electionId,
    ...opening,
    certified: stateChanges.find(isCertification),
  });
}
