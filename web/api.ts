import type { Language } from "#core/language.ts";
import type { BoardAnswer } from "#functions/board/contract.ts";
import type { PublicCandidate, PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults, LawResults, TurnoutOverTime } from "#functions/results/contract.ts";
import type { FieldError, Problem } from "#functions/runtime/problem-contract.ts";
import { REQUEST_ID_HEADER } from "#functions/runtime/request-id-header-contract.ts";
import type { VoteReceipt } from "#functions/submit/contract.ts";
import type { SystemStatus } from "#functions/system-status/contract.ts";
import type { VoteStatus } from "#functions/vote-status/contract.ts";
import { acceptedRequestId } from "#web/accepted-ballots.ts";

/**
 * The HTTP API. Site and API are served together, so an answer is trusted to fit its contract; the tracking code is
 * checked where it is used.
 */

/** An answer, a refusal with its reason, or nothing: the network or whatever stands before the API is down. */
export type Answer<T> =
  | Readonly<{ kind: "ok"; body: T }>
  | Readonly<{ kind: "refused"; problem: Problem }>
  | Readonly<{ kind: "unreachable" }>
  | Readonly<{ kind: "busy"; retryAfterMs: number | undefined }>
  /** The firewall wants to see a browser: it passes once a page of this site was opened. */
  | Readonly<{ kind: "challenged" }>;

/** Longer than this counts as no connection. */
const PATIENCE_MS = 15_000;
const CHALLENGE_HEADER = "x-amzn-waf-action";
/** Statuses that ask to be tried again. */
const BUSY = [429, 500, 502, 503, 504];

export function retryAfterMsOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** In any shape: a gateway or a firewall refuses in its own way. */
export async function readProblem(response: Response): Promise<Problem> {
  const body: Partial<Record<keyof Problem, unknown>> | null = await response.json().catch(() => null);
  const { type, title, detail, errors } = body ?? {};
  return {
    type: isText(type) ? type : "about:blank",
    title: isText(title) ? title : "",
    detail: isText(detail) ? detail : "",
    status: response.status,
    errors: Array.isArray(errors)
      ? errors.filter((error: Partial<FieldError>): error is FieldError => isText(error.field) && isText(error.message))
      : [],
  };
}

/** The slug of a problem's type, `voting-closed` in `/api/v1/docs#voting-closed`. */
export function slugOf(problem: Problem): string {
  return problem.type.slice(problem.type.indexOf("#") + 1);
}

async function call<T>(url: string, language: Language, init: RequestInit = {}): Promise<Answer<T>> {
  const timeout = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(url, {
      ...init,
      headers: { "accept-language": language, ...init.headers },
      signal: init.signal ? AbortSignal.any([init.signal, timeout]) : timeout,
    });
    // It comes with a 202, as if a ballot had been received.
    if (response.headers.has(CHALLENGE_HEADER)) return { kind: "challenged" };
    if (response.ok) return { kind: "ok", body: await response.json() };
    if (BUSY.includes(response.status)) return { kind: "busy", retryAfterMs: retryAfterMsOf(response) };
    return { kind: "refused", problem: await readProblem(response) };
  } catch {
    return { kind: "unreachable" };
  }
}

/** Counts and outcomes change: never from the browser's cache. */
function fresh(signal?: AbortSignal): RequestInit {
  return signal === undefined ? { cache: "no-store" } : { cache: "no-store", signal };
}

/** With a request id of this visit, where one was accepted and opens results. */
function asVoter(electionId: string, signal?: AbortSignal): RequestInit {
  const requestId = acceptedRequestId(electionId);
  return requestId === undefined ? fresh(signal) : { ...fresh(signal), headers: { [REQUEST_ID_HEADER]: requestId } };
}

export type BallotBody = Readonly<Record<string, string | readonly string[]>>;

/** @param origin empty for the site's own */
export function apiAt(origin: string) {
  const at = (...path: readonly string[]): string =>
    `${origin}/api/v1/${path.map((part) => encodeURIComponent(part)).join("/")}`;
  return {
    elections: (language: Language) => call<readonly PublicElection[]>(at("elections"), language),

    election: (language: Language, electionId: string) => call<PublicElection>(at("elections", electionId), language),

    paper: (language: Language, paperId: string) => call<readonly PublicElection[]>(at("papers", paperId), language),

    candidates: (language: Language, electionId: string, regionId: string) =>
      call<readonly PublicCandidate[]>(at("elections", electionId, "regions", regionId, "candidates"), language),

    lawResults: (language: Language, lawId: string, signal?: AbortSignal) =>
      call<LawResults>(at("results", lawId), language, asVoter(lawId, signal)),

    electionResults: (language: Language, electionId: string, regionId?: string, signal?: AbortSignal) =>
      call<ElectionResults>(
        regionId === undefined
          ? at("elections", electionId, "results")
          : at("elections", electionId, "regions", regionId, "results"),
        language,
        asVoter(electionId, signal),
      ),

    turnout: (language: Language, electionId: string, signal?: AbortSignal) =>
      call<TurnoutOverTime>(at("elections", electionId, "turnout"), language, fresh(signal)),

    /** @param token the header of a voter who signed in */
    cast: (language: Language, route: "law" | "election", body: BallotBody, token?: Readonly<Record<string, string>>) =>
      call<VoteReceipt>(route === "law" ? at("vote") : at("elections", "vote"), language, {
        method: "POST",
        headers: { "content-type": "application/json", ...token },
        body: JSON.stringify(body),
      }),

    /** In the body: an address ends up in logs. */
    board: (language: Language, trackingCode: string) =>
      call<BoardAnswer>(at("board"), language, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ tracking_code: trackingCode }),
      }),
    systemStatus: (language: Language, signal?: AbortSignal) =>
      call<SystemStatus>(at("status"), language, fresh(signal)),

    voteStatus: (language: Language, requestId: string) => call<VoteStatus>(at("votes", requestId), language, fresh()),
  };
}
export type Api = ReturnType<typeof apiAt>;
