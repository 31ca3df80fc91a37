import { useState } from "preact/hooks";
import { IDENTIFIER_FORM } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import type { DraftAnswer, ElectionsList, OfficeElection } from "#functions/office/elections/contract.ts";
import { type CandidateSheet, candidatesOfBlob } from "#spreadsheet/candidates.ts";
import { type Assumption, definitionOf } from "#spreadsheet/new-definition.ts";
import type { BadRow } from "#spreadsheet/sheet.ts";
import { useBilingual, useLanguage } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { fileFaults } from "#web/office/elections/definition-file.ts";
import { METHODS, type Method } from "#web/office/elections/draft.ts";
import { draftPath } from "#web/office/elections/keeping.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { writeOfficePath } from "#web/office/router.ts";
import { officeGet, officePut } from "#web/office/shell/answers.tsx";
import { Dialog } from "#web/office/shell/dialog.tsx";
import { Field, SelectField, TextField } from "#web/office/shell/field.tsx";
import { useToldAnswer } from "#web/office/shell/told-answer.ts";

type From = "blank" | "another" | "sheet" | "file";
const FROM = ["blank", "another", "sheet", "file"] as const satisfies readonly From[];

type Json = Readonly<Record<string, unknown>>;
/** What a spreadsheet did not say, and what of it may be a slip. */
type Made = Readonly<{ assumed: readonly Assumption[]; doubts: readonly BadRow[] }>;
/** What a draft begins with; or why there is none. */
type Begun = Readonly<{ definition: Json; made?: Made }> | Readonly<{ refusal: string }>;

const ROWS_TOLD = 8;
const isRecord = (json: unknown): json is Json => typeof json === "object" && json !== null && !Array.isArray(json);

