import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { Heading } from "#web/shell/heading.tsx";
import type { Casting } from "#web/vote/casting.ts";
import { forget } from "#web/vote/kept.ts";
import { ReviewedChoice } from "#web/vote/review-step.tsx";
import { type Session, updateSession } from "#web/vote/session.ts";
import { comeBack, leaveToSignIn, type ToCast, takeFault } from "#web/vote/sign-in/leave.ts";
import type { SignInFault } from "#web/vote/sign-in/provider.ts";
import { hostOf, useSignInWords } from "#web/vote/sign-in/words.ts";
import { InputFault, StepActions } from "#web/vote/step.tsx";

/** What only votes need whose voters sign in: loaded where one is reviewed, or where the provider leads back to. */

/** One ballot, before its voter signs in and casts it. */
function SignInReview({ toCast: [one] }: Readonly<{ toCast: readonly [ToCast] }>) {
  const t = useMessages();
  const { election, regionId, ballot } = one;
  const isSealed = "envelope" in ballot;
  const change = (): void => {
    // An envelope cannot be changed, only discarded.
    if (isSealed) {
      forget(election.election_id);
      updateSession(election.election_id, { waiting: undefined });
    }
    go({ step: "ballot" });
  };
  return (
    <>
      <Heading text={isSealed ? t.waiting.title : t.review.title} />
      <div class="sheet review">
        <ReviewedChoice definition={election.definition} regionId={regionId} ballot={ballot} />
      </div>
      {!isSealed && <p>{t.review.seal}</p>}
      <p>{t.review.final}</p>
      <SignInAndCast toCast={[one]}>
        <button type="button" class="button" onClick={change}>
          {isSealed ? t.waiting.throwAway : t.review.change}
        </button>
      </SignInAndCast>
    </>
  );
}

/** The end of a review: what signing in means, and the button that leads there. */
function SignInAndCast({ toCast, children }: Readonly<{ toCast: readonly ToCast[]; children?: ComponentChildren }>) {
  const t = useSignInWords();
  const language = useLanguage();
  const [isLeaving, setLeaving] = useState(false);
  const [fault, setFault] = useState<SignInFault | undefined>(() => takeFault(location.pathname));
  useEffect(() => {
    // The back button may show this page as it was left.
    const comeAgain = (): void => setLeaving(false);
    addEventListener("pageshow", comeAgain);
    return () => removeEventListener("pageshow", comeAgain);
  }, []);
  const identity = toCast[0]?.election.identity;
  if (!identity) return null;
  const host = hostOf(identity);
  const leave = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isLeaving) return;
    setLeaving(true);
    setFault(undefined);
    const why = await leaveToSignIn(language, toCast);
    if (why === undefined) return;
    setFault(why);
    setLeaving(false);
  };
  return (
    <form onSubmit={(event) => void leave(event)} aria-busy={isLeaving}>
      <InputFault id="sign-in-fault" text={fault && t.faults[fault](host)} />
      <p>{t.how(host)}</p>
      <p role="status">{isLeaving ? t.leaving(host) : ""}</p>
      <StepActions next={t.signInAll(toCast.length)} onBack={() => history.back()}>
        {children}
      </StepActions>
    </form>
  );
}

/** The address that the provider leads back to. */
function SignedInPage() {
  const t = useSignInWords();
  const language = useLanguage();
  const [lateFor, setLateFor] = useState<string>();
  useEffect(() => {
    void comeBack(language).then(setLateFor);
  }, []);
  return (
    <>
      <div role="status" class={`outcome ${lateFor === undefined ? "wait" : "wrong"}`}>
        <Heading text={lateFor === undefined ? t.comingBack : t.lateTitle} />
        {lateFor !== undefined && <p>{t.late}</p>}
      </div>
      {lateFor !== undefined && (
        <p class="actions">
          <a class="button primary" href={lateFor}>
            {t.mark}
          </a>
        </p>
      )}
    </>
  );
}

/** Where the roll does not know the account, or the server did not take the token. */
function SignInAgain({ casting, update }: Readonly<{ casting: Casting; update: (change: Partial<Session>) => void }>) {
  const t = useSignInWords();
  const isStranger =
    casting.stage === "settled" &&
    casting.outcome.status === "invalid" &&
    casting.outcome.reason === "unknown-credentials";
  if (!isStranger && casting.stage !== "refused") return null;
  const again = (): void => {
    update({ casting: undefined });
    go({ step: "review" }, "replace");
  };
  return (
    <>
      {isStranger && <p>{t.notOnRoll}</p>}
      <p class="actions">
        <button type="button" class="button primary" onClick={again}>
          {t.again}
        </button>
      </p>
    </>
  );
}

type Props =
  | Readonly<{ at: "review"; toCast: readonly [ToCast] }>
  /** After a review of all questions. */
  | Readonly<{ at: "paper"; toCast: readonly ToCast[] }>
  | Readonly<{ at: "return" }>
  | Readonly<{ at: "stub"; casting: Casting; update: (change: Partial<Session>) => void }>;

/** One component, so that the script of a ballot names one part. */
export function SignIn(props: Props) {
  switch (props.at) {
    case "review":
      return <SignInReview {...props} />;
    case "paper":
      return <SignInAndCast {...props} />;
    case "return":
      return <SignedInPage />;
    case "stub":
      return <SignInAgain {...props} />;
    default:
      return props satisfies never;
  }
}
