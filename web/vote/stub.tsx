import type { ComponentChildren } from "preact";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useContact } from "#web/contact.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { writePath } from "#web/router.ts";
import { Heading } from "#web/shell/heading.tsx";
import { Told } from "#web/shell/told.tsx";
import { pollsRefusal } from "#web/vote/cast-ballot.ts";
import { type Casting, codeOf, isAccepted, isUnsent } from "#web/vote/casting.ts";
import { NextVote } from "#web/vote/next-vote.tsx";
import { type Words, wordsFor } from "#web/vote/outcome-words.ts";
import { PollsNotice } from "#web/vote/polls-notice.tsx";
import { Receipt } from "#web/vote/receipt.tsx";
import { endSession, type Session } from "#web/vote/session.ts";
import { SignIn } from "#web/vote/sign-in-parts.ts";
import { StepLine } from "#web/vote/step.tsx";
import { Altered, StillQueued } from "#web/vote/stub-parts.tsx";

export type StubProps = Readonly<{
  election: PublicElection;
  casting: Casting;
  session: Session;
  update: (change: Partial<Session>) => void;
}>;

export function Stub({ election, casting, session, update }: StubProps) {
  const t = useMessages();
  const language = useLanguage();
  const contact = useContact(election.definition);
  const refusal = pollsRefusal(casting);
  if (refusal !== undefined) return <PollsNotice election={election} isUpcoming={refusal === "not-open-yet"} />;
  const words = wordsFor(casting, election, { t, language, contact });
  const { castAtMs, altered, isAlteredNoted } = session;
  // The warning above would contradict a mark that all is well.
  const isWarned = altered !== undefined && !isAlteredNoted;
  const code = codeOf(session);

  return (
    <>
      <StepLine election={election} step="stub" />
      <Altered election={election} session={session} />
      <Outcome {...words} tone={isWarned && words.tone === "counted" ? "wait" : words.tone} />
      {code && <Receipt election={election} trackingCode={code} castAtMs={castAtMs} isReceived={!isUnsent(casting)} />}
      {code && casting.stage === "queued" && (
        <StillQueued election={election} casting={casting} castAtMs={castAtMs} isMain />
      )}
      {isAccepted(casting) && !isWarned && <NextVote after={[election]} />}
      <WhatNext election={election} casting={casting} update={update} />
    </>
  );
}

export function Outcome({ tone, title, lines }: Words) {
  return (
    <div role="status" class={`outcome ${tone}`}>
      <Heading text={title} />
      {lines.map((line) => (
        <p key={line}>
          <Told text={line} />
        </p>
      ))}
    </div>
  );
}

export function WhatNext({ election, casting, update }: Pick<StubProps, "election" | "casting" | "update">) {
  const t = useMessages();
  const language = useLanguage();
  const electionId = election.election_id;
  const startOver = (): void => update({ casting: undefined });
  const actions: ComponentChildren[] = [];
  const outcome = casting.stage === "settled" ? casting.outcome : undefined;
  const hasMain = casting.stage === "unknown" || outcome?.status === "invalid";
  if (outcome?.status === "invalid") {
    actions.push(
      outcome.reason === "wrong-region" || outcome.reason === "moved" ? (
        <a
          key="region"
          class="button primary"
          href={writePath(language, { page: "vote", electionId })}
          onClick={() => {
            startOver();
            // An envelope is sealed for one region.
            update({ waiting: undefined });
          }}
        >
          {t.region.change}
        </a>
      ) : (
        !election.identity && (
          <button
            key="identity"
            type="button"
            class="button primary"
            onClick={() => {
              startOver();
              go({ step: "identity" }, "replace");
            }}
          >
            {t.stub.checkAgain}
          </button>
        )
      ),
    );
  }
  if (casting.stage === "unknown") {
    actions.push(
      <a key="check" class="button primary" href={writePath(language, { page: "check", electionId })}>
        {t.site.check}
      </a>,
    );
  }
  const isOver = casting.stage === "settled" || casting.stage === "unknown";
  if (isOver) {
    actions.push(
      <button
        key="done"
        type="button"
        class={hasMain ? "button" : "button primary"}
        onClick={() => {
          endSession(electionId);
          go({ path: writePath(language, { page: "home" }) });
        }}
      >
        {t.stub.done}
      </button>,
    );
  }
  actions.push(
    <a key="results" class="button" href={writePath(language, { page: "results", electionId })}>
      {t.vote.seeResults}
    </a>,
  );
  return (
    <>
      {election.identity && <SignIn at="stub" casting={casting} update={update} />}
      <p class="actions">{actions}</p>
      {isOver && <p class="quiet done-hint">{t.stub.doneHint}</p>}
    </>
  );
}
