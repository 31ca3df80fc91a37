import { mostChoices } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { useMessages } from "#web/messages/catalogue.ts";
import type { Messages } from "#web/messages/en.ts";
import { lazily } from "#web/shell/lazy-page.tsx";
import type { BallotProps } from "#web/vote/ballot-props.ts";
import { LawBallot } from "#web/vote/law-ballot.tsx";
import { MarkBox } from "#web/vote/mark.tsx";

/** What is marked on a ballot, whichever its kind: for voters, and for whoever writes the definition. */

/** A law's ballot needs neither, and most others only the first. */
const RaceBallot = lazily("race-ballot", async () => (await import("#web/vote/race-ballot.tsx")).RaceBallot);
const RankedBallot = lazily("ranked-ballot", async () => (await import("#web/vote/ranked-ballot.tsx")).RankedBallot);

export function hintFor(definition: ElectionDefinition, regionId: string, t: Messages): string {
  switch (definition.votingMethod) {
    case "referendum":
      return t.ballot.hintLaw;
    case "single_choice":
      return t.ballot.hintSingle;
    case "choose":
      return definition.maxChoices === "all" ? t.choose.hintAll : t.choose.hint(mostChoices(definition, regionId));
    case "ranked_choice":
    case "stv":
      return t.ballot.hintRanked(definition.maxRankings);
    default:
      return definition satisfies never;
  }
}

/** The box for a blank ballot, where the definition allows one. */
export function BlankBox({
  definition,
  selection,
  mark,
}: Pick<BallotProps<ElectionDefinition>, "definition" | "selection" | "mark">) {
  const t = useMessages();
  if (!definition.allowBlank) return null;
  return (
    <MarkBox
      group="selection"
      value="-"
      takesSeveral={definition.votingMethod === "choose"}
      isMarked={selection?.kind === "blank"}
      onMark={() => mark({ kind: "blank" })}
    >
      <span class="mark-name">{t.ballot.blank}</span>
      <span class="quiet">{t.ballot.blankHint}</span>
    </MarkBox>
  );
}

export function Ballot({ definition, ...ballot }: BallotProps<ElectionDefinition>) {
  switch (definition.votingMethod) {
    case "referendum":
      return <LawBallot {...ballot} />;
    case "single_choice":
    case "choose":
      return <RaceBallot definition={definition} {...ballot} />;
    case "ranked_choice":
    case "stv":
      return <RankedBallot definition={definition} {...ballot} />;
    default:
      return definition satisfies never;
  }
}
