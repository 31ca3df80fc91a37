import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from "jose";
import type { VoterIdentity } from "#core/identity.ts";
import { type ProviderKeys, ProviderSilent } from "#functions/submit/provider-keys.ts";

/** A voter's ID token, from the header of a request: read, judged and forgotten. Neither it nor anything of it is logged. */

export type TokenFault =
  | "sign-in-needed"
  | "sign-in-invalid"
  | "sign-in-expired"
  | "wrong-issuer"
  | "wrong-audience"
  | "no-claim";

/** Who the provider says the voter is, and what the token is bound to. */
export type ReadToken =
  | Readonly<{ ok: true; claim: string; nonce: string | undefined }>
  | Readonly<{ ok: false; slug: TokenFault }>
  | Readonly<{ ok: false; slug: "provider-silent"; retryAfterSeconds: number }>;

/** Signatures that only the provider can make: never `none`, never HMAC, whose key would be the public one. */
const ALGORITHMS = ["RS256", "ES256", "EdDSA"];
const CLOCKS_DIFFER_SECONDS = 30;
const LONGEST_TOKEN = 8192;
const LONGEST_CLAIM = 200;

const BEARER = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)$/i;

function faultOf(error: unknown): TokenFault | undefined {
  if (error instanceof errors.JWTExpired) return "sign-in-expired";
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === "iss") return "wrong-issuer";
    return error.claim === "aud" ? "wrong-audience" : "sign-in-invalid";
  }
  return error instanceof errors.JOSEError || error instanceof TypeError ? "sign-in-invalid" : undefined;
}

/** The claim as the roll has it; undefined when it is no text or number that could be there. */
function claimIn(payload: JWTPayload, name: string): string | undefined {
  const value = Object.hasOwn(payload, name) ? payload[name] : undefined;
  const text = Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === "string" && text.trim() !== "" && text.length <= LONGEST_CLAIM ? text : undefined;
}

/** Whether it is for the ballot page, and an ID token: providers sign other things with the same keys. */
function isForPage({ azp, events }: JWTPayload, { clientId, audience }: VoterIdentity): boolean {
  return events === undefined && (audience !== undefined || azp === undefined || azp === clientId);
}

export type TokenReader = (
  authorization: string | undefined,
  identity: VoterIdentity,
  atMs: number,
) => Promise<ReadToken>;

export function tokenReader(keysOf: ProviderKeys): TokenReader {
  return async (authorization = "", identity, atMs) => {
    if (authorization.trim() === "") return { ok: false, slug: "sign-in-needed" };
    const token = BEARER.exec(authorization.trim())?.[1];
    if (token === undefined || token.length > LONGEST_TOKEN) return { ok: false, slug: "sign-in-invalid" };
    const { issuer, clientId, audience = clientId } = identity;
    try {
      // Another provider's token has this one asked for no keys.
      if (decodeJwt(token).iss !== issuer) return { ok: false, slug: "wrong-issuer" };
      const { alg = "", kid } = decodeProtectedHeader(token);
      if (!ALGORITHMS.includes(alg)) return { ok: false, slug: "sign-in-invalid" };
      const { payload } = await jwtVerify(token, await keysOf(issuer, kid), {
        ...{ issuer, audience, algorithms: ALGORITHMS, requiredClaims: ["exp"] },
        ...{ clockTolerance: CLOCKS_DIFFER_SECONDS, currentDate: new Date(atMs) },
      });
      if (!isForPage(payload, identity)) return { ok: false, slug: "wrong-audience" };
      const claim = claimIn(payload, identity.claim);
      if (claim === undefined) return { ok: false, slug: "no-claim" };
      const { nonce } = payload;
      if (nonce !== undefined && typeof nonce !== "string") return { ok: false, slug: "sign-in-invalid" };
      return { ok: true, claim, nonce };
    } catch (error) {
      if (error instanceof ProviderSilent) {
        return { ok: false, slug: "provider-silent", retryAfterSeconds: error.retryAfterSeconds };
      }
      const slug = faultOf(error);
      if (slug === undefined) throw error;
      return { ok: false, slug };
    }
  };
}
