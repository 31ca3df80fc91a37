import type { ComponentChildren } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { asksForRegion } from "#core/contest.ts";
import type { Language } from "#core/language.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useBilingual, useLanguage, usePaperMessages } from "#web/messages/catalogue.ts";
import { correct, goBack, type Place } from "#web/navigation.ts";
import { NoneOpen } from "#web/paper/absent.tsx";
import { ShownStep } from "#web/paper/shown-step.tsx";
import { isTyped, type Question, questionsAsked, type Sight, sightAt } from "#web/paper/visit.ts";
import { api, Failure, Loading, useAnswer } from "#web/shell/answers.tsx";
import { AboutVote } from "#web/shell/heading.tsx";
import { CannotSeal, useCanSeal } from "#web/vote/can-seal.tsx";
import { resumeReceipt } from "#web/vote/cast-ballot.ts";
import { isUnsent } from "#web/vote/casting.ts";
import { useSafeguards } from "#web/vote/safeguards.ts";
import { sessionOf, useSessions } from "#web/vote/session.ts";
import { Steps } from "#web/vote/step.tsx";
import "#web/styles/ballot.css";
import "#web/styles/stub.css";
import "#web/styles/paper.css";

type Props = Readonly<{ paperId: string; regionId?: string | undefined; place: Place }>;

/** Several questions in one visit: each is marked, the voter identifies once, and all are cast together. */
export function PaperPage({ paperId, regionId, place }: Props) {
  const language = useLanguage();
  const { answer, retry } = useAnswer(paperId, () => api.paper(language, paperId));
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <Failure answer={answer} retry={retry} />;
  return <Paper paperId={paperId} elections={answer.body} linkedRegionId={regionId} place={place} />;
}

/** After a reload of the receipts, or where some of the ballots are still to be sent. */
function resume(language: Language, elections: readonly PublicElection[], place: Place): void {
  const sessions = elections.map((election) => ({ election, session: sessionOf(election.election_id) }));
  const isInterrupted = sessions.some(({ session }) => session.waiting !== undefined || isUnsent(session.casting));
  if (place.step !== "stub" && !isInterrupted) return;
  for (const { election, session } of sessions) {
    if (session.casting === undefined) resumeReceipt(api, language, election);
  }
}

function Paper({
  paperId,
  elections,
  linkedRegionId,
  place,
}: Readonly<{
  paperId: string;
  elections: readonly PublicElection[];
  linkedRegionId: string | undefined;
  place: Place;
}>) {
  const t = usePaperMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const canSeal = useCanSeal();
  useSessions(elections.map(({ definition }) => definition));
  const resumeHere = (): void => resume(language, elections, place);
  useState(resumeHere);
  useLayoutEffect(resumeHere, [place]);

  const questions = questionsAsked(elections, linkedRegionId, sessionOf);
  const absent = elections.filter((election) => !questions.some((one) => one.election === election));
  const sight = sightAt(place, questions, isTyped(questions));
  useLayoutEffect(() => {
    if (sight.step === place.step || sight.step === "stub" || sight.step === "region") return;
    // As for a single ballot, Back must lead somewhere else.
    if (place.step === "review" && sight.step === "identity") goBack();
    else
      correct(place, {
        step: sight.step,
        question: sight.step === "ballot" ? sight.question.election.election_id : undefined,
      });
  }, [sight.step, place]);
  useSafeguards(questions.some(({ session }) => isUnsent(session.casting)));

  const about = sight.step === "ballot" ? [sight.question.election] : elections;
  const shown = (): ComponentChildren => {
    if (questions.length === 0) return <NoneOpen elections={absent} />;
    if (!canSeal && questions.every(({ session }) => session.casting === undefined)) {
      return <CannotSeal title={t.home.questions(questions.length)} />;
    }
    return (
      <>
        <PaperLine questions={questions} sight={sight} />
        <ShownStep paperId={paperId} questions={questions} absent={absent} sight={sight} />
      </>
    );
  };
  return <AboutVote value={about.map(({ title }) => inLanguage(title)).join(", ")}>{shown()}</AboutVote>;
}

/** How far the voter is: a question is one step, as is the choice of a region. */
function PaperLine({ questions, sight }: Readonly<{ questions: readonly Question[]; sight: Sight }>) {
  const t = usePaperMessages();
  const inLanguage = useBilingual();
  const first = questions.some(({ election }) => asksForRegion(election.definition)) ? 2 : 1;
  // Identifying, where voters type, and the review.
  const more = questions.some(({ election }) => election.identity !== null) ? 1 : 2;
  const total = first + questions.length + more;
  if (sight.step === "ballot") {
    const { election } = sight.question;
    const at = questions.indexOf(sight.question);
    const isLaw = election.voting_method === "referendum";
    const words = t.paper.question(at + 1, questions.length);
    const title = isLaw ? t.home.about(words, inLanguage(election.title)) : words;
    return <Steps title={title} reached={first + at} steps={total} />;
  }
  const reached = { region: 1, identity: total - 2, review: total - 1, stub: total }[sight.step];
  return <Steps title={t.home.questions(questions.length)} reached={reached} steps={total} />;
}
