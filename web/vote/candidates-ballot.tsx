import { useState } from "preact/hooks";
import { candidateName, candidatesIn, partyOf, type RaceDefinition } from "#core/contest.ts";
import type { Candidate } from "#core/election.ts";
import { useBilingual, useMessages } from "#web/messages/catalogue.ts";
import type { BallotProps } from "#web/vote/ballot-props.ts";
import { MarkBox } from "#web/vote/mark.tsx";

/** One name to mark. */
export function CandidatesBallot({ definition, regionId, selection, mark }: BallotProps<RaceDefinition>) {
  return (
    <CandidateBoxes
      definition={definition}
      regionId={regionId}
      isMarked={(candidateId) => selection?.kind === "candidate" && selection.candidateId === candidateId}
      onMark={(candidateId) => mark({ kind: "candidate", candidateId })}
    />
  );
}

/** A box for each candidate of a region. */
export function CandidateBoxes({
  definition,
  regionId,
  takesSeveral = false,
  isMarked,
  onMark,
  refusal,
}: Readonly<{
  definition: RaceDefinition;
  regionId: string;
  takesSeveral?: boolean;
  isMarked: (candidateId: string) => boolean;
  onMark: (candidateId: string) => void;
  /** Why a box was not marked, said under it. */
  refusal?: (candidateId: string, name: string) => string | undefined;
}>) {
  const t = useMessages();
  const inLanguage = useBilingual();
  return (
    <>
      {candidatesIn(definition, regionId).map((candidate) => {
        const { candidateId, bio, withdrawnAt } = candidate;
        const { party, colour } = partyOf(definition, candidate);
        const name = candidateName(candidate);
        return (
          <MarkBox
            key={candidateId}
            group="selection"
            value={candidateId}
            takesSeveral={takesSeveral}
            isMarked={isMarked(candidateId)}
            onMark={() => onMark(candidateId)}
            colour={colour ?? undefined}
            disabled={!!withdrawnAt}
            beside={<Portrait candidate={candidate} />}
            below={bio && inLanguage(bio)}
            refusal={refusal?.(candidateId, name)}
          >
            <span class="mark-name">{name}</span>
            <span class="mark-party">
              {withdrawnAt ? t.ballot.withdrawn : party === null ? t.ballot.independent : inLanguage(party)}
            </span>
          </MarkBox>
        );
      })}
    </>
  );
}

/** Initials where there is no photo. Decorative: the name is beside it. */
function Portrait({ candidate: { firstName, lastName, photo } }: Readonly<{ candidate: Candidate }>) {
  const [isMissing, setMissing] = useState(photo === undefined);
  return (
    <span class="portrait" aria-hidden="true">
      {isMissing ? (
        `${[...firstName][0] ?? ""}${[...lastName][0] ?? ""}`
      ) : (
        <img src={photo} alt="" loading="lazy" onError={() => setMissing(true)} />
      )}
    </span>
  );
}
