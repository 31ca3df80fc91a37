import { asksForRegion } from "#core/contest.ts";
import { useLanguage, usePaperMessages } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { isTyped, markable, neighbour, type Question } from "#web/paper/visit.ts";
import { writePath } from "#web/router.ts";
import { BallotStep } from "#web/vote/ballot-step.tsx";
import { type Session, updateSession } from "#web/vote/session.ts";

/** The ballot of one question, with the ways to the others. */
export function PaperBallot({
  questions,
  question,
  pathTo,
  isStarted,
}: Readonly<{
  questions: readonly Question[];
  question: Question;
  pathTo: (regionId?: string) => string;
  isStarted: boolean;
}>) {
  const t = usePaperMessages();
  const language = useLanguage();
  const { election, regionId = "", session } = question;
  const { election_id: electionId, definition } = election;
  const toBallot = ({ election: other }: Question): void => go({ step: "ballot", question: other.election_id });
  const update = (change: Partial<Session>): void => updateSession(electionId, { isLeftOut: false, ...change });

  const onward = (): void => {
    // Who comes back from the review to change one goes straight back.
    const isKnown = isTyped(questions);
    const next = isKnown ? undefined : neighbour(questions, question, 1);
    if (next !== undefined) toBallot(next);
    else go({ step: isKnown ? "review" : "identity" });
  };
  const back = (): void => {
    const before = neighbour(questions, question, -1);
    if (isStarted) go({ step: "stub" });
    else if (before !== undefined) toBallot(before);
    else go({ path: asksForRegion(definition) ? pathTo() : writePath(language, { page: "home" }) });
  };
  const others = markable(questions).filter((one) => one !== question && one.session.isLeftOut !== true);
  return (
    <BallotStep
      key={`${electionId} ${regionId}`}
      election={election}
      regionId={regionId}
      session={session}
      update={update}
      regionsPath={pathTo()}
      lead={
        <span class="visually-hidden">
          {t.home.about(t.paper.question(questions.indexOf(question) + 1, questions.length), "")}
        </span>
      }
      actions={
        (isStarted || others.length > 0) && (
          <button
            type="button"
            class="button"
            onClick={() => {
              update({ selection: undefined, isLeftOut: true });
              onward();
            }}
          >
            {t.paper.leaveOut}
          </button>
        )
      }
      onMarked={onward}
      onBack={back}
    />
  );
}
