import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { type AuditRecord, auditRecord } from "#core/audit-record.ts";
import { AUDIT_COLUMNS, auditCsv, auditNdjson } from "#published/audit-file.ts";

const RECORD: AuditRecord = {
  at: "2027-05-01T12:05:00.000Z",
  election_id: "1",
  act: "extend",
  outcome: "done",
  who: "Zoé Roy",
  subject: "ada",
  address: "192.0.2.7",
  reason: "rain, and “wind”",
  recorded: ["closing extended", "told"],
};

describe("the audit as files", () => {
  test("no cell runs as a formula, whoever chose the name or the reason", () => {
    const evil: AuditRecord = {
      ...RECORD,
      who: '=HYPERLINK("https://example.org","me")',
      subject: "@SUM(A1)",
      reason: "\t=1+1",
      recorded: ["+1", "-1"],
    };
    const [row] = parse(auditCsv([evil]), { columns: true, bom: true });
    expect(row).toMatchObject({
      who: `'${evil.who}`,
      subject: `'${evil.subject}`,
      reason: `'${evil.reason}`,
      recorded: "'+1\n-1",
    });
  });

  test("CSV and NDJSON hold the same columns, in the documented order", () => {
    const rows = parse(auditCsv([RECORD]), { bom: true });
    expect(rows[0]).toEqual([...AUDIT_COLUMNS]);
    expect(rows[1]?.slice(0, 5)).toEqual([RECORD.at, "1", "extend", "done", "Zoé Roy"]);
    const line = JSON.parse(auditNdjson([RECORD]));
    expect(Object.keys(line)).toEqual([...AUDIT_COLUMNS]);
    expect(line).toEqual(RECORD);
  });

  test("what is not known is an empty cell, and null", () => {
    const nowhere = { subject: undefined, address: undefined, reason: undefined, recorded: [] };
    const unknown = auditRecord({ ...RECORD, id: "1", electionId: "1", ...nowhere });
    expect(auditCsv([unknown])).toContain("Zoé Roy,,,,\r\n");
    expect(JSON.parse(auditNdjson([unknown]))).toMatchObject({ subject: null, recorded: [] });
  });
});
