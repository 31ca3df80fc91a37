import { useEffect, useMemo, useState } from "preact/hooks";
import { consoleWarnings, type FieldFault } from "#core/definition-faults.ts";
import { mended } from "#core/every-fault.ts";
import { formatZonedClock } from "#core/instant-words.ts";
import { pastFaults, pastWarnings } from "#core/past-times.ts";
import type { Applied, ListedDraft } from "#functions/office/elections/contract.ts";
import { useBilingual, useLanguage } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { CandidatesPart } from "#web/office/elections/candidates-part.tsx";
import { type Draft, definitionOfDraft } from "#web/office/elections/draft.ts";
import { draftFaults } from "#web/office/elections/draft-faults.ts";
import { FaultList, showPlace } from "#web/office/elections/fault-list.tsx";
import { Faults } from "#web/office/elections/faults.ts";
import { type Keeping, useKeeping } from "#web/office/elections/keeping.ts";
import { Leaving } from "#web/office/elections/leaving.tsx";
import { PartiesPart, RegionsPart } from "#web/office/elections/lists-parts.tsx";
import { Preview } from "#web/office/elections/preview.tsx";
import { KindPart, MorePart, TextsPart, TimesPart } from "#web/office/elections/rules-parts.tsx";
import { saveDefinition } from "#web/office/elections/save-definition.ts";
import { VotersPart } from "#web/office/elections/voters-part.tsx";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { writeOfficePath } from "#web/office/router.ts";
import { officePost } from "#web/office/shell/answers.tsx";
import { ConfirmDialog } from "#web/office/shell/confirm-dialog.tsx";
import { Dialog } from "#web/office/shell/dialog.tsx";
import { useToldAnswer } from "#web/office/shell/told-answer.ts";
import "#web/styles/office-elections.css";

type Props = Readonly<{
  electionId: string;
  /** Whom the stage allows to sign voters in. */
  voterIssuers: readonly string[];
  found: Readonly<{ draft: Draft; kept: ListedDraft | null; isRegistered: boolean }>;
  /** Loads what the server has. */
  reload: () => void;
}>;

/** A definition's form, its faults beside each field, and the ballot that comes of it. */
export function Editor({ electionId, voterIssuers, found, reload }: Props) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const [draft, setDraft] = useState(found.draft);
  const { keeping, save, versionNow, hasUnsaved, forget } = useKeeping(electionId, found.kept, draft);
  const [asked, setAsked] = useState<"apply" | "discard">();
  const [applied, setApplied] = useState<Applied>();
  const [opened, setOpened] = useState<string>();
  const [sought, setSought] = useState<FieldFault["path"]>();
  const definition = useMemo(() => definitionOfDraft(draft), [draft]);
  const faults = useMemo(
    () => [...draftFaults(draft, voterIssuers), ...pastFaults(definition, Date.now())],
    [draft, definition, voterIssuers],
  );
  const shown = useMemo(() => mended(definition), [definition]);
  const change = (changed: Partial<Draft>): void => setDraft((last) => ({ ...last, ...changed }));
  const part = { draft, change };
  const path = `/office/elections/${encodeURIComponent(electionId)}`;

  const goTo = ({ path }: FieldFault): void => {
    const [list, index] = path;
    if (list === "candidates" && typeof index === "number") setOpened(draft.candidates[index]?.candidateId);
    setSought([...path]);
  };
  // Once a candidate's form is opened.
  useEffect(() => {
    if (sought !== undefined) showPlace(sought);
  }, [sought]);
  const askToApply = async (): Promise<void> => {
    const [first] = faults;
    if (first !== undefined) goTo(first);
    else if (await save()) setAsked("apply");
  };
  return (
    <Faults.Provider value={faults}>
      <div class="definition-bar">
        <p role="status">
          <Kept keeping={keeping} />
        </p>
        <FaultList draft={draft} onGo={goTo} />
        {faults.length === 0 &&
          pastWarnings(definition, Date.now()).map((warning) => <p key={warning.en}>{inLanguage(warning)}</p>)}
        {faults.length === 0 && shown !== undefined && <Warnings warnings={consoleWarnings(shown).map(inLanguage)} />}
        {keeping.state === "failed" && <NotKept keeping={keeping} reload={reload} save={save} />}
        <div class="actions">
          <button
            type="button"
            class={faults.length === 0 ? "button primary" : "button"}
            onClick={() => void askToApply()}
          >
            {t.officeElections.editor.apply}
          </button>
          <button type="button" class="button" onClick={() => saveDefinition(electionId, definition)}>
            {t.officeElections.editor.download}
          </button>
          {keeping.version > 0 && (
            <button type="button" class="button plain" onClick={() => setAsked("discard")}>
              {t.officeElections.editor.discard}
            </button>
          )}
        </div>
      </div>
      <div class="definition-and-ballot">
        <div class="definition-form">
          <TextsPart {...part} />
          <KindPart {...part} />
          <TimesPart {...part} />
          {draft.votingMethod !== "referendum" && (
            <>
              <RegionsPart {...part} />
              <PartiesPart {...part} />
              <CandidatesPart {...part} opened={opened} onOpen={setOpened} />
            </>
          )}
          <VotersPart {...part} voterIssuers={voterIssuers} />
          <MorePart {...part} />
        </div>
        <Preview definition={shown} />
      </div>
      {asked === "apply" && (
        <ConfirmDialog<Applied>
          title={t.officeElections.editor.applyTitle(electionId)}
          act={t.officeElections.editor.apply}
          send={(reason) => officePost(`${path}/apply`, { version: versionNow(), ...(reason !== "" && { reason }) })}
          onDone={(done) => {
            setAsked(undefined);
            setApplied(done);
          }}
          onClose={() => setAsked(undefined)}
        >
          <p>{found.isRegistered ? t.officeElections.editor.applyChange : t.officeElections.editor.applyNew}</p>
        </ConfirmDialog>
      )}
      {asked === "discard" && (
        <ConfirmDialog
          title={t.officeElections.editor.discard}
          act={t.officeElections.editor.discard}
          isGrave
          send={() => officePost(`${path}/draft/discard`, { version: versionNow() })}
          onDone={() => {
            forget();
            go({ path: writeOfficePath(language, { room: "elections" }) });
          }}
          onClose={() => setAsked(undefined)}
        >
          <p>{t.officeElections.editor.discardWhat}</p>
        </ConfirmDialog>
      )}
      <Leaving hasUnsaved={hasUnsaved} save={save} forget={forget} />
      {applied !== undefined && <AppliedDialog electionId={electionId} applied={applied} />}
    </Faults.Provider>
  );
}

