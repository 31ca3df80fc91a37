import { useState } from "preact/hooks";
import type { Done } from "#functions/office/polling/contract.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { type ActProps, refusedHere } from "#web/office/polling/act-props.ts";
import { VoterReads } from "#web/office/polling/voter-reads.tsx";
import { toldCancelled } from "#web/office/polling/voters-words.ts";
import { officePost } from "#web/office/shell/answers.tsx";
import { ConfirmDialog } from "#web/office/shell/confirm-dialog.tsx";
import { TextField } from "#web/office/shell/field.tsx";

/** Ending an election for ever. */
export function CancelDialog({ path, changeable, onDone, onClose }: ActProps) {
  const t = useOfficeMessages();
  const { electionId, timeZone } = changeable.definition;
  const [en, setEn] = useState("");
  const [fr, setFr] = useState("");
  const told = { en: en.trim(), fr: fr.trim() };
  const isWhole = told.en !== "" && told.fr !== "";
  const send = async () =>
    isWhole
      ? officePost<Done>(`${path}/cancel`, { told, typed: electionId })
      : refusedHere(t.officePolling.cancel.reasonMissing);
  return (
    <ConfirmDialog<Done>
      title={t.officePolling.cancel.name}
      word={electionId}
      isGrave
      act={t.officePolling.cancel.act}
      send={send}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{t.officePolling.cancel.what}</p>
      <TextField label={t.officePolling.cancel.reasonEn} value={en} onInput={setEn} lang="en" maxLength={300} />
      <TextField label={t.officePolling.cancel.reasonFr} value={fr} onInput={setFr} lang="fr" maxLength={300} />
      {isWhole && <VoterReads told={[toldCancelled({ timeZone }, told, new Date().toISOString())]} />}
    </ConfirmDialog>
  );
}
