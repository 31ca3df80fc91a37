import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ElectionDefinition } from "#core/election.ts";
import type { ImportPlan } from "#functions/office-roll/contract.ts";
import { groupedSha256 } from "#web/format.ts";
import { useBilingual, useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { columnLabel } from "#web/office/roll/column-labels.ts";
import { FilePick } from "#web/office/roll/file-pick.tsx";
import type { Headings, Mapping, SheetSummary } from "#web/office/roll/sheet-reading.ts";
import { type Upload, useUpload } from "#web/office/roll/use-upload.ts";
import { CheckField, SelectField, TextField } from "#web/office/shell/field.tsx";
import { ProgressBar } from "#web/office/shell/progress-bar.tsx";
import { Table } from "#web/office/shell/table.tsx";

type SectionProps = Readonly<{
  definition: ElectionDefinition;
  /** Made on this page, to be sent up. */
  given: File | undefined;
  onDone: () => void;
}>;

/** Voters from a spreadsheet: nothing goes up before it was read here and somebody says so. */
export function UploadSection({ definition, given, onDone }: SectionProps) {
  const t = useOfficeMessages();
  const upload = useUpload(definition, onDone);
  const heading = useRef<HTMLHeadingElement>(null);
  const { stage, headings, fault } = upload;
  useEffect(() => {
    if (given === undefined) return;
    heading.current?.focus();
    void upload.read(given);
  }, [given]);
  return (
    <section class="roll-section" aria-labelledby="roll-file">
      <h2 id="roll-file" ref={heading} tabIndex={-1}>
        {t.officeRoll.file.title}
      </h2>
      {fault !== undefined && (
        <p role="alert" class="refusal lines">
          {fault === "" ? t.officeRoll.file.failed : fault}
        </p>
      )}
      {stage.kind === "empty" && (
        <>
          <p>{t.officeRoll.file.intro}</p>
          <FilePick
            label={t.officeRoll.file.choose}
            drop={t.officeRoll.file.drop}
            onPick={(file) => void upload.read(file)}
          />
        </>
      )}
      {stage.kind === "reading" && (
        <ProgressBar label={t.officeRoll.file.reading} done={stage.done} total={stage.total} />
      )}
      {(stage.kind === "columns" || stage.kind === "read") && headings !== undefined && (
        <ColumnsForm
          definition={definition}
          headings={headings}
          isOpen={stage.kind === "columns"}
          onRead={(mapping) => void upload.readAgain(mapping)}
        />
      )}
      {stage.kind === "read" && <ReadFile summary={stage.summary} upload={upload} />}
      {stage.kind === "sending" && (
        <>
          <ProgressBar label={t.officeRoll.file.sending} done={stage.done} total={stage.total} />
          <button type="button" class="button" onClick={upload.pause}>
            {t.officeRoll.file.pause}
          </button>
        </>
      )}
      {stage.kind === "paused" && <Paused upload={upload} done={stage.done} total={stage.total} />}
      {stage.kind === "checking" && <ProgressBar label={t.officeRoll.file.checking} done={0} />}
      {stage.kind === "checked" && <Checked plan={stage.plan} upload={upload} />}
      {stage.kind === "entering" && (
        <ProgressBar label={t.officeRoll.file.entering} done={stage.done} total={stage.total} />
      )}
      {stage.kind === "done" && (
        <div role="status">
          <p>{t.officeRoll.file.done(stage.entered.imported)}</p>
          {stage.entered.already_there > 0 && <p>{t.officeRoll.file.already(stage.entered.already_there)}</p>}
          {stage.entered.bad > 0 && <p>{t.officeRoll.file.leftOut(stage.entered.bad)}</p>}
          {stage.entered.newest !== undefined && (
            <Fingerprint label={t.officeRoll.file.newest} sha256={stage.entered.newest} />
          )}
        </div>
      )}
      {["read", "columns", "paused", "checked", "done"].includes(stage.kind) && (
        <button type="button" class="button plain" onClick={upload.reset}>
          {t.officeRoll.file.another}
        </button>
      )}
    </section>
  );
}

export function Fingerprint({ label, sha256 }: Readonly<{ label: string; sha256: string }>) {
  return (
    <p>
      {label} <code class="fingerprint">{groupedSha256(sha256)}</code>
    </p>
  );
}

/** Which column is which. Open where one is missing. */
function ColumnsForm({
  definition,
  headings: { headings, mapping, wanted },
  isOpen,
  onRead,
}: Readonly<{
  definition: ElectionDefinition;
  headings: Headings;
  isOpen: boolean;
  onRead: (mapping: Mapping) => void;
}>) {
  const t = useOfficeMessages();
  const inLanguage = useBilingual();
  const [chosen, setChosen] = useState<Mapping>(mapping);
  const nameOf = (name: string): string => {
    const label = columnLabel(definition, name);
    return label === undefined ? name : inLanguage(label);
  };
  const choices = [
    { value: "", text: t.officeRoll.file.missing },
    ...headings.map(({ letter, text }, position) => ({ value: `${position}`, text: `${letter} · ${text}` })),
  ];
  const missing = wanted.filter((name) => chosen[name] === undefined);
  const form = useRef<HTMLDetailsElement>(null);
  const [isTried, setTried] = useState(false);
  const read = (): void => {
    const [first] = missing;
    setTried(true);
    if (first === undefined) onRead(chosen);
    else form.current?.querySelectorAll("select")[wanted.indexOf(first)]?.focus();
  };
  return (
    <details ref={form} open={isOpen}>
      <summary>{t.officeRoll.file.columns}</summary>
      <p class="quiet">{t.officeRoll.file.columnsHint}</p>
      {wanted.map((name) => (
        <SelectField
          key={name}
          label={nameOf(name)}
          value={chosen[name]?.toString() ?? ""}
          options={choices}
          fault={isTried && missing.includes(name) ? t.officeRoll.file.columnMissing : undefined}
          onChange={(value) => {
            const { [name]: _, ...others } = chosen;
            setChosen(value === "" ? others : { ...others, [name]: Number(value) });
          }}
        />
      ))}
      {isOpen && missing.length > 0 && (
        <p class="refusal">{t.officeRoll.file.columnsMissing(missing.map(nameOf).join(", "))}</p>
      )}
      <button type="button" class="button" onClick={read}>
        {t.officeRoll.file.read}
      </button>
    </details>
  );
}

type Told = Readonly<{ line: number; problem: string }>;

function Faults({ bad, rows }: Readonly<{ bad: number; rows: readonly Told[] }>) {
  const t = useOfficeMessages();
  return (
    <details open={rows.length <= 10}>
      <summary>
        {t.officeRoll.file.faults(bad)}
        {rows.length < bad && ` · ${t.officeRoll.file.first(rows.length)}`}
      </summary>
      <Table
        caption={t.officeRoll.file.faults(bad)}
        columns={[
          { key: "line", head: t.officeRoll.file.line, cell: ({ line }: Told) => line, isFigure: true },
          { key: "fault", head: t.officeRoll.file.fault, cell: ({ problem }: Told) => <div>{problem}</div> },
        ]}
        rows={rows}
        keyOf={({ line, problem }) => `${line} ${problem}`}
      />
    </details>
  );
}

function ReadFile({ summary, upload }: Readonly<{ summary: SheetSummary; upload: Upload }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const { name, rows, bad, badRows } = summary;
  return (
    <>
      <p role="status">
        <strong>{name}</strong> · {t.officeRoll.file.found(rows)}.{" "}
        {bad === 0 ? t.officeRoll.file.noFaults : `${t.officeRoll.file.faults(bad)}.`}
      </p>
      {bad > 0 && (
        <>
          <Faults bad={bad} rows={badRows.map(({ line, problem }) => ({ line, problem: problem[language] }))} />
          <button type="button" class="button" onClick={() => void upload.saveFaults(t.officeRoll.file.faultsName)}>
            {t.officeRoll.file.downloadFaults}
          </button>
        </>
      )}
      {rows > 0 && bad === rows && <p class="refusal">{t.officeRoll.file.noneFits}</p>}
      {bad < rows && (
        <button type="button" class="button primary" onClick={() => void upload.send(summary)}>
          {t.officeRoll.file.send}
        </button>
      )}
    </>
  );
}

function Paused({ upload, done, total }: Readonly<{ upload: Upload; done: number; total: number }>) {
  const t = useOfficeMessages();
  return (
    <>
      <ProgressBar label={t.officeRoll.file.sending} done={done} total={total} />
      <p role="status">{t.officeRoll.file.paused}</p>
      <button type="button" class="button primary" onClick={() => void upload.resume()}>
        {t.officeRoll.file.goOn}
      </button>
    </>
  );
}

function Checked({ plan, upload }: Readonly<{ plan: ImportPlan; upload: Upload }>) {
  const t = useOfficeMessages();
  const id = useId();
  const [leavesOut, setLeavesOut] = useState(false);
  const [isTried, setTried] = useState(false);
  const [reason, setReason] = useState("");
  const mayEnter = plan.bad === 0 || leavesOut;
  const hasVoters = plan.bad < plan.rows || plan.rows === 0;
  return (
    <form
      noValidate
      aria-labelledby={id}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (mayEnter) void upload.enter(plan, leavesOut, reason.trim());
      }}
    >
      <p id={id} role="status">
        {t.officeRoll.file.found(plan.rows)}.{" "}
        {plan.bad === 0 ? t.officeRoll.file.noFaults : `${t.officeRoll.file.faults(plan.bad)}.`}
        {plan.repeated > 0 && ` ${t.officeRoll.file.repeated(plan.repeated)}.`}
        {plan.struck > 0 && ` ${t.officeRoll.file.struck(plan.struck)}.`}
      </p>
      {plan.bad > 0 && (
        <>
          <Faults bad={plan.bad} rows={plan.bad_rows} />
          {hasVoters ? (
            <CheckField label={t.officeRoll.file.leaveOut(plan.bad)} isChecked={leavesOut} onChange={setLeavesOut} />
          ) : (
            <p class="refusal">{t.officeRoll.file.noneFits}</p>
          )}
          {isTried && !mayEnter && (
            <p role="alert" class="refusal">
              {t.officeRoll.file.mustLeaveOut}
            </p>
          )}
        </>
      )}
      {hasVoters && (
        <>
          <TextField
            label={t.officeRoll.file.reason}
            hint={t.officeRoll.file.reasonHint}
            value={reason}
            onInput={setReason}
            maxLength={300}
          />
          <button type="submit" class="button primary">
            {t.officeRoll.file.enter(plan.rows - plan.bad)}
          </button>
        </>
      )}
    </form>
  );
}
