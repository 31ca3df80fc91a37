import type { Context } from "aws-lambda";
import type { HttpAnswer, HttpEvent, HttpHandler } from "#functions/runtime/http.ts";
import type { OfficeDependencies } from "#functions/runtime/office/dispatcher.ts";

/** A request to the office, with the claims of a token that API Gateway has verified. */

export const NOW = Date.parse("2030-05-01T12:00:00Z");

export type Claims = Readonly<Record<string, string>>;

/** Of somebody who signed in a minute ago. @param groups as in `officer auditor` */
export const claims = (subject: string, groups: string, more: Claims = {}): Claims => ({
  sub: subject,
  name: `Name of ${subject}`,
  iat: String(NOW / 1000 - 60),
  exp: String(NOW / 1000 + 240),
  groups: `[${groups}]`,
  ...more,
});

/** An act as the audit has it in the end; `begun` while it has not ended. */
export type RecordedAct = Parameters<OfficeDependencies["audit"]["begin"]>[0] & { outcome: string };

/** What the dispatcher needs, for one officer who signed in and never out. @param recorded is told every act */
export const officeOf = (recorded: RecordedAct[] = []): OfficeDependencies => ({
  tokens: { groupsClaim: "groups", scope: "", viewerAddressHeader: "" },
  signedOutAtMs: async () => undefined,
  audit: {
    async begin(act) {
      const entry = { ...act, outcome: "begun" };
      recorded.push(entry);
      return async ({ outcome }) => {
        entry.outcome = outcome;
      };
    },
  },
  propose: undefined,
  now: () => NOW,
});

export type Asked = Readonly<{
  route: string;
  as?: Claims;
  parameters?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  language?: string;
}>;

export async function ask(
  handler: HttpHandler,
  { route, as, parameters, query, body, language = "en" }: Asked,
): Promise<HttpAnswer & { json: Record<string, unknown> }> {
  const [method = "", path = ""] = route.split(" ");
  const event = {
    routeKey: `${method} /api/v1${path}`,
    headers: { "content-type": "application/json", "accept-language": language },
    ...(parameters !== undefined && { pathParameters: parameters }),
    ...(query !== undefined && { queryStringParameters: query }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
    requestContext: {
      http: { sourceIp: "192.0.2.7" },
      ...(as !== undefined && { authorizer: { jwt: { claims: as, scopes: null } } }),
    },
  } as unknown as HttpEvent;
  const answer = await handler(event, {} as Context);
  return { ...answer, json: JSON.parse(String(answer.body)) };
}
