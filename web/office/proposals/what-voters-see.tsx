import * as z from "zod/mini";
import { candidateName } from "#core/contest.ts";
import { ElectionDefinition } from "#core/election.ts";
import type { OfficeElection } from "#functions/office/elections/contract.ts";
import type { ShownProposal } from "#functions/office/proposals/contract.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { VoterReads } from "#web/office/polling/voter-reads.tsx";
import { ProposedDefinition } from "#web/office/proposals/proposed-definition.tsx";
import { voterTexts } from "#web/office/proposals/voter-texts.ts";
import { useOfficeAnswer } from "#web/office/shell/answers.tsx";

const Version = z.object({ version: z.number() });
const Lot = z.object({ order: z.array(z.string()), witnesses: z.array(z.string()) });

/** What a proposal does, and what voters will see once it is done. */
export function WhatVotersSee({ proposal }: Readonly<{ proposal: ShownProposal }>) {
  const t = useOfficeMessages();
  const { election_id: electionId, act, body } = proposal;
  const path = electionId === null ? undefined : `/office/elections/${encodeURIComponent(electionId)}`;
  const { answer } = useOfficeAnswer<OfficeElection>(path);
  if (path !== undefined && answer === undefined) return <p class="quiet">{t.site.loading}</p>;
  const registered = ElectionDefinition.safeParse(answer?.kind === "ok" ? answer.body.definition : undefined).data;
  const draft = Version.safeParse(body);
  if (act === "apply" && electionId !== null && draft.success) {
    return <ProposedDefinition electionId={electionId} version={draft.data.version} />;
  }
  const told = registered === undefined ? [] : voterTexts(body, registered, new Date().toISOString());
  if (told.length > 0) return <VoterReads told={told} />;
  const what = t.officeProposals.does[act];
  const lot = Lot.safeParse(body);
  return (
    <>
      <h3>{t.officeProposals.voters}</h3>
      {what !== undefined && <p>{what}</p>}
      {act === "draw-lot" && lot.success && <Drawn {...lot.data} definition={registered} />}
      {what === undefined && <p>{t.officeProposals.nothing}</p>}
    </>
  );
}

type DrawnProps = z.infer<typeof Lot> & Readonly<{ definition: ElectionDefinition | undefined }>;

function Drawn({ order, witnesses, definition }: DrawnProps) {
  const t = useOfficeMessages();
  const candidates = definition === undefined || definition.votingMethod === "referendum" ? [] : definition.candidates;
  const nameOf = (id: string): string => {
    const found = candidates.find(({ candidateId }) => candidateId === id);
    return found === undefined ? id : candidateName(found);
  };
  return (
    <>
      <ol class="office-anything">
        {order.map((id) => (
          <li key={id}>{nameOf(id)}</li>
        ))}
      </ol>
      <p class="office-anything">{t.officeProposals.witnesses(witnesses.join(", "))}</p>
    </>
  );
}
