import { candidatesIn, partyOf, type RaceDefinition } from "#core/contest.ts";
import { useBilingual, useMessages } from "#web/messages/catalogue.ts";
import type { BallotProps } from "#web/vote/ballot-step.tsx";
import { MarkBox } from "#web/vote/mark.tsx";

/** The candidates of a region, one of whom is marked. */
export function CandidatesBallot({ definition, regionId, selection, mark }: BallotProps<RaceDefinition>) {
  const t = useMessages();
  const inLanguage = useBilingual();
  return (
    <>
      {candidatesIn(definition, regionId).map((candidate) => {
        const { candidateId, firstName, lastName, bio } = candidate;
        const { party, colour } = partyOf(definition, candidate);
        return (
          <MarkBox
            key={candidateId}
            group="selection"
            value={candidateId}
            isMarked={selection?.kind === "candidate" && selection.candidateId === candidateId}
            onMark={() => mark({ kind: "candidate", candidateId })}
            colour={colour ?? undefined}
          >
            <span class="mark-name">{`${firstName} ${lastName}`}</span>
            <span class="mark-party">{party === null ? t.ballot.independent : inLanguage(party)}</span>
            {bio !== undefined && <span class="quiet">{inLanguage(bio)}</span>}
          </MarkBox>
        );
      })}
    </>
  );
}
