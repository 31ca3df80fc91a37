import type { ComponentChildren } from "preact";
import { formatTime } from "#core/instant-words.ts";
import { groupTrackingCode } from "#core/tracking-code.ts";
import { useContact } from "#web/contact.ts";
import { useBilingual, useLanguage, usePaperMessages } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import type { State } from "#web/paper/standing.ts";
import { type Question, readyOf } from "#web/paper/visit.ts";
import { writePath } from "#web/router.ts";
import { Told } from "#web/shell/told.tsx";
import { pollsRefusal } from "#web/vote/cast-ballot.ts";
import { codeOf, isUnsent } from "#web/vote/casting.ts";
import { type Words, wordsFor } from "#web/vote/outcome-words.ts";
import { pollsWords } from "#web/vote/polls-notice.tsx";
import { CastFacts, CopyButton, checkPath, TrackingCode } from "#web/vote/receipt.tsx";
import { Altered, StillQueued } from "#web/vote/stub-parts.tsx";

export type RowActs = Readonly<{
  /** Sends a ballot of this visit again, unchanged. */
  again: (question: Question) => void;
  /** Ends the pause before the next trial. */
  now: () => void;
  /** For all ballots of somebody who is not on the roll: who that is can be typed again. */
  checkTyped: () => void;
  /** For all ballots of the wrong region. */
  changeRegion: () => void;
  throwAway: (question: Question) => void;
}>;

const titleId = ({ election }: Question): string => `receipt-${election.election_id}`;

/** One ballot: what came of it, its tracking code, and what can be done. */
export function ReceiptRow({ question, state, acts }: Readonly<{ question: Question; state: State; acts: RowActs }>) {
  const t = usePaperMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { election, session } = question;
  const { casting } = session;
  const words = useRowWords(question, state);
  const code = codeOf(session);
  const isReceived = code !== undefined && !isUnsent(casting);
  return (
    <section class="stub" aria-labelledby={titleId(question)}>
      <h2 id={titleId(question)} tabIndex={-1}>
        {inLanguage(election.title)}
      </h2>
      <Altered election={election} session={session} />
      {words && (
        <div class={`outcome ${words.tone}`}>
          <h3>{words.title}</h3>
          {words.lines.map((line) => (
            <p key={line}>
              <Told text={line} />
            </p>
          ))}
        </div>
      )}
      {state === "unvoted" && <p>{session.isLeftOut ? t.paper.leftOut : t.paper.notCast}</p>}
      {code && (
        <>
          <p class="eyebrow">{t.receipt.trackingCode}</p>
          <TrackingCode
            trackingCode={code}
            path={checkPath(language, election.election_id, code)}
            isReceived={isReceived}
          />
        </>
      )}
      {isReceived && <CastFacts election={election} castAtMs={session.castAtMs} />}
      {code && casting?.stage === "queued" && (
        <StillQueued election={election} casting={casting} castAtMs={session.castAtMs} />
      )}
      <p class="actions">
        {code && <CopyButton label={t.receipt.copy} text={groupTrackingCode(code)} />}
        {isReceived && code && (
          <a class="button" href={checkPath(language, election.election_id, code)}>
            {t.receipt.check}
          </a>
        )}
        <WhatNext question={question} state={state} acts={acts} />
      </p>
    </section>
  );
}

/** Undefined where there is no ballot. */
function useRowWords(question: Question, state: State): Words | undefined {
  const t = usePaperMessages();
  const language = useLanguage();
  const { election, session } = question;
  const { casting, waiting, refusals } = session;
  const contact = useContact(election.definition);
  if (state === "unvoted") return undefined;
  if (casting === undefined) {
    const refused = Object.keys(refusals).length > 0 ? [t.identity.summary] : [];
    return waiting === undefined
      ? { tone: "wrong", title: t.paper.notCast, lines: refused }
      : {
          tone: "wait",
          title: t.waiting.title,
          lines: [
            t.waiting.what(formatTime(language, waiting.sealedAtMs, election.definition.timeZone)),
            ...(election.identity === null ? [t.waiting.send] : []),
            ...refused,
          ],
        };
  }
  const refusal = pollsRefusal(casting);
  if (refusal === undefined) return wordsFor(casting, election, { t, language, contact });
  const isUpcoming = refusal === "not-open-yet";
  return {
    tone: "wrong",
    title: isUpcoming ? t.vote.notOpenTitle : t.vote.closedTitle,
    lines: [pollsWords(language, t, election, isUpcoming)],
  };
}

function WhatNext({ question, state, acts }: Readonly<{ question: Question; state: State; acts: RowActs }>) {
  const t = usePaperMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { election, session } = question;
  const { casting, waiting } = session;
  const electionId = election.election_id;
  const act = (label: string, then: () => void): ComponentChildren => (
    <button
      type="button"
      class="button"
      aria-label={t.home.about(label, inLanguage(election.title))}
      onClick={() => {
        // The button goes, the row stays.
        document.getElementById(titleId(question))?.focus();
        then();
      }}
    >
      {label}
    </button>
  );
  const toIdentity = (): void => go({ step: "identity" });

  if (state === "unvoted") return act(t.paper.voteOnIt, () => go({ step: "ballot", question: electionId }));
  if (casting === undefined) {
    if (waiting !== undefined)
      return (
        <>
          {act(t.waiting.sendIt, toIdentity)}
          {act(t.waiting.throwAway, () => acts.throwAway(question))}
        </>
      );
    return readyOf([question]).length > 0
      ? act(t.paper.castIt, toIdentity)
      : act(t.paper.voteOnIt, () => go({ step: "ballot", question: electionId }));
  }
  switch (casting.stage) {
    case "held":
      return act(t.paper.now, acts.now);
    case "refused":
    case "unsealable":
      return pollsRefusal(casting) === undefined ? act(t.paper.again, () => acts.again(question)) : null;
    case "settled": {
      const { outcome } = casting;
      if (outcome.status !== "invalid")
        return (
          <a
            class="button"
            href={writePath(language, { page: "results", electionId })}
            aria-label={t.home.about(t.vote.seeResults, inLanguage(election.title))}
          >
            {t.vote.seeResults}
          </a>
        );
      return outcome.reason === "wrong-region" || outcome.reason === "moved"
        ? act(t.region.change, acts.changeRegion)
        : act(election.identity === null ? t.stub.checkAgain : t.waiting.sendIt, acts.checkTyped);
    }
    default:
      return null;
  }
}
