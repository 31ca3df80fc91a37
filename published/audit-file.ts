import type { AuditRecord } from "#core/audit-record.ts";
import { BYTE_ORDER_MARK, csvRow } from "#published/csv.ts";

/** The audit as files, the same from the console and from the command line; docs/office.md tells the columns. */

export const AUDIT_COLUMNS = [
  "at",
  "election_id",
  "act",
  "outcome",
  "who",
  "subject",
  "address",
  "reason",
  "recorded",
] as const satisfies readonly (keyof AuditRecord)[];

export const AUDIT_CSV_HEAD = BYTE_ORDER_MARK + csvRow(AUDIT_COLUMNS);

export const auditCsvRow = (record: AuditRecord): string =>
  csvRow(AUDIT_COLUMNS.map((column) => (column === "recorded" ? record.recorded.join("\n") : record[column])));

export const auditNdjsonLine = (record: AuditRecord): string =>
  `${JSON.stringify(Object.fromEntries(AUDIT_COLUMNS.map((column) => [column, record[column]])))}\n`;

export const auditCsv = (records: readonly AuditRecord[]): string => AUDIT_CSV_HEAD + records.map(auditCsvRow).join("");

export const auditNdjson = (records: readonly AuditRecord[]): string => records.map(auditNdjsonLine).join("");