/** Makes a draft: empty, as another election, or of a file that is read here. */
export function NewElection({ list, onClose }: Readonly<{ list: ElectionsList; onClose: () => void }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const told = useToldAnswer();
  const [electionId, setElectionId] = useState("");
  const [from, setFrom] = useState<From>("blank");
  const [method, setMethod] = useState<Method>("single_choice");
  const [model, setModel] = useState(list.elections[0]?.election_id ?? "");
  const [file, setFile] = useState<File>();
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [made, setMade] = useState<Made>();

  const taken = [...list.elections, ...list.drafts].some((one) => one.election_id === electionId);
  const idFault = !IDENTIFIER_FORM.test(electionId)
    ? t.officeElections.make.idForm
    : taken
      ? t.officeElections.make.idTaken
      : undefined;
  const needsFile = from === "sheet" || from === "file";
  const open = (): void => go({ path: writeOfficePath(language, { room: "editor", electionId }) });

  const badRows = ({ bad }: CandidateSheet): string =>
    [
      t.officeElections.make.badRows(bad.length),
      ...bad.slice(0, ROWS_TOLD).map(({ line, problem }) => t.officeElections.make.line(line, inLanguage(problem))),
      ...(bad.length > ROWS_TOLD ? [t.officeElections.make.moreRows(bad.length - ROWS_TOLD)] : []),
    ].join("\n");

  const badFields = (faults: readonly string[]): string =>
    [
      t.officeElections.make.badFields(faults.length),
      ...faults.slice(0, ROWS_TOLD),
      ...(faults.length > ROWS_TOLD ? [t.officeElections.editor.moreFaults(faults.length - ROWS_TOLD)] : []),
    ].join("\n");

  const begin = async (): Promise<Begun> => {
    if (from === "blank") return { definition: { electionId, votingMethod: method } };
    if (from === "another") {
      const answer = await officeGet<OfficeElection>(`/office/elections/${encodeURIComponent(model)}`);
      if (answer.kind !== "ok") return { refusal: told(answer) };
      return isRecord(answer.body.definition) ? { definition: asNew(answer.body.definition) } : { refusal: "" };
    }
    if (file === undefined) return { refusal: t.officeElections.make.chooseMissing };
    if (from === "file") {
      const json: unknown = await file
        .text()
        .then(JSON.parse)
        .catch(() => undefined);
      if (!isRecord(json)) return { refusal: t.officeElections.make.notJson };
      const definition = asNew(json);
      const unshown = fileFaults({ ...definition, electionId });
      return unshown.length === 0 ? { definition } : { refusal: badFields(unshown.map(inLanguage)) };
    }
    try {
      const sheet = await candidatesOfBlob({ name: file.name, blob: file });
      if (sheet.bad.length > 0) return { refusal: badRows(sheet) };
      if (sheet.candidates.length === 0) return { refusal: t.officeElections.make.noCandidates };
      const wishes = { id: electionId, ...(method !== "referendum" && { method }) };
      const { definition, assumed } = definitionOf(sheet, file.name, wishes, Date.now());
      return { definition, made: { assumed, doubts: sheet.doubts } };
    } catch (error) {
      if (error instanceof Refusal) return { refusal: error.in(language) };
      throw error;
    }
  };
  const create = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    setRefusal(undefined);
    if (idFault !== undefined || isBusy) return;
    setBusy(true);
    const begun = await begin();
    if ("refusal" in begun) {
      setBusy(false);
      return setRefusal(begun.refusal);
    }
    const definition = { ...begun.definition, electionId };
    const answer = await officePut<DraftAnswer>(draftPath(electionId), { version: 0, definition });
    setBusy(false);
    if (answer.kind !== "ok") setRefusal(told(answer));
    else if (begun.made === undefined) open();
    else setMade(begun.made);
  };

  if (made !== undefined) return <Assumed {...made} onClose={open} />;
  return (
    <Dialog title={t.officeElections.make.title} onClose={onClose}>
      <form onSubmit={(event) => void create(event)} noValidate>
        <TextField
          label={t.officeElections.make.id}
          hint={t.officeElections.make.idHint}
          value={electionId}
          onInput={setElectionId}
          maxLength={40}
          fault={isTried ? idFault : undefined}
        />
        <SelectField
          label={t.officeElections.make.how}
          value={from}
          options={FROM.filter((one) => one !== "another" || list.elections.length > 0).map((value) => ({
            value: value as From,
            text: t.officeElections.make[value],
          }))}
          onChange={setFrom}
        />
        {from === "another" && (
          <SelectField
            label={t.officeElections.make.which}
            value={model}
            options={list.elections.map((one) => ({
              value: one.election_id,
              text: `${inLanguage(one.title)} (${one.election_id})`,
            }))}
            onChange={setModel}
          />
        )}
        {(from === "blank" || from === "sheet") && (
          <SelectField
            label={t.officeElections.editor.method}
            value={method}
            options={METHODS.filter((one) => from === "blank" || one !== "referendum").map((value) => ({
              value: value as Method,
              text: t.officeElections.editor.methods[value],
            }))}
            onChange={setMethod}
          />
        )}
        {needsFile && (
          <Field
            label={t.officeElections.make.choose}
            hint={from === "sheet" ? t.officeElections.make.sheetHint : undefined}
          >
            {(parts) => (
              <input
                {...parts}
                type="file"
                accept={from === "sheet" ? ".csv,.txt,.tsv,text/csv" : ".json,application/json"}
                onChange={({ currentTarget }) => setFile(currentTarget.files?.[0])}
              />
            )}
          </Field>
        )}
        {refusal !== undefined && (
          <p role="alert" class="refusal lines">
            {refusal}
          </p>
        )}
        <div class="actions">
          <button type="submit" class="button primary" aria-disabled={isBusy}>
            {isBusy ? t.shell.working : t.officeElections.make.create}
          </button>
          <button type="button" class="button plain" onClick={onClose}>
            {t.shell.goBack}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Of another election: without what officers did to that one. */
function asNew({ corrections: _, cancelled: __, lots: ___, biographies: ____, candidates, ...definition }: Json): Json {
  if (!Array.isArray(candidates)) return definition;
  const standing = candidates.map((candidate: unknown) => {
    if (!isRecord(candidate)) return candidate;
    const { withdrawnAt: _____, ...others } = candidate;
    return others;
  });
  return { ...definition, candidates: standing };
}

function Assumed({ assumed, doubts, onClose }: Made & Readonly<{ onClose: () => void }>) {
  const t = useOfficeMessages();
  const inLanguage = useBilingual();
  const say = (one: Assumption): string => {
    switch (one.kind) {
      case "opensAt":
      case "closesAt":
      case "timeZone":
        return t.officeElections.assumed.times;
      case "titleFr":
      case "titleEn":
        return t.officeElections.assumed.title_;
      case "rule":
        return t.officeElections.assumed.rules;
      case "oneLanguage":
        return t.officeElections.assumed.oneLanguage(one.column);
      case "noTieBreakOrder":
        return t.officeElections.assumed.noOrder;
      case "electionId":
        return t.officeElections.make.id;
      default:
        return t.officeElections.assumed[one.kind];
    }
  };
  return (
    <Dialog title={t.officeElections.make.title} onClose={onClose}>
      <p>{t.officeElections.assumed.title}</p>
      <ul>
        {[...new Set(assumed.map(say))].map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {doubts.length > 0 && (
        <>
          <p>{t.officeElections.editor.warnings}</p>
          <ul>
            {doubts.map(({ line, problem }) => (
              <li key={`${line} ${problem.en}`}>{t.officeElections.make.line(line, inLanguage(problem))}</li>
            ))}
          </ul>
        </>
      )}
      <div class="actions">
        <button type="button" class="button primary" onClick={onClose}>
          {t.vote.next}
        </button>
      </div>
    </Dialog>
  );
}
