import type { AuditOutcome } from "#core/audit.ts";
import { Refusal } from "#core/refusal.ts";
import { fieldErrors } from "#functions/runtime/field-errors.ts";
import { type HttpAnswer, type HttpEvent, type HttpHandler, languageOf, problem } from "#functions/runtime/http.ts";
import { readJsonBody } from "#functions/runtime/json-body.ts";
import { BodyFault, type OfficeCall, type ProposedRequest } from "#functions/runtime/office/call.ts";
import { type Caller, callerOf, type TokenRules } from "#functions/runtime/office/caller.ts";
import { officeProblem } from "#functions/runtime/office/office-problems.ts";
import type { OfficeHandlers, OfficeRoute, OfficeRoutes } from "#functions/runtime/office/routes.ts";
import type { AuditTable } from "#storage/audit-table.ts";

/** Brings each request to its handler: only of somebody who is signed in and may, and every act is recorded. */

export type OfficeDependencies = Readonly<{
  tokens: TokenRules;
  /** When somebody last signed out everywhere, in milliseconds since 1970; undefined when not lately. */
  signedOutAtMs: (subject: string) => Promise<number | undefined>;
  audit: AuditTable;
  /** Keeps what needs a second officer, and answers so; undefined where the stage asks for one only. */
  propose: ((call: OfficeCall) => Promise<HttpAnswer>) | undefined;
  now: () => number;
}>;

const API_PREFIX = "/api/v1";
/** The route of a request as the rooms' tables have it; `GET` for `HEAD`. */
export const routeOf = ({ routeKey }: Pick<HttpEvent, "routeKey">): string =>
  routeKey.replace(` ${API_PREFIX}`, " ").replace(/^HEAD /, "GET ");
const MOST_BYTES = 500_000;
/** Of a definition within a request. */
const DEEPEST_NESTING = 12;
const LONGEST_REASON = 500;

/** Whether somebody signed in before they signed out everywhere. A token tells seconds only. */
const isSignedOut = ({ signedInAt }: Caller, outAtMs: number | undefined): boolean =>
  outAtMs !== undefined && signedInAt <= Math.floor(outAtMs / 1000);

function reasonOf(body: unknown): string | undefined {
  const reason = typeof body === "object" && body !== null && "reason" in body ? body.reason : undefined;
  return typeof reason === "string" && reason !== "" ? reason.slice(0, LONGEST_REASON) : undefined;
}

const ACCEPTED = 202;
const PROPOSED_HEADER = "scrutin-proposed";

function outcomeOf({ statusCode = 200, headers }: HttpAnswer): AuditOutcome {
  if (statusCode >= 400) return "refused";
  return statusCode === ACCEPTED && headers?.[PROPOSED_HEADER] !== undefined ? "proposed" : "done";
}

/** Marks an answer as that of a proposal, which the audit then calls so. */
export const asProposed = (answer: HttpAnswer): HttpAnswer => ({
  ...answer,
  statusCode: ACCEPTED,
  headers: { ...answer.headers, [PROPOSED_HEADER]: "1" },
});

export function createOfficeHandler<Routes extends OfficeRoutes>(
  routes: Routes,
  handlers: OfficeHandlers<Routes>,
  { tokens, signedOutAtMs, audit, propose, now }: OfficeDependencies,
): HttpHandler {
  const answerTo = async (handler: OfficeHandlers<Routes>[keyof Routes], call: OfficeCall): Promise<HttpAnswer> => {
    try {
      return await handler(call);
    } catch (error) {
      if (error instanceof Refusal) {
        return problem("refused", call.language, { details: { why: error.in(call.language) } });
      }
      if (!(error instanceof BodyFault)) throw error;
      return officeProblem("invalid-request", call.language, { errors: fieldErrors(error.issues, call.language) });
    }
  };

  /** Records an act before it is done, and how it ended. */
  const audited = async (
    { act }: OfficeRoute,
    call: OfficeCall,
    handler: OfficeHandlers<Routes>[keyof Routes],
  ): Promise<HttpAnswer> => {
    if (act === undefined) return answerTo(handler, call);
    const { caller, who, parameters, body, atMs } = call;
    const reason = reasonOf(body);
    const ended = await audit.begin({
      electionId: parameters.election_id,
      atMs,
      act,
      who,
      subject: caller.subject,
      address: caller.address,
      ...(reason !== undefined && { reason }),
    });
    let outcome: AuditOutcome = "failed";
    try {
      const answer = await answerTo(handler, call);
      outcome = outcomeOf(answer);
      return answer;
    } finally {
      await ended({ outcome, untilMs: now() });
    }
  };

  const confirmed =
    (confirming: Omit<OfficeCall, "perform">) =>
    async ({ route: key, parameters, body, by }: ProposedRequest): Promise<HttpAnswer> => {
      const { [key]: route } = routes;
      const { [key as keyof Routes]: handler } = handlers;
      if (route === undefined || by.subject === confirming.caller.subject || !maySend(confirming.caller, route)) {
        return problem("not-allowed", confirming.language);
      }
      const who = `${by.name}, confirmed by ${confirming.caller.name}`;
      const call = { ...confirming, route: key, parameters, body, who, perform: neverTwice };
      return audited(route, call, handler);
    };

  return async (event) => {
    const language = languageOf(event);
    const atMs = now();
    const key = routeOf(event);
    const { [key]: route } = routes;
    const { [key as keyof Routes]: handler } = handlers;
    if (route === undefined) return problem("no-such-route", language);

    const caller = callerOf(event, tokens, atMs);
    if (caller === undefined) return problem("not-signed-in", language);
    if (isSignedOut(caller, await signedOutAtMs(caller.subject))) return problem("signed-out", language);
    if (!maySend(caller, route)) return problem("not-allowed", language);

    const hasBody = event.body !== undefined && event.body !== "";
    const read = hasBody ? readJsonBody(event, route.mostBytes ?? MOST_BYTES, DEEPEST_NESTING) : undefined;
    if (read !== undefined && !read.ok) return officeProblem(read.slug, language);
    const asked = {
      route: key,
      caller,
      who: caller.name,
      parameters: definedIn(event.pathParameters),
      query: definedIn(event.queryStringParameters),
      body: read?.body,
      language,
      atMs,
    };
    const call: OfficeCall = { ...asked, perform: confirmed(asked) };
    const isProposed = route.needsTwo === true && propose !== undefined;
    return audited(route, call, isProposed ? propose : handler);
  };
}

const maySend = ({ groups }: Caller, route: OfficeRoute): boolean =>
  groups.some((group) => route.groups.includes(group));

const neverTwice = (): Promise<HttpAnswer> => Promise.reject(new Error("what was confirmed cannot confirm"));

function definedIn(values: Readonly<Record<string, string | undefined>> | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
