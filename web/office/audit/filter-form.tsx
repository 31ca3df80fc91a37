import { useState } from "preact/hooks";
import { type Filter, isBackwards, NO_FILTER } from "#web/office/audit/read-audit.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { SelectField, TextField } from "#web/office/shell/field.tsx";

/** Which acts are shown. @param acts those there are */
export function FilterForm({
  acts,
  onFilter,
}: Readonly<{ acts: readonly string[]; onFilter: (filter: Filter) => void }>) {
  const t = useOfficeMessages();
  const [filter, setFilter] = useState(NO_FILTER);
  const [isTried, setTried] = useState(false);
  const set = (name: keyof Filter) => (value: string) => setFilter((last) => ({ ...last, [name]: value }));
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (!isBackwards(filter)) onFilter(filter);
  };
  const options = [
    { value: "", text: t.officeAudit.anyAct },
    ...acts.map((act) => ({ value: act, text: t.officeActs[act] ?? act })),
  ];
  return (
    <form class="office-filter" onSubmit={submit} noValidate>
      <TextField
        label={t.officeAudit.election}
        hint={t.officeAudit.anyElection}
        value={filter.electionId}
        onInput={set("electionId")}
        maxLength={40}
      />
      <TextField
        label={t.officeAudit.who}
        hint={t.officeAudit.whoHint}
        value={filter.who}
        onInput={set("who")}
        maxLength={100}
      />
      <SelectField label={t.officeAudit.act} value={filter.act} options={options} onChange={set("act")} />
      <TextField type="date" label={t.officeAudit.from} value={filter.from} onInput={set("from")} />
      <TextField
        type="date"
        label={t.officeAudit.to}
        hint={t.officeAudit.ofDay}
        value={filter.to}
        onInput={set("to")}
        fault={isTried && isBackwards(filter) ? t.officeAudit.wrongSpan : undefined}
      />
      <div class="actions">
        <button type="submit" class="button primary">
          {t.officeAudit.apply}
        </button>
        <button
          type="button"
          class="button plain"
          onClick={() => {
            setFilter(NO_FILTER);
            onFilter(NO_FILTER);
          }}
        >
          {t.officeAudit.reset}
        </button>
      </div>
    </form>
  );
}
