import { useEffect, useState } from "preact/hooks";
import type { ShownProposal } from "#functions/office/proposals/contract.ts";
import { groupedSha256 } from "#web/format.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { requestSha256 } from "#web/office/proposals/request-sha256.ts";
import { WhatVotersSee } from "#web/office/proposals/what-voters-see.tsx";
import { OfficeFailure, officePost, useOfficeAnswer } from "#web/office/shell/answers.tsx";
import { ConfirmDialog } from "#web/office/shell/confirm-dialog.tsx";
import { Dialog } from "#web/office/shell/dialog.tsx";
import type { OfficeAnswer } from "#web/office/shell/office-api.ts";
import { useToldAnswer } from "#web/office/shell/told-answer.ts";

type Props = Readonly<{ proposalId: string; onDone: () => void; onClose: () => void }>;

/** A proposal in full, and deciding on it. */
export function ProposalDialog({ proposalId, onDone, onClose }: Props) {
  const t = useOfficeMessages();
  const path = `/office/proposals/${encodeURIComponent(proposalId)}`;
  const { answer, retry } = useOfficeAnswer<ShownProposal>(path);
  const [turningDown, setTurningDown] = useState<"refuse" | "withdraw">();
  const told = useToldAnswer();
  const [failed, setFailed] = useState<OfficeAnswer<unknown>>();
  /** What failed may have ended the proposal: looked at again, it says so. */
  const confirm = async (sha: string): Promise<OfficeAnswer<unknown>> => {
    const given = await officePost<unknown>(`${path}/confirm`, { sha256: sha });
    if (given.kind !== "ok") {
      setFailed(given);
      retry();
    }
    return given;
  };
  const proposal = answer?.kind === "ok" ? answer.body : undefined;
  const sha256 = useShownSha256(proposal);
  if (turningDown !== undefined) {
    return (
      <ConfirmDialog<unknown>
        title={turningDown === "refuse" ? t.officeProposals.refuseTitle : t.officeProposals.withdrawTitle}
        act={turningDown === "refuse" ? t.officeProposals.refuse : t.officeProposals.withdraw}
        asksReason
        send={(reason) => officePost(`${path}/${turningDown}`, { reason })}
        onDone={onDone}
        onClose={onClose}
      >
        <p>{t.officeProposals.refuseWhat}</p>
      </ConfirmDialog>
    );
  }
  if (proposal === undefined || sha256 === undefined) {
    return (
      <Dialog title={t.officeProposals.look} onClose={onClose}>
        {answer === undefined || proposal !== undefined ? (
          <p class="quiet">{t.site.loading}</p>
        ) : (
          <OfficeFailure answer={answer} retry={retry} hasHeading={false} />
        )}
        <CloseButton onClose={onClose} />
      </Dialog>
    );
  }
  const act = t.officeActs[proposal.act] ?? proposal.act;
  const isTrue = sha256 === proposal.sha256;
  const content = <Content proposal={proposal} sha256={sha256} isTrue={isTrue} />;
  if (proposal.may_decide && isTrue) {
    return (
      <ConfirmDialog<unknown>
        title={act}
        act={t.officeProposals.confirm}
        send={() => confirm(sha256)}
        onDone={onDone}
        onClose={onClose}
      >
        {content}
        <button type="button" class="button plain" onClick={() => setTurningDown("refuse")}>
          {t.officeProposals.refuse}
        </button>
      </ConfirmDialog>
    );
  }
  return (
    <Dialog title={act} onClose={onClose}>
      {content}
      {failed !== undefined && (
        <p role="alert" class="refusal">
          {told(failed)}
        </p>
      )}
      {proposal.outcome === "refused" && (
        <p>
          <strong>{t.officeProposals.ended}</strong>
        </p>
      )}
      {proposal.state === "open" && <p>{proposal.is_mine ? t.officeProposals.yours : t.officeProposals.notYours}</p>}
      <div class="actions">
        {proposal.state === "open" && proposal.is_mine && (
          <button type="button" class="button" onClick={() => setTurningDown("withdraw")}>
            {t.officeProposals.withdraw}
          </button>
        )}
        {proposal.may_decide && (
          <button type="button" class="button" onClick={() => setTurningDown("refuse")}>
            {t.officeProposals.refuse}
          </button>
        )}
      </div>
      <CloseButton onClose={onClose} />
    </Dialog>
  );
}

function CloseButton({ onClose }: Readonly<{ onClose: () => void }>) {
  const t = useOfficeMessages();
  return (
    <div class="actions">
      <button type="button" class="button plain" onClick={onClose}>
        {t.officeProposals.close}
      </button>
    </div>
  );
}

/** Undefined until it is computed. */
function useShownSha256(proposal: ShownProposal | undefined): string | undefined {
  const [shown, setShown] = useState<string>();
  useEffect(() => {
    if (proposal !== undefined) void requestSha256(proposal).then(setShown);
  }, [proposal]);
  return proposal === undefined ? undefined : shown;
}

const Reason = (body: unknown): string | undefined =>
  typeof body === "object" && body !== null && "reason" in body && typeof body.reason === "string"
    ? body.reason
    : undefined;

function Content({ proposal, sha256, isTrue }: Readonly<{ proposal: ShownProposal; sha256: string; isTrue: boolean }>) {
  const t = useOfficeMessages();
  const { election_id: electionId, proposed_by: by, route, parameters, body } = proposal;
  const reason = Reason(body);
  return (
    <>
      <p class="office-anything">
        {[electionId === null ? undefined : t.officeProposals.ofElection(electionId), by].filter(Boolean).join(", ")}
      </p>
      {reason !== undefined && <p class="office-anything">{t.officeProposals.reason(reason)}</p>}
      <WhatVotersSee proposal={proposal} />
      <details>
        <summary>{t.officeProposals.request}</summary>
        <pre class="office-anything" lang="en">
          {`${route}\n${JSON.stringify(parameters)}\n${JSON.stringify(body, null, 2)}`}
        </pre>
        <p>
          {t.officeProposals.sha256}: <code>{groupedSha256(sha256)}</code>
        </p>
        <p class="quiet">{t.officeProposals.shaHint}</p>
      </details>
      {!isTrue && <p role="alert">{t.officeProposals.shaDiffers}</p>}
    </>
  );
}
