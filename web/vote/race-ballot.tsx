import type { ChooseDefinition, RaceDefinition } from "#core/contest.ts";
import type { BallotProps } from "#web/vote/ballot-props.ts";
import { CandidatesBallot } from "#web/vote/candidates-ballot.tsx";
import { ChooseBallot } from "#web/vote/choose-ballot.tsx";

/** One name to mark, or several. */
export function RaceBallot({ definition, ...ballot }: BallotProps<RaceDefinition | ChooseDefinition>) {
  return definition.votingMethod === "choose" ? (
    <ChooseBallot definition={definition} {...ballot} />
  ) : (
    <CandidatesBallot definition={definition} {...ballot} />
  );
}
