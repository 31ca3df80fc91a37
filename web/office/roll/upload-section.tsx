import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ElectionDefinition } from "#core/election.ts";
import type { ImportPlan } from "#functions/office-roll/contract.ts";
import { groupedSha256 } from "#web/format.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
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
  const words = t.officeRoll.file;
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
        {words.title}
      </h2>
      {fault !== undefined && (
        <p role="alert" class="refusal lines">
          {fault === "" ? words.failed : fault}
        </p>
      )}
      {stage.kind === "empty" && (
        <>
          <p>{words.intro}</p>
          <FilePick label={words.choose} drop={words.drop} onPick={(file) => void upload.read(file)} />
        </>
      )}
      {stage.kind === "reading" && <ProgressBar label={words.reading} done={stage.done} total={stage.total} />}
      {(stage.kind === "columns" || stage.kind === "read") && headings !== undefined && (
        <ColumnsForm
          headings={headings}
          isOpen={stage.kind === "columns"}
          onRead={(mapping) => void upload.readAgain(mapping)}
        />
      )}
      {stage.kind === "read" && <ReadFile summary={stage.summary} upload={upload} />}
      {stage.kind === "sending" && (
        <>
          <ProgressBar label={words.sending} done={stage.done} total={stage.total} />
          <button type="button" class="button" onClick={upload.pause}>
            {words.pause}
          </button>
        </>
      )}
      {stage.kind === "paused" && <Paused upload={upload} done={stage.done} total={stage.total} />}
      {stage.kind === "checking" && <ProgressBar label={words.checking} done={0} />}
      {stage.kind === "checked" && <Checked plan={stage.plan} upload={upload} />}
      {stage.kind === "entering" && <ProgressBar label={words.entering} done={stage.done} total={stage.total} />}
      {stage.kind === "done" && (
        <div role="status">
          <p>{words.done(stage.entered.imported)}</p>
          {stage.entered.already_there > 0 && <p>{words.already(stage.entered.already_there)}</p>}
          {stage.entered.bad > 0 && <p>{words.leftOut(stage.entered.bad)}</p>}
          {stage.entered.newest !== undefined && <Fingerprint label={words.newest} sha256={stage.entered.newest} />}
        </div>
      )}
      {["read", "columns", "paused", "checked", "done"].includes(stage.kind) && (
        <button type="button" class="button plain" onClick={upload.reset}>
          {words.another}
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
  headings: { headings, mapping, wanted },
  isOpen,
  onRead,
}: Readonly<{ headings: Headings; isOpen: boolean; onRead: (mapping: Mapping) => void }>) {
  const words = useOfficeMessages().officeRoll.file;
  const [chosen, setChosen] = useState<Mapping>(mapping);
  const choices = [
    { value: "", text: words.missing },
    ...headings.map(({ letter, text }, position) => ({ value: `${position}`, text: `${letter} · ${text}` })),
  ];
  const isWhole = wanted.every((name) => chosen[name] !== undefined);
  return (
    <details open={isOpen}>
      <summary>{words.columns}</summary>
      <p class="quiet">{words.columnsHint}</p>
      {wanted.map((name) => (
        <SelectField
          key={name}
          label={name}
          value={chosen[name]?.toString() ?? ""}
          options={choices}
          onChange={(value) => {
            const { [name]: _, ...others } = chosen;
            setChosen(value === "" ? others : { ...others, [name]: Number(value) });
          }}
        />
      ))}
      <button type="button" class="button" aria-disabled={!isWhole} onClick={() => isWhole && onRead(chosen)}>
        {words.read}
      </button>
    </details>
  );
}

type Told = Readonly<{ line: number; problem: string }>;

function Faults({ bad, rows }: Readonly<{ bad: number; rows: readonly Told[] }>) {
  const words = useOfficeMessages().officeRoll.file;
  return (
    <details open={rows.length <= 10}>
      <summary>
        {words.faults(bad)}
        {rows.length < bad && ` · ${words.first(rows.length)}`}
      </summary>
      <Table
        caption={words.faults(bad)}
        columns={[
          { key: "line", head: words.line, cell: ({ line }: Told) => line, isFigure: true },
          { key: "fault", head: words.fault, cell: ({ problem }: Told) => problem },
        ]}
        rows={rows}
        keyOf={({ line, problem }) => `${line} ${problem}`}
      />
    </details>
  );
}

function ReadFile({ summary, upload }: Readonly<{ summary: SheetSummary; upload: Upload }>) {
  const words = useOfficeMessages().officeRoll.file;
  const language = useLanguage();
  const { name, rows, bad, badRows } = summary;
  return (
    <>
      <p role="status">
        <strong>{name}</strong> · {words.found(rows)}. {bad === 0 ? words.noFaults : `${words.faults(bad)}.`}
      </p>
      {bad > 0 && (
        <>
          <Faults bad={bad} rows={badRows.map(({ line, problem }) => ({ line, problem: problem[language] }))} />
          <button type="button" class="button" onClick={() => void upload.saveFaults(words.faultsName)}>
            {words.downloadFaults}
          </button>
        </>
      )}
      {rows > 0 && (
        <button type="button" class="button primary" onClick={() => void upload.send(summary)}>
          {words.send}
        </button>
      )}
    </>
  );
}

function Paused({ upload, done, total }: Readonly<{ upload: Upload; done: number; total: number }>) {
  const words = useOfficeMessages().officeRoll.file;
  return (
    <>
      <ProgressBar label={words.sending} done={done} total={total} />
      <p role="status">{words.paused}</p>
      <button type="button" class="button primary" onClick={() => void upload.resume()}>
        {words.goOn}
      </button>
    </>
  );
}

function Checked({ plan, upload }: Readonly<{ plan: ImportPlan; upload: Upload }>) {
  const words = useOfficeMessages().officeRoll.file;
  const id = useId();
  const [leavesOut, setLeavesOut] = useState(false);
  const [isTried, setTried] = useState(false);
  const [reason, setReason] = useState("");
  const mayEnter = plan.bad === 0 || leavesOut;
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
        {words.found(plan.rows)}. {plan.bad === 0 ? words.noFaults : `${words.faults(plan.bad)}.`}
        {plan.repeated > 0 && ` ${words.repeated(plan.repeated)}.`}
        {plan.struck > 0 && ` ${words.struck(plan.struck)}.`}
      </p>
      {plan.bad > 0 && (
        <>
          <Faults bad={plan.bad} rows={plan.bad_rows} />
          <CheckField label={words.leaveOut(plan.bad)} isChecked={leavesOut} onChange={setLeavesOut} />
          {isTried && !mayEnter && (
            <p role="alert" class="refusal">
              {words.mustLeaveOut}
            </p>
          )}
        </>
      )}
      <TextField label={words.reason} value={reason} onInput={setReason} maxLength={300} />
      <button type="submit" class="button primary">
        {words.enter(plan.rows - (leavesOut ? plan.bad : 0))}
      </button>
    </form>
  );
}
