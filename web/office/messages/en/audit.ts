import type { AuditOutcome } from "#core/audit.ts";
import { countsIn } from "#web/format.ts";

const { plural } = countsIn("en");

export const officeAudit = {
  title: "Audit",
  intro:
    "Every act in the office: who did it, when, from where they were signed in, and why. Nobody can change or delete an entry.",
  introPublic: "What was stated and signed of each election. Who works in the office sees every act here.",
  filter: "Filter",
  election: "Election",
  anyElection: "The election’s id; empty for all",
  who: "Name",
  whoHint: "A part of it is enough",
  act: "Act",
  anyAct: "All acts",
  from: "From",
  to: "Until",
  ofDay: "The whole day counts.",
  wrongSpan: "The last day is before the first.",
  apply: "Show",
  reset: "Show all",
  found: (entries: number) => plural(entries, "act", "acts"),
  none: "No act fits this filter.",
  more: "Show earlier acts",
  heads: {
    when: "When",
    who: "Who",
    act: "Act",
    election: "Election",
    outcome: "Outcome",
    from: "From",
    details: "Reason and record",
  },
  outcome: {
    done: "done",
    proposed: "waits for a second person",
    refused: "refused",
    failed: "broke off",
  } satisfies Record<AuditOutcome, string>,
  outside: "command line or system",
  reason: (reason: string) => `Reason: ${reason}`,
  csv: "Download as CSV",
  ndjson: "Download as NDJSON",
  exporting: (done: string, total: string) => `${done} of ${total} acts read`,
  exportFailed: "The file could not be made, because not all acts could be read. Try again.",
};
export type OfficeAuditWords = typeof officeAudit;