function Kept({ keeping: { state, savedAt } }: Readonly<{ keeping: Keeping }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  switch (state) {
    case "saving":
      return <>{t.officeElections.editor.saving}</>;
    case "failed":
      return <>{t.officeElections.editor.notSaved}</>;
    case "changed":
      return <>{t.officeElections.editor.unsaved}</>;
    case "saved":
      // Where nothing was typed yet there is nothing to say.
      return savedAt === undefined ? null : <>{t.officeElections.editor.saved(formatZonedClock(language, savedAt))}</>;
    default:
      return state satisfies never;
  }
}

function NotKept({
  keeping: { answer },
  reload,
  save,
}: Readonly<{ keeping: Keeping; reload: () => void; save: () => Promise<boolean> }>) {
  const t = useOfficeMessages();
  const told = useToldAnswer();
  const isConflict = answer?.kind === "refused" && answer.problem.status === 409;
  return (
    <div role="alert">
      <p class="refusal">
        {isConflict
          ? t.officeElections.editor.conflict
          : answer === undefined
            ? t.officeElections.editor.notSaved
            : told(answer)}
      </p>
      <button type="button" class="button small" onClick={isConflict ? reload : () => void save()}>
        {isConflict ? t.officeElections.editor.reload : t.officeElections.editor.retry}
      </button>
    </div>
  );
}

/** What is allowed but may be a slip. */
function Warnings({ warnings }: Readonly<{ warnings: readonly string[] }>) {
  const t = useOfficeMessages();
  if (warnings.length === 0) return null;
  return (
    <>
      <p>{t.officeElections.editor.warnings}</p>
      <ul>
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </>
  );
}

/** What applying did; then the election's page. */
function AppliedDialog({ electionId, applied }: Readonly<{ electionId: string; applied: Applied }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const leave = (): void => go({ path: writeOfficePath(language, { room: "election", electionId }) });
  return (
    <Dialog title={t.officeElections.editor.applied[applied.outcome]} onClose={leave}>
      <Warnings warnings={applied.warnings} />
      <div class="actions">
        <button type="button" class="button primary" onClick={leave}>
          {t.shell.close}
        </button>
      </div>
    </Dialog>
  );
}
