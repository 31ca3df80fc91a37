import type { ComponentChildren } from "preact";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useContact } from "#web/contact.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { writePath } from "#web/router.ts";
import { Heading } from "#web/shell/heading.tsx";
import { pollsRefusal } from "#web/vote/cast-ballot.ts";
import { type Casting, isAccepted } from "#web/vote/casting.ts";
import { type Words, wordsFor } from "#web/vote/outcome-words.ts";
import { PollsNotice } from "#web/vote/polls-notice.tsx";
import { Receipt } from "#web/vote/receipt.tsx";
import { endSession, type Session } from "#web/vote/session.ts";
import { StepLine } from "#web/vote/step.tsx";
import { Altered, StillQueued } from "#web/vote/stub-parts.tsx";

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

  return (
    <>
      <StepLine election={election} step="stub" />
      <Altered election={election} casting={casting} />
      <Outcome {...words} />
      {isAccepted(casting) && <Receipt election={election} trackingCode={casting.codes.sealed} />}
      {casting.stage === "queued" && casting.slow && (
        <StillQueued election={election} casting={casting} castAtMs={castAtMs} />
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
        {t.site.check}
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
