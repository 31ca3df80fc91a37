import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { rollRegionId } from "#core/contest.ts";
import { checkCredentials } from "#core/credential.ts";
import type { Language } from "#core/language.ts";
import { canBeCast } from "#core/selection.ts";
import { WHOLE_COUNTRY } from "#core/whole-country.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { correct, go, goBack, type Place, type Step, takeReceiptLink } from "#web/navigation.ts";
import { loadSealing } from "#web/parts.ts";
import { writePath } from "#web/router.ts";
import { api, Failure, Loading, useAnswer } from "#web/shell/answers.tsx";
import { BallotStep } from "#web/vote/ballot-step.tsx";
import { CannotSeal, useCanSeal } from "#web/vote/can-seal.tsx";
import { castBallot, followReceipt } from "#web/vote/cast-ballot.ts";
import { isUnsent } from "#web/vote/casting.ts";
import { IdentityStep } from "#web/vote/identity-step.tsx";
import { forget } from "#web/vote/kept.ts";
import { PollsNotice } from "#web/vote/polls-notice.tsx";
import { RegionStep } from "#web/vote/region-step.tsx";
import { ReviewStep } from "#web/vote/review-step.tsx";
import { endSession, keptReceipt, type Session, sessionOf, updateSession, useSession } from "#web/vote/session.ts";
import { Stub } from "#web/vote/stub.tsx";
import { WaitingStep } from "#web/vote/waiting-step.tsx";

type Props = Readonly<{ electionId: string; regionId?: string; place: Place }>;

export function VotePage({ electionId, regionId, place }: Props) {
  const language = useLanguage();
  const { answer, retry } = useAnswer(electionId, () => api.election(language, electionId));
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <Failure answer={answer} retry={retry} />;
  return <Vote election={answer.body} linkedRegionId={regionId} place={place} />;
}

/** The step asked for, or the first one before it that is incomplete. */
function reachableStep(asked: Step, { definition }: PublicElection, regionId: string, session: Session): Step {
  if (session.casting !== undefined) return "stub";
  const { selection, credentials, refusals, waiting } = session;
  const isMarked = selection !== undefined && canBeCast(definition, regionId, selection);
  const isReady = waiting !== undefined || (isMarked && session.regionId === regionId);
  const isRefused = Object.keys(refusals).length > 0;
  // After a reload while casting, first show what is waiting.
  const isNews = waiting !== undefined && asked === "stub" && !isRefused;
  if (asked === "ballot" || !isReady || isNews) return "ballot";
  if (asked === "identity" || isRefused || !checkCredentials(definition, credentials).ok) return "identity";
  return "review";
}

/** From a link, or from before a reload. */
function resumeReceipt(language: Language, election: PublicElection, regionId: string, step: Step): void {
  const electionId = election.election_id;
  const link = takeReceiptLink();
  const { casting } = sessionOf(electionId);
  if (isUnsent(casting)) return;
  if (link?.requestId !== undefined) {
    endSession(electionId);
    followReceipt(api, language, election, { ...link, regionId, requestId: link.requestId });
  } else if (step === "stub" && casting === undefined) {
    const receipt = keptReceipt(electionId);
    if (receipt === undefined) return;
    followReceipt(api, language, election, receipt);
    updateSession(electionId, { castAtMs: receipt.castAtMs });
  }
}

function Vote({
  election,
  linkedRegionId,
  place,
}: Readonly<{ election: PublicElection; linkedRegionId: string | undefined; place: Place }>) {
  const language = useLanguage();
  const { definition, election_id: electionId } = election;
  const resume = (): void => resumeReceipt(language, election, linkedRegionId ?? "", place.step);
  useState(resume);
  useLayoutEffect(resume, [place]);
  const [session, update] = useSession(definition);
  const { casting, waiting } = session;
  const canSeal = useCanSeal();
  const regionId = definition.regions.length === 0 ? WHOLE_COUNTRY : rollRegionId(definition, linkedRegionId ?? "");
  const shown = reachableStep(place.step, election, regionId ?? "", session);

  useLayoutEffect(() => {
    // Entries are gone after a reload, but the history remembers the step: Back must not lead there.
    if (shown === place.step || shown === "stub") return;
    // Skip to the fields: otherwise Back would seem to do nothing.
    if (place.step === "review" && shown === "identity") goBack();
    else correct(place, { step: shown });
  }, [shown, place]);
  const isMarked = session.selection !== undefined;
  useEffect(() => {
    // Load early, so that a network lost on the way does not prevent sealing; casting retries.
    if (isMarked) loadSealing().catch(() => undefined);
  }, [isMarked]);
  useEffect(() => {
    if (!isUnsent(casting)) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [casting]);

  if (casting !== undefined)
    return <Stub election={election} casting={casting} castAtMs={session.castAtMs} update={update} />;
  if (election.status !== "open")
    return <PollsNotice election={election} isUpcoming={election.status === "upcoming"} />;
  if (!canSeal) return <CannotSeal election={election} />;
  if (waiting !== undefined && shown === "ballot") {
    const throwAway = (): void => {
      forget(electionId);
      update({ waiting: undefined });
    };
    return (
      <WaitingStep
        election={election}
        waiting={waiting}
        onSend={() => go({ step: "identity" })}
        onThrownAway={throwAway}
      />
    );
  }
  const ballotRegionId = waiting?.regionId ?? regionId;
  if (ballotRegionId === undefined) {
    return (
      <RegionStep
        election={election}
        onChosen={(chosen) => go({ path: writePath(language, { page: "vote", electionId, regionId: chosen }) })}
      />
    );
  }

  const ballot = { election, regionId: ballotRegionId, session, update };
  switch (shown) {
    case "identity":
      return <IdentityStep key="identity" {...ballot} onFilled={() => go({ step: "review" })} />;
    case "review":
      return (
        <ReviewStep
          key="review"
          {...ballot}
          onCast={(marked) => {
            go({ step: "stub" });
            void castBallot(api, language, election, ballotRegionId, marked);
          }}
        />
      );
    default:
      return <BallotStep key={`ballot ${ballotRegionId}`} {...ballot} onMarked={() => go({ step: "identity" })} />;
  }
}
