import { REFERENDUM_CHOICES } from "#core/contest.ts";
import { useMessages } from "#web/messages/catalogue.ts";
import type { BallotProps } from "#web/vote/ballot-props.ts";
import { MarkBox } from "#web/vote/mark.tsx";

export function LawBallot({ selection, mark, children }: Omit<BallotProps<never>, "definition">) {
  const t = useMessages();
  const answers = { oui: t.ballot.yes, non: t.ballot.no };
  return (
    <>
      <div class="answers">
        {REFERENDUM_CHOICES.map((choice) => (
          <MarkBox
            key={choice}
            group="selection"
            value={choice}
            isMarked={selection?.kind === "choice" && selection.choice === choice}
            onMark={() => mark({ kind: "choice", choice })}
          >
            <span class="mark-name">{answers[choice]}</span>
          </MarkBox>
        ))}
      </div>
      {children}
    </>
  );
}
