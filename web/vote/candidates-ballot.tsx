import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { candidateName, candidatesIn, partyOf, type RaceDefinition } from "#core/contest.ts";
import type { Candidate } from "#core/election.ts";
import { useBilingual, useMessages } from "#web/messages/catalogue.ts";
import { Loading } from "#web/shell/answers.tsx";
import type { BallotProps } from "#web/vote/ballot-props.ts";
import { useBiographies } from "#web/vote/biographies.ts";
import { MarkBox } from "#web/vote/mark.tsx";

/** A longer one is unfolded by whoever wants to read it: the ballot must stay in sight. */
const MOST_CHARACTERS_SHOWN = 300;

/** One name to mark. */
export function CandidatesBallot({ selection, mark, ...ballot }: BallotProps<RaceDefinition>) {
  return (
    <CandidateBoxes
      {...ballot}
      isMarked={(candidateId) => selection?.kind === "candidate" && selection.candidateId === candidateId}
      onMark={(candidateId) => mark({ kind: "candidate", candidateId })}
    />
  );
}

/** A box for each candidate of a region. */
export function CandidateBoxes({
  definition,
  regionId,
  hasBiographiesByRegion,
  takesSeveral = false,
  isMarked,
  onMark,
  refusal,
  children,
}: Omit<BallotProps<RaceDefinition>, "selection" | "mark"> &
  Readonly<{
    takesSeveral?: boolean;
    isMarked: (candidateId: string) => boolean;
    onMark: (candidateId: string) => void;
    /** Why a box was not marked, said under it. */
    refusal?: (candidateId: string, name: string) => string | undefined;
  }>) {
  const t = useMessages();
  const inLanguage = useBilingual();
  const { isAwaited, retry, biographyOf } = useBiographies(definition, regionId, hasBiographiesByRegion);
  // Nothing moves on a ballot that is shown. Without biographies people can vote all the same.
  if (isAwaited) return <Loading />;
  return (
    <>
      {retry && (
        <p role="alert">
          {t.ballot.noBiographies}{" "}
          <button type="button" class="button" onClick={retry}>
            {t.failure.retry}
          </button>
        </p>
      )}
      {candidatesIn(definition, regionId).map((candidate) => {
        const { candidateId, withdrawnAt } = candidate;
        const { party, colour } = partyOf(definition, candidate);
        const name = candidateName(candidate);
        const bio = biographyOf(candidate);
        const text = bio && inLanguage(bio);
        const isLong = text !== undefined && text.length > MOST_CHARACTERS_SHOWN;
        return (
          <Fragment key={candidateId}>
            <MarkBox
              group="selection"
              value={candidateId}
              takesSeveral={takesSeveral}
              isMarked={isMarked(candidateId)}
              onMark={() => onMark(candidateId)}
              colour={colour ?? undefined}
              disabled={!!withdrawnAt && !isMarked(candidateId)}
              beside={<Portrait candidate={candidate} />}
              below={isLong ? undefined : text}
              refusal={refusal?.(candidateId, name)}
            >
              <span class="mark-name">{name}</span>
              <span class="mark-party">
                {withdrawnAt ? t.ballot.withdrawn : party === null ? t.ballot.independent : inLanguage(party)}
              </span>
            </MarkBox>
            {isLong && (
              <details class="biography">
                <summary>{t.ballot.about(name)}</summary>
                <p>{text}</p>
              </details>
            )}
          </Fragment>
        );
      })}
      {children}
    </>
  );
}

/** Initials where there is no photo. Decorative: the name is beside it. */
function Portrait({ candidate: { firstName, lastName, photo } }: Readonly<{ candidate: Candidate }>) {
  // The editor's preview gets another while it is shown.
  const [missing, setMissing] = useState<string>();
  return (
    <span class="portrait" aria-hidden="true">
      {photo === undefined || photo === missing ? (
        `${[...firstName][0] ?? ""}${[...lastName][0] ?? ""}`
      ) : (
        <img src={photo} alt="" loading="lazy" onError={() => setMissing(photo)} />
      )}
    </span>
  );
}
