import * as z from "zod/mini";
import { isOfficeGroup, type OfficeGroup } from "#core/office-groups.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { viewerAddress } from "#functions/runtime/viewer-address.ts";

/** Who made a request, by the token that API Gateway's authorizer has verified. */

export type Caller = Readonly<{
  subject: string;
  /** As people know them; recorded with what they do. */
  name: string;
  groups: readonly OfficeGroup[];
  /** The network address that they work from. */
  address: string;
  /** When they signed in, or when the token was issued where it does not say, in seconds since 1970. */
  signedInAt: number;
}>;

/** What of the stage's configuration says how tokens are read. */
export type TokenRules = Readonly<{
  /** The claim with the groups. */
  groupsClaim: string;
  /** That the token must have been given; empty for none. */
  scope: string;
  viewerAddressHeader: string;
}>;

const Claims = z.catchall(
  z.object({
    sub: z.string().check(z.minLength(1), z.maxLength(256)),
    iat: z.coerce.number(),
    exp: z.coerce.number(),
    auth_time: z.optional(z.coerce.number()),
    name: z.optional(z.string()),
    preferred_username: z.optional(z.string()),
    username: z.optional(z.string()),
    email: z.optional(z.string()),
    scope: z.optional(z.string()),
  }),
  z.unknown(),
);
const Authorized = z.object({ jwt: z.object({ claims: Claims }) });

const LONGEST_NAME = 100;

/** A claim that is a list arrives as `[one two]` (API Gateway guide, "Control access to HTTP APIs with JWT authorizers"). */
function listed(claim: unknown): readonly string[] {
  if (typeof claim !== "string") return [];
  return claim
    .replaceAll(/^\[|\]$/g, "")
    .split(/[\s,]+/)
    .filter((part) => part !== "");
}

/** Undefined where no valid token came with the request. */
export function callerOf(
  event: HttpEvent,
  { groupsClaim, scope, viewerAddressHeader }: TokenRules,
  atMs: number,
): Caller | undefined {
  const { authorizer } = event.requestContext as { authorizer?: unknown };
  const parsed = Authorized.safeParse(authorizer);
  if (!parsed.success) return undefined;
  const { claims } = parsed.data.jwt;
  if (claims.exp * 1000 <= atMs) return undefined;
  if (scope !== "" && !listed(claims.scope).includes(scope)) return undefined;
  const name = claims.name ?? claims.preferred_username ?? claims.email ?? claims.username ?? claims.sub;
  return {
    subject: claims.sub,
    name: name.slice(0, LONGEST_NAME),
    groups: listed(claims[groupsClaim]).filter(isOfficeGroup),
    address: viewerAddress(event, viewerAddressHeader),
    signedInAt: claims.auth_time ?? claims.iat,
  };
}
