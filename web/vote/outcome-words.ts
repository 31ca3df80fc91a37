import type { Language } from "#core/language.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { formatQuoted } from "#web/format.ts";
import type { Messages } from "#web/messages/en.ts";
import { alteredCodes, type Casting } from "#web/vote/casting.ts";

export type Words = Readonly<{ tone: "wait" | "counted" | "wrong"; title: string; lines: readonly string[] }>;

/** In whose words: the texts and the language of the reader, and whom the election's voters call. */
export type Speech = Readonly<{ t: Messages; language: Language; contact: string }>;

export function wordsFor(casting: Casting, election: PublicElection, { t, language, contact }: Speech): Words {
  const waiting = (...lines: readonly string[]): Words => ({ tone: "wait", title: t.stub.waitingTitle, lines });
  const wrong = (title: string, ...lines: readonly string[]): Words => ({ tone: "wrong", title, lines });
  if (alteredCodes(casting)) return wrong(t.stub.unconfirmedTitle, t.stub.unconfirmed(contact));
  switch (casting.stage) {
    case "sealing":
      return waiting(t.stub.sealing);
    case "sending":
      return waiting(t.stub.sending);
    case "held":
      return waiting(t.stub[casting.cause], t.stub.keepOpen);
    case "unsealable":
      return wrong(t.stub.unsealableTitle, t.stub.unsealable);
    case "refused":
      return wrong(t.stub.refusedTitle, casting.problem.detail || t.stub.refused);
    case "unknown":
      return wrong(t.stub.unknownTitle, t.stub.unknown(contact));
    case "queued": {
      const news = casting.isHeard ? [] : [t.stub.unheard];
      const wait = casting.slow ? [t.stub.slow] : [];
      return { tone: "wait", title: t.stub.queuedTitle, lines: [...wait, ...news, t.stub.queued] };
    }
    case "settled":
      return outcomeWords(casting.outcome, election, { t, language, contact });
    default:
      return casting satisfies never;
  }
}

type Outcome = Extract<Casting, { stage: "settled" }>["outcome"];

/** Never says which credential was wrong. */
export function outcomeWords(outcome: Outcome, election: PublicElection, { t, language, contact }: Speech): Words {
  if (outcome.status === "accepted") {
    const isCancelled = outcome.cancelled_at !== undefined;
    const lines = [isCancelled ? outcome.message : t.stub.accepted];
    return { tone: isCancelled ? "wait" : "counted", title: t.stub.acceptedTitle, lines };
  }
  if (outcome.status === "duplicate") {
    const { attempt_count: attempts } = outcome;
    return {
      tone: "wrong",
      title: t.stub.duplicateTitle,
      lines: [
        t.stub.duplicate,
        ...(attempts === undefined ? [] : [t.stub.attempts(attempts)]),
        t.stub.duplicateAdvice(contact),
      ],
    };
  }
  // Why and since when the code is void, in the reader's language.
  if (outcome.since !== undefined) {
    return { tone: "wrong", title: t.stub.invalidTitle, lines: [outcome.message, t.stub.struckAdvice(contact)] };
  }
  const fields = election.credential_fields.map(({ label }) => label[language]);
  return {
    tone: "wrong",
    title: t.stub.invalidTitle,
    lines:
      outcome.reason === "wrong-region"
        ? [t.stub.wrongRegion]
        : [
            ...(election.identity ? [] : [t.stub.unmatched(formatQuoted(language, fields))]),
            t.stub.unmatchedAdvice(contact),
          ],
  };
}
