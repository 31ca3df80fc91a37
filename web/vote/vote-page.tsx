import { useLayoutEffect, useState } from "preact/hooks";
import { asksForRegion, isTrustees, votingRegionId } from "#core/contest.ts";
import { checkCredentials } from "#core/credential.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { preload } from "#web/load-part.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { correct, go, goBack, type Place, type Step } from "#web/navigation.ts";
import { writePath } from "#web/router.ts";
import { api, Failure, Loading, useAnswer } from "#web/shell/answers.tsx";
import { AboutVote } from "#web/shell/heading.tsx";
import { askElection } from "#web/shell/seen-elections.ts";
import { BallotStep } from "#web/vote/ballot-step.tsx";
import { CannotSeal, useCanSeal } from "#web/vote/can-seal.tsx";
import { castBallot } from "#web/vote/cast-ballot.ts";
import { isUnsent } from "#web/vote/casting.ts";
import { IdentityStep } from "#web/vote/identity-step.tsx";
import { forget } from "#web/vote/kept.ts";
import { OwnRegion } from "#web/vote/own-region.tsx";
import { PollsNotice } from "#web/vote/polls-notice.tsx";
import { resume } from "#web/vote/resume.ts";
import { ReviewStep } from "#web/vote/review-step.tsx";
import { useSafeguards } from "#web/vote/safeguards.ts";
import { ballotOf, type Session, sessionOf, updateSession, useSessions } from "#web/vote/session.ts";
import { SignIn } from "#web/vote/sign-in-parts.ts";
import { StepLine, type StepProps } from "#web/vote/step.tsx";
import { Stub } from "#web/vote/stub.tsx";
import { Trustees } from "#web/vote/trustees-parts.ts";
import { WaitingStep } from "#web/vote/waiting-step.tsx";
import "#web/styles/ballot.css";
import "#web/styles/stub.css";

type Props = Readonly<{ electionId: string; regionId?: string; place: Place }>;

/** A ballot, or the address that voters come back to from signing in. */
export function VotePage(props: Props) {
  return props.electionId === "signed-in" ? <SignIn at="return" /> : <BallotPage {...props} />;
}

function BallotPage({ electionId, regionId, place }: Props) {
  const language = useLanguage();
  // Only candidates stand in a region: their ballot loads while the API answers.
  useState(() => regionId !== undefined && preload("race-ballot"));
  const inLanguage = useBilingual();
  const { answer, retry } = useAnswer(electionId, () => askElection(language, electionId));
  // A question is voted on with the others of its paper, but a link to its receipt leads here.
  const paperId = answer?.kind === "ok" && place.step !== "stub" && answer.body.paper;
  useLayoutEffect(() => {
    if (paperId) go({ path: writePath(language, { page: "paper", paperId, regionId }) }, "replace");
  }, [paperId]);
  if (answer === undefined || paperId) return <Loading />;
  if (answer.kind !== "ok") return <Failure answer={answer} retry={retry} />;
  const vote = { election: answer.body, linkedRegionId: regionId, place };
  return (
    <AboutVote value={inLanguage(answer.body.title)}>
      {isTrustees(answer.body.definition) ? <Trustees at="vote" {...vote} /> : <Vote {...vote} />}
    </AboutVote>
  );
}

type VoteProps = Readonly<{ election: PublicElection; linkedRegionId: string | undefined; place: Place }>;

/** The step asked for, or the first one before it that is incomplete. */
function reachableStep(asked: Step, { definition }: PublicElection, regionId: string, session: Session): Step {
  if (session.casting !== undefined) return "stub";
  const { credentials, refusals, waiting } = session;
  const isReady = ballotOf(definition, regionId, session) !== undefined;
  const isRefused = Object.keys(refusals).length > 0;
  // Who signs in does so last, also for what is waiting.
  if (isReady && definition.identity && (waiting || asked !== "ballot")) return "review";
  // After a reload while casting, first show what is waiting.
  const isNews = waiting !== undefined && asked === "stub" && !isRefused;
  if (asked === "ballot" || !isReady || isNews) return "ballot";
  if (asked === "identity" || isRefused || !checkCredentials(definition, credentials).ok) return "identity";
  return "review";
}

function Vote({ election, linkedRegionId, place }: VoteProps) {
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { definition, election_id: electionId } = election;
  const resumeHere = (): void => resume(language, election, linkedRegionId ?? "", place.step);
  useState(resumeHere);
  useLayoutEffect(resumeHere, [place]);
  useSessions([definition]);
  const session = sessionOf(electionId);
  const { casting, waiting } = session;
  const canSeal = useCanSeal();
  const update = (change: Partial<Session>): void => updateSession(electionId, change);
  const regionId = waiting?.regionId ?? votingRegionId(definition, linkedRegionId);
  const shown = reachableStep(place.step, election, regionId ?? "", session);

  useLayoutEffect(() => {
    // Entries are gone after a reload, but the history remembers the step: Back must not lead there.
    if (shown === place.step || shown === "stub") return;
    // Skip to the fields: otherwise Back would seem to do nothing.
    if (place.step === "review" && shown === "identity") goBack();
    else correct(place, { step: shown });
  }, [shown, place]);
  useSafeguards(isUnsent(casting));

  if (casting !== undefined) return <Stub election={election} casting={casting} session={session} update={update} />;
  if (election.status !== "open")
    return <PollsNotice election={election} isUpcoming={election.status === "upcoming"} />;
  if (!canSeal) return <CannotSeal title={inLanguage(election.title)} />;
  if (regionId === undefined) return <OwnRegion election={election} />;
  return (
    <>
      <StepLine election={election} step={shown} />
      <ShownStep election={election} regionId={regionId} session={session} update={update} shown={shown} />
    </>
  );
}

function ShownStep({ shown, ...props }: StepProps & Readonly<{ shown: Step }>) {
  const t = useMessages();
  const language = useLanguage();
  const { election, regionId, session, update } = props;
  const { definition, election_id: electionId } = election;
  const regionsPath = writePath(language, { page: "vote", electionId });
  const ballot = ballotOf(definition, regionId, session);
  if (shown === "identity")
    return <IdentityStep key="identity" {...props} next={t.identity.review} onFilled={() => go({ step: "review" })} />;
  if (shown === "review" && ballot !== undefined) {
    if (election.identity) return <SignIn at="review" toCast={[{ election, regionId, ballot }]} />;
    return (
      <ReviewStep
        key="review"
        definition={definition}
        regionId={regionId}
        ballot={ballot}
        onCast={() => {
          go({ step: "stub" });
          void castBallot(api, language, election, regionId, ballot);
        }}
      />
    );
  }
  if (session.waiting !== undefined)
    return (
      <WaitingStep
        waiting={session.waiting}
        timeZone={election.definition.timeZone}
        onSend={() => go({ step: "identity" })}
        onThrownAway={() => {
          forget(electionId);
          update({ waiting: undefined });
        }}
      />
    );
  return (
    <BallotStep
      key={`ballot ${regionId}`}
      {...props}
      regionsPath={regionsPath}
      onMarked={() => go({ step: "identity" })}
      onBack={() => go({ path: asksForRegion(definition) ? regionsPath : writePath(language, { page: "home" }) })}
    />
  );
}
