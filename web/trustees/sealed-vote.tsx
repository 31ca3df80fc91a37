import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { asksForRegion, votingRegionId } from "#core/contest.ts";
import { checkCredentials } from "#core/credential.ts";
import type { Selection } from "#core/selection.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useContact } from "#web/contact.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { correct, go, goBack, type Place, type Step } from "#web/navigation.ts";
import { writePath } from "#web/router.ts";
import { api } from "#web/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";
import { Told } from "#web/shell/told.tsx";
import { castSigned, unsentBallot } from "#web/trustees/cast-signed.ts";
import { forgetBallot, keptBallot } from "#web/trustees/kept-ballot.ts";
import { OpenedBallot } from "#web/trustees/opened-ballot.tsx";
import { CastOrTest, SealReview } from "#web/trustees/seal-step.tsx";
import { SealedStub } from "#web/trustees/sealed-stub.tsx";
import { SixWords } from "#web/trustees/six-words.tsx";
import { useDevice } from "#web/trustees/use-device.ts";
import { useTrusteesWords } from "#web/trustees/words.ts";
import { BallotStep } from "#web/vote/ballot-step.tsx";
import { isUnsent } from "#web/vote/casting.ts";
import { IdentityStep } from "#web/vote/identity-step.tsx";
import { OwnRegion } from "#web/vote/own-region.tsx";
import { PollsNotice } from "#web/vote/polls-notice.tsx";
import { resume } from "#web/vote/resume.ts";
import { useSafeguards } from "#web/vote/safeguards.ts";
import { ballotOf, keptReceipt, type Session, sessionOf, updateSession, useSessions } from "#web/vote/session.ts";
import { InputFault, StepLine } from "#web/vote/step.tsx";

export type VoteProps = Readonly<{ election: PublicElection; linkedRegionId: string | undefined; place: Place }>;

/** What becomes of a marked ballot on the review's screen. */
type Sealing =
  | Readonly<{ kind: "unsealed"; isUnsealable?: boolean }>
  | Readonly<{ kind: "sealing" }>
  | Readonly<{ kind: "sealed" | "opening"; trackingCode: string }>
  /** For a test: it can never be cast. */
  | Readonly<{ kind: "opened"; trackingCode: string; fragment: string }>;

const UNSEALED: Sealing = { kind: "unsealed" };

/** The step asked for, or the first one before it that is incomplete. */
function reachableStep(asked: Step, { definition }: PublicElection, isMarked: boolean, session: Session): Step {
  if (session.casting !== undefined) return "stub";
  if (asked === "ballot" || !isMarked) return "ballot";
  return asked === "identity" || !checkCredentials(definition, session.credentials).ok ? "identity" : "review";
}

