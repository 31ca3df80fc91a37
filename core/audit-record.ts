import * as z from "zod/mini";
import { AUDIT_OUTCOMES, type AuditEntry } from "#core/audit.ts";

/** An entry of the audit as the API answers and as both exports write it. */
export const AuditRecord = z.object({
  at: z.iso.datetime(),
  election_id: z.nullable(z.string()),
  act: z.string(),
  outcome: z.enum(AUDIT_OUTCOMES),
  who: z.string(),
  subject: z.nullable(z.string()),
  address: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  recorded: z.array(z.string()),
});
export type AuditRecord = Readonly<z.infer<typeof AuditRecord>>;

export function auditRecord(entry: AuditEntry): AuditRecord {
  const { at, electionId, act, outcome, who, subject, address, reason, recorded } = entry;
  return {
    at,
    election_id: electionId ?? null,
    act,
    outcome,
    who,
    subject: subject ?? null,
    address: address ?? null,
    reason: reason ?? null,
    recorded: [...recorded],
  };
}
