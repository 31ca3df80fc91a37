import type { Connection } from "#admin/connection/connection.ts";
import { readAudit, readPublicAudit } from "#admin/elections/audit-acts.ts";
import { filterAudit, pageOfAudit } from "#core/audit.ts";
import { auditRecord } from "#core/audit-record.ts";
import { type AUDIT_ROUTES, type AuditPage, AuditQuery, MOST_AUDIT_ENTRIES } from "#functions/office/audit/contract.ts";
import { json } from "#functions/runtime/http.ts";
import { BodyFault } from "#functions/runtime/office/call.ts";
import type { OfficeHandlers } from "#functions/runtime/office/routes.ts";

const DEFAULT_ENTRIES = 100;

const instant = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text));

export const auditHandlers = (source: Connection): OfficeHandlers<typeof AUDIT_ROUTES> => ({
  "GET /office/audit": async ({ query, caller }) => {
    const parsed = AuditQuery.safeParse(query, { reportInput: true });
    if (!parsed.success) throw new BodyFault(parsed.error.issues);
    const { election_id: electionId, who, act, from, to, after, most = DEFAULT_ENTRIES } = parsed.data;
    const filter = { electionId, who, fromMs: instant(from), toMs: instant(to) };
    const isObserver = caller.groups.every((group) => group === "observer");
    const found = await (isObserver ? readPublicAudit(source, filter) : readAudit(source, filter));
    const chosen = filterAudit(found, { act });
    const { page, next } = pageOfAudit(chosen, after, Math.min(most, MOST_AUDIT_ENTRIES));
    const answer: AuditPage = {
      entries: page.map(auditRecord),
      next: next ?? null,
      total: chosen.length,
      acts: [...new Set(found.map((entry) => entry.act))].sort(),
    };
    return json(200, answer);
  },
});
