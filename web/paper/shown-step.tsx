import type { PublicElection } from "#functions/elections/contract.ts";
import { useLanguage, usePaperMessages } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { Absent } from "#web/paper/absent.tsx";
import { PaperBallot } from "#web/paper/paper-ballot.tsx";
import { Receipts } from "#web/paper/receipts.tsx";
import { PaperReview } from "#web/paper/review.tsx";
import { markable, type Question, readyOf, refusalsOf, type Sight, typedFor } from "#web/paper/visit.ts";
import { writePath } from "#web/router.ts";
import { api } from "#web/shell/answers.tsx";
import { castBallot, tryNow } from "#web/vote/cast-ballot.ts";
import { IdentityStep } from "#web/vote/identity-step.tsx";
import { forget } from "#web/vote/kept.ts";
import { RegionStep } from "#web/vote/region-step.tsx";
import { ballotOf, type Session, updateSession } from "#web/vote/session.ts";

const isOfAnotherRegion = (reason: string | undefined): boolean => reason === "wrong-region" || reason === "moved";

type StepProps = Readonly<{
  paperId: string;
  questions: readonly Question[];
  absent: readonly PublicElection[];
  sight: Sight;
}>;

/** What the voter does now, and what it changes. */
export function ShownStep({ paperId, questions, absent, sight }: StepProps) {
  const t = usePaperMessages();
  const language = useLanguage();
  const pathTo = (regionId?: string): string => writePath(language, { page: "paper", paperId, regionId });
  const toCast = readyOf(questions);
  const isStarted = markable(questions).length < questions.length;
  const update = (of: readonly Question[], change: Partial<Session>): void => {
    for (const { election } of of) updateSession(election.election_id, change);
  };
  const startOver = (of: readonly Question[]): void => {
    for (const { election } of of) forget(election.election_id);
    update(of, { casting: undefined });
  };
  const refusedBy = (isMeant: (reason: string | undefined) => boolean): readonly Question[] =>
    questions.filter(({ session: { casting } }) => {
      const outcome = casting?.stage === "settled" ? casting.outcome : undefined;
      return outcome?.status === "invalid" && isMeant(outcome.reason);
    });

  switch (sight.step) {
    case "region": {
      const withRegions = questions.find(({ regionId }) => regionId === undefined);
      return (
        <>
          {withRegions && (
            <RegionStep
              election={withRegions.election}
              onChosen={(regionId) =>
                go({ path: pathTo(regionId), question: isStarted ? withRegions.election.election_id : undefined })
              }
            />
          )}
          <Absent elections={absent} />
        </>
      );
    }
    case "ballot":
      return (
        <>
          <PaperBallot questions={questions} question={sight.question} pathTo={pathTo} isStarted={isStarted} />
          {questions[0] === sight.question && <Absent elections={absent} />}
        </>
      );
    case "identity": {
      const [first] = toCast;
      if (first === undefined) return null;
      return (
        <IdentityStep
          key="identity"
          election={first.election}
          session={{ ...first.session, credentials: typedFor(toCast), refusals: refusalsOf(toCast) }}
          update={(change) => update(toCast, change)}
          next={t.paper.review}
          onFilled={() => go({ step: "review" })}
        />
      );
    }
    case "review":
      return (
        <>
          <PaperReview
            key="review"
            questions={questions}
            onCast={() => {
              const credentials = typedFor(toCast);
              go({ step: "stub" });
              // Who the voter is, is kept only with what is on its way.
              update(markable(questions), { credentials: {} });
              update(toCast, { credentials });
              for (const { election, regionId, ballot } of toCast) {
                void castBallot(api, language, election, regionId, ballot);
              }
            }}
          />
          <Absent elections={absent} />
        </>
      );
    case "stub":
      return (
        <Receipts
          paperId={paperId}
          questions={questions}
          acts={{
            again({ election, regionId = "", session }) {
              if (election.identity !== null) {
                // A token is not kept: whoever sends a ballot again signs in again.
                updateSession(election.election_id, { casting: undefined });
                return go({ step: "review" });
              }
              const ballot = session.sealed ?? ballotOf(election.definition, regionId, session);
              if (ballot !== undefined) void castBallot(api, language, election, regionId, ballot);
            },
            now: tryNow,
            checkTyped() {
              startOver(refusedBy((reason) => !isOfAnotherRegion(reason)));
              go({ step: "identity" });
            },
            changeRegion() {
              const wrong = refusedBy(isOfAnotherRegion);
              startOver(wrong);
              // An envelope is sealed for one region.
              update(wrong, { waiting: undefined });
              go({ path: pathTo() });
            },
            throwAway(question) {
              forget(question.election.election_id);
              update([question], { waiting: undefined });
            },
          }}
        />
      );
    default:
      return sight satisfies never;
  }
}
