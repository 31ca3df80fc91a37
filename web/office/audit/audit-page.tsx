import { useState } from "preact/hooks";
import type { AuditPage as Page } from "#functions/office/audit/contract.ts";
import type { Me } from "#functions/office/session/contract.ts";
import { ActsTable } from "#web/office/audit/acts-table.tsx";
import { Export } from "#web/office/audit/export.tsx";
import { FilterForm } from "#web/office/audit/filter-form.tsx";
import { auditPath, NO_FILTER } from "#web/office/audit/read-audit.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { OfficeFailure, officeGet, useOfficeAnswer } from "#web/office/shell/answers.tsx";
import type { OfficeAnswer } from "#web/office/shell/office-api.ts";
import { Heading } from "#web/shell/heading.tsx";

/** Who did what, when, from where and why. Nothing here changes anything. */
export function AuditPage({ me }: Readonly<{ me: Me }>) {
  const t = useOfficeMessages();
  const [filter, setFilter] = useState(NO_FILTER);
  const { answer, retry } = useOfficeAnswer<Page>(auditPath(filter));
  // Kept while a filter is asked for: the choices stay the same.
  const [acts, setActs] = useState<readonly string[]>([]);
  if (answer?.kind === "ok" && answer.body.acts.some((act) => !acts.includes(act))) {
    setActs([...new Set([...acts, ...answer.body.acts])].sort());
  }
  const isObserver = me.groups.every((group) => group === "observer");
  return (
    <>
      <Heading text={t.officeAudit.title} />
      <p>{isObserver ? t.officeAudit.introPublic : t.officeAudit.intro}</p>
      <details>
        <summary>{t.officeAudit.filter}</summary>
        <FilterForm acts={acts} onFilter={setFilter} />
      </details>
      {answer === undefined && <p class="quiet">{t.site.loading}</p>}
      {answer !== undefined && answer.kind !== "ok" && (
        <OfficeFailure answer={answer} retry={retry} hasHeading={false} />
      )}
      {answer?.kind === "ok" && (
        <>
          <p role="status">{answer.body.total === 0 ? t.officeAudit.none : t.officeAudit.found(answer.body.total)}</p>
          {answer.body.total > 0 && <Export filter={filter} />}
          {answer.body.total > 0 && (
            <Acts key={auditPath(filter)} first={answer.body} pathAfter={(after) => auditPath(filter, after)} />
          )}
        </>
      )}
    </>
  );
}

/** The first page of acts, and those before it as they are asked for. */
function Acts({ first, pathAfter }: Readonly<{ first: Page; pathAfter: (after: string) => string }>) {
  const t = useOfficeMessages();
  const [more, setMore] = useState<readonly Page[]>([]);
  const [failed, setFailed] = useState<OfficeAnswer<Page>>();
  const pages = [first, ...more];
  const { next } = pages.at(-1) ?? first;
  const load = async (after: string): Promise<void> => {
    const answer = await officeGet<Page>(pathAfter(after));
    setFailed(answer.kind === "ok" ? undefined : answer);
    if (answer.kind === "ok") setMore((last) => [...last, answer.body]);
  };
  return (
    <>
      <ActsTable entries={pages.flatMap(({ entries }) => entries)} />
      {failed !== undefined && next !== null && (
        <OfficeFailure answer={failed} retry={() => void load(next)} hasHeading={false} />
      )}
      {next !== null && failed === undefined && (
        <button type="button" class="button" onClick={() => void load(next)}>
          {t.officeAudit.more}
        </button>
      )}
    </>
  );
}
