import { useState } from "preact/hooks";
import { candidateName } from "#core/contest.ts";
import type { Done } from "#functions/office/polling/contract.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { type ActProps, refusedHere } from "#web/office/polling/act-props.ts";
import { VoterReads } from "#web/office/polling/voter-reads.tsx";
import { toldWithdrawn } from "#web/office/polling/voters-words.ts";
import { officePost } from "#web/office/shell/answers.tsx";
import { ConfirmDialog } from "#web/office/shell/confirm-dialog.tsx";
import { SelectField } from "#web/office/shell/field.tsx";

/** A candidate who withdraws once the ballot is fixed. */
export function WithdrawDialog({ path, changeable, onDone, onClose }: ActProps) {
  const t = useOfficeMessages();
  const { definition } = changeable;
  const candidates = definition.votingMethod === "referendum" ? [] : definition.candidates;
  const standing = candidates.filter(({ withdrawnAt }) => withdrawnAt === undefined);
  const [chosen, setChosen] = useState("");
  const candidate = standing.find(({ candidateId }) => candidateId === chosen);
  const send = async (reason: string) =>
    candidate === undefined
      ? refusedHere(t.officePolling.withdraw.who)
      : officePost<Done>(`${path}/withdraw`, { candidate_id: chosen, reason, typed: definition.electionId });
  return (
    <ConfirmDialog<Done>
      title={t.officePolling.withdraw.name}
      word={definition.electionId}
      asksReason
      isGrave
      act={t.officePolling.withdraw.act}
      send={send}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{t.officePolling.withdraw.what}</p>
      <SelectField
        label={t.officePolling.withdraw.who}
        value={chosen}
        options={[
          { value: "", text: "" },
          ...standing.map((one) => ({ value: one.candidateId, text: `${candidateName(one)} (${one.candidateId})` })),
        ]}
        onChange={setChosen}
      />
      {candidate !== undefined && <VoterReads told={[toldWithdrawn(candidate)]} />}
    </ConfirmDialog>
  );
}
