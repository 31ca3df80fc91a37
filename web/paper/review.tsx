import { useBilingual, usePaperMessages } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { markable, type Question, readyOf } from "#web/paper/visit.ts";
import { Heading } from "#web/shell/heading.tsx";
import { ReviewedChoice } from "#web/vote/review-step.tsx";
import { SignIn } from "#web/vote/sign-in-parts.ts";
import { StepActions } from "#web/vote/step.tsx";

/** All that will be cast, and what was left out, each with a way back to its ballot. */
export function PaperReview({ questions, onCast }: Readonly<{ questions: readonly Question[]; onCast: () => void }>) {
  const t = usePaperMessages();
  const inLanguage = useBilingual();
  const toCast = readyOf(questions);
  const open = markable(questions);

  const submit = (event: Event): void => {
    event.preventDefault();
    onCast();
  };
  const shown = (
    <>
      <Heading text={t.paper.reviewTitle} />
      {questions.map((question) => {
        const { election, session } = question;
        const { election_id: electionId, definition } = election;
        const reviewed = toCast.find((one) => one.election === election);
        if (reviewed === undefined && !session.isLeftOut) return null;
        const title = inLanguage(election.title);
        const change = reviewed === undefined ? t.paper.voteOnIt : t.review.change;
        return (
          <section key={electionId} class="sheet review" aria-labelledby={`review-${electionId}`}>
            <h2 id={`review-${electionId}`}>{title}</h2>
            {reviewed === undefined ? (
              <p>{t.paper.leftOut}</p>
            ) : (
              <ReviewedChoice definition={definition} regionId={reviewed.regionId} ballot={reviewed.ballot} />
            )}
            {open.includes(question) && (
              <p class="actions">
                <button
                  type="button"
                  class="button"
                  aria-label={t.home.about(change, title)}
                  onClick={() => go({ step: "ballot", question: electionId })}
                >
                  {change}
                </button>
              </p>
            )}
          </section>
        );
      })}
      <p>{t.paper.seal}</p>
      <p>{t.review.final}</p>
    </>
  );
  return questions.some(({ election }) => election.identity !== null) ? (
    <>
      {shown}
      <SignIn at="paper" toCast={toCast} />
    </>
  ) : (
    <form onSubmit={submit}>
      {shown}
      <StepActions next={t.paper.cast(toCast.length)} onBack={() => history.back()} />
    </form>
  );
}
