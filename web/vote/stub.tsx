import type { ComponentChildren } from "preact";
import { groupTrackingCode } from "#core/tracking-code.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useContact } from "#web/contact.ts";
import { formatClock } from "#web/format.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { writeFragment } from "#web/receipt-link.ts";
import { writePath } from "#web/router.ts";
import { Heading } from "#web/shell/heading.tsx";
import { pollsRefusal } from "#web/vote/cast-ballot.ts";
import type { Casting } from "#web/vote/casting.ts";
import { type Words, wordsFor } from "#web/vote/outcome-words.ts";
import { PollsNotice } from "#web/vote/polls-notice.tsx";
import { CopyButton, Receipt } from "#web/vote/receipt.tsx";
import { endSession, type Session } from "#web/vote/session.ts";
import { StepLine } from "#web/vote/step.tsx";

type StubProps = Readonly<{
  election: PublicElection;
  casting: Casting;
  castAtMs: number | undefined;
  update: (change: Partial<Session>) => void;
}>;

export function Stub({ election, casting, castAtMs, update }: StubProps) {
  const t = useMessages();
  const language = useLanguage();
  const contact = useContact(election.definition);
  const refusal = pollsRefusal(casting);
  if (refusal !== undefined) return <PollsNotice election={election} isUpcoming={refusal === "not-open-yet"} />;
  const words = wordsFor(casting, election, { t, language, contact });
  const codes = casting.stage === "queued" || casting.stage === "settled" ? casting.codes : undefined;
  const isAltered = codes !== undefined && codes.sealed !== codes.received;
  const isAccepted = casting.stage === "settled" && casting.outcome.status === "accepted";

  return (
    <>
      <StepLine election={election} step="stub" />
      {isAltered && (
        <div role="alert" class="altered">
          <h2>{t.stub.alteredTitle}</h2>
          <p>{t.stub.altered(groupTrackingCode(codes.sealed), groupTrackingCode(codes.received), contact)}</p>
        </div>
      )}
      <Outcome {...words} />
      {isAccepted && !isAltered && <Receipt election={election} trackingCode={casting.codes.sealed} />}
      {casting.stage === "queued" && casting.slow && (
        <Waiting election={election} casting={casting} castAtMs={castAtMs} />
      )}
      <WhatNext election={election} casting={casting} update={update} />
    </>
  );
}

function Outcome({ tone, title, lines }: Words) {
  return (
    <div role="status" class={`outcome ${tone}`}>
      <Heading text={title} />
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

/** While the queue is slow: how long it has been, and how to come back. */
function Waiting({
  election,
  casting,
  castAtMs,
}: Readonly<{
  election: PublicElection;
  casting: Extract<Casting, { stage: "queued" }>;
  castAtMs: number | undefined;
}>) {
  const t = useMessages();
  const language = useLanguage();
  const path = writePath(language, { page: "vote", electionId: election.election_id });
  const fragment = writeFragment({ trackingCode: casting.codes.sealed, requestId: casting.requestId });
  return (
    <section class="resume">
      {castAtMs !== undefined && casting.isHeard && (
        <p class="quiet">{t.stub.castAt(formatClock(language, castAtMs), formatClock(language, Date.now()))}</p>
      )}
      <p>{t.stub.resume}</p>
      <p class="actions">
        <CopyButton label={t.stub.copyLink} text={location.origin + path + fragment} />
      </p>
    </section>
  );
}

function WhatNext({ election, casting, update }: Pick<StubProps, "election" | "casting" | "update">) {
  const t = useMessages();
  const language = useLanguage();
  const electionId = election.election_id;
  const startOver = (): void => update({ casting: undefined });
  const actions: ComponentChildren[] = [];
  if (casting.stage === "settled" && casting.outcome.status === "invalid") {
    actions.push(
      casting.outcome.reason === "wrong-region" || casting.outcome.reason === "moved" ? (
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
      ),
    );
  }
  if (casting.stage === "unknown") {
    actions.push(
      <a key="check" class="button primary" href={writePath(language, { page: "check", electionId })}>
        {t.check.title}
      </a>,
    );
  }
  actions.push(
    <a key="results" class="button" href={writePath(language, { page: "results", electionId })}>
      {t.vote.seeResults}
    </a>,
  );
  const isOver = casting.stage === "settled" || casting.stage === "unknown";
  if (isOver) {
    actions.push(
      <button
        key="done"
        type="button"
        class="button"
        onClick={() => {
          endSession(electionId);
          go({ path: writePath(language, { page: "home" }) });
        }}
      >
        {t.stub.done}
      </button>,
    );
  }
  return (
    <>
      <p class="actions">{actions}</p>
      {isOver && <p class="quiet done-hint">{t.stub.doneHint}</p>}
    </>
  );
}
