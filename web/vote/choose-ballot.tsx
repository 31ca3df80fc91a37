import { useState } from "preact/hooks";
import { type ChooseDefinition, mostChoices } from "#core/contest.ts";
import { useMessages } from "#web/messages/catalogue.ts";
import type { BallotProps } from "#web/vote/ballot-props.ts";
import { CandidateBoxes } from "#web/vote/candidates-ballot.tsx";

/** A box for each name. One too many is not marked, and the row says why. */
export function ChooseBallot({ selection, mark, ...ballot }: BallotProps<ChooseDefinition>) {
  const t = useMessages();
  const [refusedId, setRefusedId] = useState<string>();
  const marked = selection?.kind === "marks" ? selection.candidateIds : [];
  const most = mostChoices(ballot.definition, ballot.regionId);

  const change = (candidateId: string): void => {
    const isMarked = marked.includes(candidateId);
    const isTooMany = !isMarked && marked.length >= most;
    setRefusedId(isTooMany ? candidateId : undefined);
    if (isTooMany) return;
    const others = marked.filter((id) => id !== candidateId);
    mark({ kind: "marks", candidateIds: isMarked ? others : [...marked, candidateId] });
  };

  return (
    <>
      <CandidateBoxes
        {...ballot}
        takesSeveral
        isMarked={(candidateId) => marked.includes(candidateId)}
        onMark={change}
        refusal={(candidateId, name) => (candidateId === refusedId ? t.choose.full(most, name) : undefined)}
      />
      <p class="marked-count" role="status">
        {t.choose.marked(marked.length, most)}
      </p>
    </>
  );
}
