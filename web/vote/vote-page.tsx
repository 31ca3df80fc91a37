import { useEffect, useLayoutEffect } from "preact/hooks";
import { rollRegionId, WHOLE_COUNTRY } from "#core/contest.ts";
import { checkCredentials } from "#core/credential.ts";
import { checkSelection } from "#core/selection.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { correct, go, type Place, type Step } from "#web/navigation.ts";
import { writePath } from "#web/router.ts";
import { api, Failure, Loading, useAnswer } from "#web/shell/answers.tsx";
import { BallotStep } from "#web/vote/ballot-step.tsx";
import { castBallot } from "#web/vote/cast-ballot.ts";
import { isUnsent } from "#web/vote/casting.ts";
import { IdentityStep } from "#web/vote/identity-step.tsx";
import { PollsNotice } from "#web/vote/polls-notice.tsx";
import { RegionStep } from "#web/vote/region-step.tsx";
import { ReviewStep } from "#web/vote/review-step.tsx";
import { type Session, useSession } from "#web/vote/session.ts";
import { Stub } from "#web/vote/stub.tsx";

type Props = Readonly<{ electionId: string; regionId?: string; place: Place }>;

/** One voter's way through one ballot: region, ballot, who they are, review, stub. */
export function VotePage({ electionId, regionId, place }: Props) {
  const language = useLanguage();
  const { answer, retry } = useAnswer(electionId, () => api.election(language, electionId));
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <Failure answer={answer} retry={retry} />;
  return <Vote election={answer.body} linkedRegionId={regionId} place={place} />;
}

/** The step that can be shown: the one asked for, or the first before it that still has something to fill in. */
function reachableStep(asked: Step, { definition }: PublicElection, regionId: string, session: Session): Step {
  if (session.casting !== undefined) return "stub";
  const { selection, credentials, refusals } = session;
  const isMarked = selection !== undefined && checkSelection(definition, regionId, selection).ok;
  if (asked === "ballot" || session.regionId !== regionId || !isMarked) return "ballot";
  const isRefused = Object.keys(refusals).length > 0;
  if (asked === "identity" || isRefused || !checkCredentials(definition, credentials).ok) return "identity";
  return "review";
}

function Vote({
  election,
  linkedRegionId,
  place,
}: Readonly<{ election: PublicElection; linkedRegionId: string | undefined; place: Place }>) {
  const language = useLanguage();
  const { definition, election_id: electionId } = election;
  const [session, update] = useSession(electionId);
  const { casting } = session;
  const regionId = definition.regions.length === 0 ? WHOLE_COUNTRY : rollRegionId(definition, linkedRegionId ?? "");
  const shown = reachableStep(place.step, election, regionId ?? "", session);

  useLayoutEffect(() => {
    // After a reload the history remembers a step whose entries are gone; the back button must not lead there.
    if (shown !== place.step && shown !== "stub") correct(place, { step: shown });
  }, [shown, place]);
  useEffect(() => {
    if (!isUnsent(casting)) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [casting]);

  if (casting !== undefined) return <Stub election={election} casting={casting} update={update} />;
  if (election.status !== "open")
    return <PollsNotice election={election} isUpcoming={election.status === "upcoming"} />;
  if (regionId === undefined) {
    return (
      <RegionStep
        election={election}
        onChosen={(chosen) => go({ path: writePath(language, { page: "vote", electionId, regionId: chosen }) })}
      />
    );
  }

  const ballot = { election, regionId, session, update };
  switch (shown) {
    case "identity":
      return <IdentityStep key="identity" {...ballot} onFilled={() => go({ step: "review" })} />;
    case "review":
      return (
        <ReviewStep
          key="review"
          {...ballot}
          onCast={(selection) => {
            go({ step: "stub" });
            void castBallot(api, language, election, regionId, selection);
          }}
        />
      );
    default:
      return <BallotStep key={`ballot ${regionId}`} {...ballot} onMarked={() => go({ step: "identity" })} />;
  }
}
