import type { AuditRecord } from "#core/audit-record.ts";
import { formatClock, formatDay } from "#core/instant-words.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { writeOfficePath } from "#web/office/router.ts";
import { Recorded } from "#web/office/shell/recorded.tsx";
import { type Column, Table } from "#web/office/shell/table.tsx";

/** Acts, later first. */
export function ActsTable({ entries }: Readonly<{ entries: readonly AuditRecord[] }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const columns: readonly Column<AuditRecord>[] = [
    {
      key: "when",
      head: t.officeAudit.heads.when,
      cell: ({ at }) => (
        <time dateTime={at}>
          {formatDay(language, at)} {formatClock(language, at)}
        </time>
      ),
    },
    {
      key: "who",
      head: t.officeAudit.heads.who,
      cell: ({ who }) => <span class="office-anything audit-who">{who === "" ? "–" : who}</span>,
    },
    { key: "act", head: t.officeAudit.heads.act, cell: ({ act }) => t.officeActs[act] ?? act },
    {
      key: "election",
      head: t.officeAudit.heads.election,
      cell: ({ election_id: id }) =>
        id === null ? "–" : <a href={writeOfficePath(language, { room: "election", electionId: id })}>{id}</a>,
    },
    { key: "outcome", head: t.officeAudit.heads.outcome, cell: ({ outcome }) => t.officeAudit.outcome[outcome] },
    { key: "from", head: t.officeAudit.heads.from, cell: ({ address }) => address ?? t.officeAudit.outside },
    {
      key: "details",
      head: t.officeAudit.heads.details,
      // What people and files said, in whatever language that was.
      cell: ({ reason, recorded }) =>
        reason === null && recorded.length === 0 ? (
          "–"
        ) : (
          <div class="office-anything">
            {reason !== null && <p>{t.officeAudit.reason(reason)}</p>}
            {recorded.map((what) => (
              <p key={what} class="quiet">
                <Recorded what={what} />
              </p>
            ))}
          </div>
        ),
    },
  ];
  return (
    <Table
      caption={t.officeAudit.title}
      columns={columns}
      rows={entries}
      keyOf={({ at, who, act, recorded }) => [at, who, act, ...recorded].join(" ")}
    />
  );
}
