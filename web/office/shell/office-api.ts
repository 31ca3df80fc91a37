import type { Problem } from "#functions/runtime/problem-contract.ts";
import { readProblem, retryAfterMsOf, slugOf } from "#web/api.ts";
import type { Introduction, Session } from "#web/office/sign-in/session.ts";

/** The office's part of the HTTP API. The token goes in a header of this site's own requests, and nowhere else. */

export type OfficeAnswer<T> =
  | Readonly<{ kind: "ok"; body: T }>
  /** Not done yet: it waits for a second officer. */
  | Readonly<{ kind: "proposed"; proposalId: string }>
  | Readonly<{ kind: "refused"; problem: Problem }>
  | Readonly<{ kind: "unreachable" }>
  | Readonly<{ kind: "busy"; retryAfterMs: number | undefined }>
  /** The page tells so by itself. */
  | Readonly<{ kind: "signed-out" }>;

export type Method = "GET" | "POST" | "PUT";

/** Longer than a function may take. */
const PATIENCE_MS = 30_000;
const BUSY = [429, 500, 502, 503, 504];

function send(
  token: string,
  method: Method,
  path: string,
  { body, signal }: Readonly<{ body?: unknown; signal?: AbortSignal | undefined }>,
): Promise<Response> {
  const timeout = AbortSignal.timeout(PATIENCE_MS);
  return fetch(`/api/v1${path}`, {
    method,
    cache: "no-store",
    credentials: "omit",
    headers: {
      "accept-language": document.documentElement.lang,
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  });
}

async function toAnswer<T>(response: Response): Promise<OfficeAnswer<T>> {
  if (response.status === 202) {
    const body: T & Readonly<{ proposal_id?: string }> = await response.json();
    return body.proposal_id === undefined ? { kind: "ok", body } : { kind: "proposed", proposalId: body.proposal_id };
  }
  if (response.ok) return { kind: "ok", body: response.status === 204 ? (undefined as T) : await response.json() };
  if (BUSY.includes(response.status)) return { kind: "busy", retryAfterMs: retryAfterMsOf(response) };
  return { kind: "refused", problem: await readProblem(response) };
}

export function officeApiOf(session: Pick<Session, "token" | "tokenAfter" | "ended">) {
  async function authorized(
    method: Method,
    path: string,
    more: Readonly<{ body?: unknown; signal?: AbortSignal | undefined }>,
  ): Promise<Response | undefined> {
    const token = await session.token();
    if (token === undefined) return undefined;
    const response = await send(token, method, path, more);
    if (response.status !== 401) return response;
    if (slugOf(await readProblem(response)) === "signed-out") {
      session.ended();
      return undefined;
    }
    const renewed = await session.tokenAfter(token);
    return renewed === undefined ? undefined : send(renewed, method, path, more);
  }

  async function ask<T>(
    method: Method,
    path: string,
    more: Readonly<{ body?: unknown; signal?: AbortSignal | undefined }> = {},
  ): Promise<OfficeAnswer<T>> {
    try {
      const response = await authorized(method, path, more);
      return response === undefined ? { kind: "signed-out" } : await toAnswer<T>(response);
    } catch {
      return { kind: "unreachable" };
    }
  }

  return { ask };
}

/** Who has this token, by the server. */
export async function introduceBy(token: string): Promise<Introduction> {
  try {
    const response = await send(token, "GET", "/office/me", {});
    if (response.ok) return { kind: "known", me: await response.json() };
    const problem = await readProblem(response);
    if (response.status === 403) return { kind: "not-allowed", detail: problem.detail };
    if (response.status !== 401) return { kind: "unreachable" };
    return { kind: slugOf(problem) === "signed-out" ? "signed-out" : "not-accepted" };
  } catch {
    return { kind: "unreachable" };
  }
}

export async function endOnServer(token: string): Promise<void> {
  await send(token, "POST", "/office/sign-out", { body: {} });
}
