import { useState } from "preact/hooks";
import { candidateName, candidatesIn, partyOf, type RaceDefinition } from "#core/contest.ts";
import type { Candidate } from "#core/election.ts";
import { useBilingual, useMessages } from "#web/messages/catalogue.ts";
import type { BallotProps } from "#web/vote/ballot-props.ts";
import { MarkBox } from "#web/vote/mark.tsx";

export function CandidatesBallot({ definition, regionId, selection, mark }: BallotProps<RaceDefinition>) {
  const t = useMessages();
  const inLanguage = useBilingual();
  return (
    <>
      {candidatesIn(definition, regionId).map((candidate) => {
        const { candidateId, bio } = candidate;
        const { party, colour } = partyOf(definition, candidate);
        return (
          <MarkBox
            key={candidateId}
            group="selection"
            value={candidateId}
            isMarked={selection?.kind === "candidate" && selection.candidateId === candidateId}
            onMark={() => mark({ kind: "candidate", candidateId })}
            colour={colour ?? undefined}
            beside={<Portrait candidate={candidate} />}
            below={bio && inLanguage(bio)}
          >
            <span class="mark-name">{candidateName(candidate)}</span>
            <span class="mark-party">{party === null ? t.ballot.independent : inLanguage(party)}</span>
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
