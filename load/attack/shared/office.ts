import { OFFICE_FUNCTION_ROUTES } from "#functions/office/contract.ts";
import { ROLL_ROUTES } from "#functions/office-roll/contract.ts";
import { type Tokens, tokensOf } from "#load/shared/provider-tokens.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";

/** The office's routes, and requests to them. */

type Route = Readonly<{ groups: readonly string[] }>;

/** Of an election, a job and so on that there are not: who asks is told so only where they may ask. */
const NONE = "none";

export const OFFICE_ROUTES: readonly (readonly [string, Route])[] = [
  ...Object.entries<Route>(OFFICE_FUNCTION_ROUTES),
  ...Object.entries<Route>(ROLL_ROUTES),
];

export type Office = Pick<RunningSystem, "url"> & Readonly<{ issuers: Readonly<{ office: string; voters: string }> }>;

/** Throws RangeError where nobody signs in. */
export function officeOf({ url, issuers }: RunningSystem): Office {
  if (issuers === undefined) throw new RangeError("this system has no identity provider");
  return { url, issuers };
}

export const signIn = ({ url, issuers }: Office, name: string): Promise<Tokens> =>
  tokensOf({ issuer: issuers.office, name, redirectUri: `${url}/en/office/signed-in` });

type Sent = Readonly<{
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  electionId?: string;
  query?: string;
}>;
export type Answered = Readonly<{ status: number; json: Readonly<Record<string, unknown>>; headers: Headers }>;

/** @param route as in `POST /office/elections/{election_id}/apply` */
export async function ask({ url }: Pick<Office, "url">, route: string, sent: Sent = {}): Promise<Answered> {
  const { headers = {}, body, electionId = NONE, query = "" } = sent;
  const [method = "", path = ""] = route.split(" ");
  const concrete = path.replace("{election_id}", electionId).replaceAll(/\{\w+\}/g, NONE);
  const hasBody = body !== undefined || (method !== "GET" && method !== "DELETE");
  const response = await fetch(`${url}/api/v1${concrete}${query}`, {
    method,
    headers: { ...(hasBody && { "content-type": "application/json" }), ...headers },
    ...(hasBody && { body: typeof body === "string" ? body : JSON.stringify(body ?? {}) }),
  });
  const text = await response.text();
  return { status: response.status, json: text.startsWith("{") ? JSON.parse(text) : {}, headers: response.headers };
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const TURNED_AWAY: readonly number[] = [401, 403];
export const isTurnedAway = ({ status }: Answered): boolean => TURNED_AWAY.includes(status);
