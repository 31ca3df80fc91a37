import type { ComponentChildren } from "preact";
import { groupTrackingCode } from "#core/envelope.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import type { Messages } from "#web/messages/en.ts";
import { go } from "#web/navigation.ts";
import { writePath } from "#web/router.ts";
import { Heading } from "#web/shell/heading.tsx";
import { pollsRefusal } from "#web/vote/cast-ballot.ts";
import type { Casting } from "#web/vote/casting.ts";
import { PollsNotice } from "#web/vote/polls-notice.tsx";
import type { Session } from "#web/vote/session.ts";
import { StepLine } from "#web/vote/step.tsx";
import { TrackingCode } from "#web/vote/tracking-code.tsx";

/** What the voter reads at each stage: the headline, then what it means and what to do. */
type Words = Readonly<{ tone: "wait" | "counted" | "wrong"; title: string; lines: readonly string[] }>;

function wordsFor(casting: Casting, t: Messages): Words {
  const waiting = (...lines: readonly string[]): Words => ({ tone: "wait", title: t.stub.waitingTitle, lines });
  switch (casting.stage) {
    case "sealing":
      return waiting(t.stub.sealing);
    case "sending":
      return waiting(t.stub.sending);
    case "held":
      return waiting(t.stub[casting.cause], t.stub.keepOpen);
    case "unsealable":
      return { tone: "wrong", title: t.stub.unsealableTitle, lines: [t.stub.unsealable] };
    case "refused":
      return { tone: "wrong", title: t.stub.refusedTitle, lines: [casting.problem.detail || t.stub.refused] };
    case "queued":
      return {
        tone: "wait",
        title: t.stub.queuedTitle,
        lines: casting.slow ? [t.stub.slow, t.stub.queued] : [t.stub.queued],
      };
    case "settled":
      return outcomeWords(casting.outcome, t);
    default:
      return casting satisfies never;
  }
}

function outcomeWords(outcome: Extract<Casting, { stage: "settled" }>["outcome"], t: Messages): Words {
  if (outcome.status === "accepted") return { tone: "counted", title: t.stub.acceptedTitle, lines: [t.stub.accepted] };
  if (outcome.status === "duplicate") {
    const attempts = outcome.attempt_count === undefined ? [] : [t.stub.attempts(outcome.attempt_count)];
    return {
      tone: "wrong",
      title: t.stub.duplicateTitle,
      lines: [t.stub.duplicate, ...attempts, t.stub.duplicateAdvice],
    };
  }
  return {
    tone: "wrong",
    title: t.stub.invalidTitle,
    lines: [t.stub.invalid[outcome.reason ?? "unknown-credentials"]],
  };
}

/** The last screen: how far the ballot has come, and the stub with its tracking code once it is in the box. */
export function Stub({
  election,
  casting,
  update,
}: Readonly<{ election: PublicElection; casting: Casting; update: (change: Partial<Session>) => void }>) {
  const t = useMessages();
  const refusal = pollsRefusal(casting);
  if (refusal !== undefined) return <PollsNotice election={election} isUpcoming={refusal === "not-open-yet"} />;
  const { tone, title, lines } = wordsFor(casting, t);
  const codes = casting.stage === "queued" || casting.stage === "settled" ? casting.codes : undefined;
  const isAltered = codes !== undefined && codes.sealed !== codes.received;
  const isAccepted = casting.stage === "settled" && casting.outcome.status === "accepted";

  return (
    <>
      <StepLine election={election} step="stub" />
      {isAltered && (
        <div role="alert" class="altered">
          <h2>{t.stub.alteredTitle}</h2>
          <p>{t.stub.altered(groupTrackingCode(codes.sealed), groupTrackingCode(codes.received))}</p>
        </div>
      )}
      <Outcome tone={tone} title={title} lines={lines} />
      {isAccepted && !isAltered && <TrackingCode trackingCode={casting.codes.sealed} />}
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

function WhatNext({
  election,
  casting,
  update,
}: Readonly<{ election: PublicElection; casting: Casting; update: (change: Partial<Session>) => void }>) {
  const t = useMessages();
  const language = useLanguage();
  const electionId = election.election_id;
  const startOver = (): void => update({ casting: undefined });
  const actions: ComponentChildren[] = [];
  if (casting.stage === "settled" && casting.outcome.status === "invalid") {
    actions.push(
      casting.outcome.reason === "wrong-region" ? (
        <a
          key="region"
          class="button primary"
          href={writePath(language, { page: "vote", electionId })}
          onClick={startOver}
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
  actions.push(
    <a key="results" class="button" href={writePath(language, { page: "results", electionId })}>
      {t.vote.seeResults}
    </a>,
  );
  return <p class="actions">{actions}</p>;
}
