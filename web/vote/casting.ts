import type { Language } from "#core/language.ts";
import type { Problem } from "#functions/runtime/problem-contract.ts";
import type { VoteStatus } from "#functions/vote-status/contract.ts";
import { type Api, type BallotBody, slugOf } from "#web/api.ts";
import { backoffMs } from "#web/busy.ts";
import type { SealedBallot } from "#web/sealing.ts";

/** Where a ballot is on its way from the page to the box, as the voter is told. */
export type Casting =
  | Readonly<{ stage: "sealing" }>
  | Readonly<{ stage: "unsealable" }>
  | Readonly<{ stage: "sending" }>
  /** Not taken yet; will be resent. */
  | Readonly<{ stage: "held"; cause: "offline" | "busy" | "challenged" }>
  | Readonly<{ stage: "refused"; problem: Problem }>
  | Readonly<{ stage: "queued"; slow: boolean; isHeard: boolean; codes: TrackingCodes; requestId: string }>
  /** The server knows no attempt by this request id: a link cut short. */
  | Readonly<{ stage: "unknown"; codes: TrackingCodes }>
  | Readonly<{ stage: "settled"; outcome: VoteStatus; codes: TrackingCodes; requestId: string }>;

/** They differ when the server altered the ballot. */
export type TrackingCodes = Readonly<{ sealed: string; received: string }>;

/** Closing the page would lose the ballot. */
export function isUnsent(casting: Casting | undefined): boolean {
  return casting?.stage === "sealing" || casting?.stage === "sending" || casting?.stage === "held";
}

/** The two codes of a ballot that the server altered. */
export function alteredCodes(casting: Casting): TrackingCodes | undefined {
  if (casting.stage !== "queued" && casting.stage !== "settled") return undefined;
  return casting.codes.sealed === casting.codes.received ? undefined : casting.codes;
}

/** The tracking code of a ballot that is on its way or in the box, as it was sealed. */
export function codeOf({
  casting,
  sealed,
}: Readonly<{ casting?: Casting | undefined; sealed?: SealedBallot | undefined }>) {
  if (casting === undefined || alteredCodes(casting) !== undefined) return undefined;
  if (isUnsent(casting)) return sealed?.trackingCode;
  return casting.stage === "queued" || isAccepted(casting) ? casting.codes.sealed : undefined;
}

/** Whether a ballot is in the box, as it was sealed. */
export function isAccepted(casting: Casting): casting is Extract<Casting, { stage: "settled" }> {
  return casting.stage === "settled" && casting.outcome.status === "accepted" && alteredCodes(casting) === undefined;
}

/** May end early when a retry makes sense. */
export type Pause = (ms: number) => Promise<void>;

/** Each question costs as much as the vote itself. By the first one, a ballot that did not have to wait is decided. */
const FIRST_QUESTIONS_MS = [700, 2_000, 3_000];
const QUESTION_EVERY_MS = 5_000;
/** Beyond this the voter is told that the queue is slow. */
const SLOW_AFTER_QUESTIONS = 3;

export type Inquiry = Readonly<{
  api: Api;
  language: Language;
  report: (casting: Casting) => void;
  pause: Pause;
  /** Aborts waiting for the outcome, never the sending. */
  signal: AbortSignal;
}>;

export type Delivery = Inquiry &
  Readonly<{
    route: "law" | "election";
    /** Resent unchanged, so that it counts once. */
    body: BallotBody;
    /** The header of a voter who signed in. */
    token?: Readonly<Record<string, string>> | undefined;
    trackingCode: string;
  }>;

/** Sends a sealed ballot until the server has it, then reports its outcome. Resolves when nothing more will change. */
export async function deliver(delivery: Delivery): Promise<void> {
  const { api, language, route, body, token, trackingCode, report, pause } = delivery;
  for (let trial = 1; ; trial++) {
    if (trial === 1) report({ stage: "sending" });
    const answer = await api.cast(language, route, body, token);
    switch (answer.kind) {
      case "ok":
        return await follow(delivery, answer.body.request_id, {
          sealed: trackingCode,
          received: answer.body.tracking_code,
        });
      case "refused":
        return report({ stage: "refused", problem: answer.problem });
      case "unreachable":
        report({ stage: "held", cause: "offline" });
        await pause(backoffMs(trial));
        break;
      case "busy":
        report({ stage: "held", cause: "busy" });
        await pause(backoffMs(trial, answer.retryAfterMs));
        break;
      case "challenged":
        report({ stage: "held", cause: "challenged" });
        await pause(backoffMs(trial));
        break;
      default:
        return answer satisfies never;
    }
  }
}

/** Asks after a ballot that the server has, until its outcome is known. */
export async function follow(inquiry: Inquiry, requestId: string, codes: TrackingCodes): Promise<void> {
  const { api, language, report, pause, signal } = inquiry;
  let isHeard = true;
  for (let questions = 0; !signal.aborted; questions++) {
    report({ stage: "queued", slow: questions >= SLOW_AFTER_QUESTIONS, isHeard, codes, requestId });
    await pause(FIRST_QUESTIONS_MS[questions] ?? QUESTION_EVERY_MS);
    const answer = await api.voteStatus(language, requestId);
    if (answer.kind === "refused" && slugOf(answer.problem) === "unknown-request") {
      return report({ stage: "unknown", codes });
    }
    isHeard = answer.kind === "ok";
    if (answer.kind !== "ok" || answer.body.status === "queued") continue;
    const outcome = answer.body;
    return report({ stage: "settled", outcome, codes: { ...codes, received: outcome.tracking_code }, requestId });
  }
}