/** A ballot whose key trustees hold: the screens of every ballot, but that its voter seals it, and then casts it or tests the device. */
export function SealedVote({ election, linkedRegionId, place }: VoteProps) {
  const t = useMessages();
  const own = useTrusteesWords();
  const language = useLanguage();
  const contact = useContact(election.definition);
  const { definition, election_id: electionId, ceremony } = election;
  const resumeHere = (): void => resume(language, election, linkedRegionId ?? "", place.step);
  useState(resumeHere);
  useLayoutEffect(resumeHere, [place]);
  useSessions([definition]);
  const session = sessionOf(electionId);
  const { casting } = session;
  const update = (change: Partial<Session>): void => updateSession(electionId, change);
  const regionId = votingRegionId(definition, linkedRegionId) ?? "";
  const ballot = ballotOf(definition, regionId, session);
  const selection = ballot === undefined || "envelope" in ballot ? undefined : ballot;
  const [sealing, setSealing] = useState<Sealing>(UNSEALED);
  const { fault, ready, started } = useDevice(election, session.selection !== undefined);

  const isOpened = sealing.kind === "opened" && place.step === "review" && casting === undefined;
  const shown = isOpened ? "review" : reachableStep(place.step, election, selection !== undefined, session);
  const cast = (from: string, sign: Parameters<typeof castSigned>[1], atMs = Date.now()): void =>
    void castSigned({ api, language, election, regionId: from }, sign, atMs);

  useLayoutEffect(() => {
    if (shown === place.step || shown === "stub") return;
    if (place.step === "review" && shown === "identity") goBack();
    else correct(place, { step: shown });
  }, [shown, place]);
  useEffect(() => {
    // Whoever leaves the sealed ballot may change it: another one is sealed.
    if (shown === "review" || shown === "stub") return;
    setSealing(UNSEALED);
    started()
      ?.ask({ kind: "forget" })
      .catch(() => undefined);
  }, [shown]);
  useEffect(() => {
    const kept = keptBallot(electionId, Date.now());
    const signed = unsentBallot(kept);
    // Cast before a reload, and perhaps not arrived: the same bytes count once.
    if (kept !== undefined && signed !== undefined && sessionOf(electionId).casting === undefined) {
      go({ step: "stub" }, "replace");
      cast(kept.regionId, async () => signed, kept.atMs);
    }
    return () => {
      const isOver = sessionOf(electionId).casting === undefined && keptReceipt(electionId) === undefined;
      if (isOver && unsentBallot(keptBallot(electionId, Date.now())) === undefined) forgetBallot(electionId);
    };
  }, []);
  useSafeguards(isUnsent(casting));

  if (casting !== undefined)
    return <SealedStub election={election} casting={casting} session={session} update={update} />;
  if (election.status !== "open")
    return <PollsNotice election={election} isUpcoming={election.status === "upcoming"} />;
  if (ceremony === undefined || (fault !== undefined && fault !== "unloadable")) {
    const why = fault === "question" ? own.faults.question(contact) : own.faults.ceremony(contact);
    return (
      <div role="alert" class="outcome wrong">
        <Heading text={own.faults.title} />
        <p>
          <Told text={why} />
        </p>
      </div>
    );
  }
  if (votingRegionId(definition, linkedRegionId) === undefined) return <OwnRegion election={election} />;

  const seal = async (marked: Selection): Promise<void> => {
    setSealing({ kind: "sealing" });
    const checked = checkCredentials(definition, sessionOf(electionId).credentials);
    const [number = "", code = ""] = checked.ok ? checked.values : [];
    try {
      const device = await ready();
      if (typeof device === "string") throw new Error("nothing can be sealed");
      const { trackingCode } = await device.ask({ kind: "seal", regionId, selection: marked, number, code });
      setSealing({ kind: "sealed", trackingCode });
    } catch {
      setSealing({ kind: "unsealed", isUnsealable: true });
    }
  };
  const test = async (trackingCode: string): Promise<void> => {
    setSealing({ kind: "opening", trackingCode });
    try {
      const told = await started()?.ask({ kind: "test" });
      if (told === undefined) throw new Error("nothing is sealed");
      setSealing({ kind: "opened", trackingCode, fragment: told.fragment });
      // Another ballot is marked anew.
      update({ selection: undefined });
    } catch {
      setSealing({ kind: "unsealed", isUnsealable: true });
    }
  };
  const castSealed = (): void => {
    go({ step: "stub" });
    cast(regionId, async () => {
      const device = started();
      if (device === undefined) throw new Error("nothing is sealed");
      const { signed } = await device.ask({ kind: "cast" });
      return signed;
    });
    setSealing(UNSEALED);
  };
  const change = (): void => go({ step: "ballot" });
  const props = { election, regionId, session, update };
  const regionsPath = writePath(language, { page: "vote", electionId });
  return (
    <>
      <StepLine election={election} step={shown} />
      {shown === "ballot" && (
        <>
          <BallotStep
            key={`ballot ${regionId}`}
            {...props}
            regionsPath={regionsPath}
            onMarked={() => go({ step: "identity" })}
            onBack={() => go({ path: asksForRegion(definition) ? regionsPath : writePath(language, { page: "home" }) })}
          />
          <SixWords words={ceremony.words} />
        </>
      )}
      {shown === "identity" && (
        <IdentityStep
          key="identity"
          {...props}
          why={own.identity}
          next={t.identity.review}
          onFilled={() => go({ step: "review" })}
        />
      )}
      {shown === "review" && (sealing.kind === "sealed" || sealing.kind === "opening") && (
        <CastOrTest
          key="sealed"
          trackingCode={sealing.trackingCode}
          isOpening={sealing.kind === "opening"}
          onCast={castSealed}
          onTest={() => void test(sealing.trackingCode)}
        />
      )}
      {shown === "review" && sealing.kind === "opened" && (
        <OpenedBallot
          key="opened"
          trackingCode={sealing.trackingCode}
          fragment={sealing.fragment}
          ceremony={ceremony.record}
          onAgain={change}
        />
      )}
      {shown === "review" && selection !== undefined && (sealing.kind === "unsealed" || sealing.kind === "sealing") && (
        <>
          <InputFault
            id="unsealable"
            text={sealing.kind === "unsealed" && sealing.isUnsealable === true ? t.stub.unsealable : undefined}
          />
          <SealReview
            key="review"
            definition={definition}
            regionId={regionId}
            ballot={selection}
            isSealing={sealing.kind === "sealing"}
            onSeal={() => void seal(selection)}
            onChange={change}
          />
        </>
      )}
    </>
  );
}
