import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import * as z from "zod";

/**
 * Emulates the JWT authorizer of an HTTP API (API Gateway guide, "Control access to HTTP APIs with JWT authorizers"): issuer, audience,
 * times and signature by the issuer's published keys, then the scopes of the route.
 */

export type RouteAccess = Readonly<{
  issuer: string;
  audiences: readonly string[];
  /** The token must have one of them; any token does when empty. */
  scopes: readonly string[];
}>;

/** What a function is told of the token. */
export type Authorized = Readonly<{
  claims: Record<string, string>;
  scopes: string[] | null;
}>;

export type Judged =
  | Readonly<{ ok: true; authorized: Authorized }>
  | Readonly<{ ok: false; status: 401 | 403; message: "Unauthorized" | "Forbidden"; challenge: string }>;

/** API Gateway takes RSA only. With a list of ours no token can name `none`, or a public key as a shared secret. */
const ALGORITHMS = ["RS256", "RS384", "RS512"];
/** An issuer that does not answer in this time is as one that is down. */
const ANSWERS_WITHIN_MS = 3_000;
/** Keys are asked for again when a token names an unknown one, but no more often. */
const KEYS_ASKED_AGAIN_MS = 1_000;

const Discovered = z.object({ issuer: z.string(), jwks_uri: z.url() });

async function findKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    redirect: "error",
  });
  const { jwks_uri } = Discovered.parse(await response.json());
  return createRemoteJWKSet(new URL(jwks_uri), {
    timeoutDuration: ANSWERS_WITHIN_MS,
    cooldownDuration: KEYS_ASKED_AGAIN_MS,
  });
}

const found = new Map<string, Promise<JWTVerifyGetKey>>();

/** An issuer's keys, which are found once; again after a failure. */
function keysOf(issuer: string): Promise<JWTVerifyGetKey> {
  const known = found.get(issuer) ?? findKeys(issuer);
  found.set(issuer, known);
  known.catch(() => found.delete(issuer));
  return known;
}

/** A claim as API Gateway writes it: all are texts, and a list is `[one two]`. */
function written(claim: unknown): string {
  if (Array.isArray(claim)) return `[${claim.map(written).join(" ")}]`;
  if (typeof claim !== "object" || claim === null) return String(claim);
  const entries = Object.entries(claim).map(([name, value]) => `${name}:${written(value)}`);
  return `map[${entries.join(" ")}]`;
}

function scopesIn({ scope, scp }: JWTPayload): readonly string[] {
  return [scope ?? scp ?? []].flat().flatMap((each) => String(each).split(" "));
}

/** Whom the token is for: its audience, or its client where it names none, as an access token of Cognito. */
function audiencesIn({ aud, client_id }: JWTPayload): readonly string[] {
  return [aud ?? client_id ?? []].flat().map(String);
}

/** Why a token is refused, in words that API Gateway might use. */
function whyNot(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "the token has expired";
  if (error instanceof errors.JWTClaimValidationFailed) return `the token has an invalid ${error.claim}`;
  if (error instanceof errors.JWKSNoMatchingKey) return "the token is signed with an unknown key";
  if (error instanceof errors.JOSEError) return "the token is malformed, or not signed by its issuer";
  return "OIDC discovery endpoint communication error";
}

const unauthorized = (challenge: string): Judged => ({ ok: false, status: 401, message: "Unauthorized", challenge });
const invalid = (why: string): Judged =>
  unauthorized(`Bearer scope="" error="invalid_token" error_description="${why}"`);

/** @param header the request's `Authorization` */
export async function authorize(header: string | undefined, access: RouteAccess): Promise<Judged> {
  const { issuer, audiences, scopes } = access;
  const token = header?.replace(/^bearer\s+/i, "").trim() ?? "";
  if (token === "") return unauthorized("Bearer");
  let claims: JWTPayload;
  try {
    ({ payload: claims } = await jwtVerify(token, await keysOf(issuer), {
      issuer,
      algorithms: ALGORITHMS,
      requiredClaims: ["exp"],
    }));
  } catch (error) {
    return invalid(whyNot(error));
  }
  if (claims.iat !== undefined && claims.iat > Date.now() / 1000) return invalid("the token is not valid yet");
  if (!audiencesIn(claims).some((each) => audiences.includes(each)))
    return invalid("the token has an invalid audience");
  const given = scopesIn(claims).filter((each) => scopes.includes(each));
  if (scopes.length > 0 && given.length === 0) {
    const challenge = `Bearer scope="${scopes.join(" ")}" error="insufficient_scope"`;
    return { ok: false, status: 403, message: "Forbidden", challenge };
  }
  const texts = Object.entries(claims).map(([name, value]) => [name, written(value)] as const);
  return {
    ok: true,
    authorized: { claims: Object.fromEntries(texts), scopes: scopes.length === 0 ? null : [...given] },
  };
}
