import { hash as digest } from "node:crypto";
import { normaliseFor, rollFields } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { nonceBallotBytes, nonceBytes } from "#core/sign-in-nonce.ts";
import type { BallotRequest } from "#functions/submit/ballot-request.ts";
import type { TokenFault, TokenReader } from "#functions/submit/id-token.ts";

/** Who casts a ballot: by the credentials in its request, or by the token of whoever signs voters in. */

export type Voter = Readonly<{
  ok: true;
  /** As they are on the roll, in the order of its fields. */
  values: readonly string[];
  /** What the ballot's signature is over. */
  typed: readonly string[];
}>;

export type Unknown = Readonly<{
  ok: false;
  slug: TokenFault | "wrong-nonce" | "provider-silent";
  retryAfterSeconds?: number;
}>;

/** @param authorization the request's header */
export type VoterReader = (
  authorization: string | undefined,
  definition: ElectionDefinition,
  request: BallotRequest,
  atMs: number,
) => Promise<Voter | Unknown>;

const sha256 = (bytes: Uint8Array): string => digest("sha256", bytes, "base64url");

/** Whether a token's nonce was made for this ballot. */
function isFor({ ballot, nonce: parts }: BallotRequest, nonce: string): boolean {
  if (ballot.kind !== "sealed" || parts === undefined) return false;
  const own = sha256(nonceBallotBytes(ballot));
  const { salt, ballots = [own] } = parts;
  return ballots.includes(own) && sha256(nonceBytes(salt, ballots)) === nonce;
}

/** A token without a nonce, as programs may have, casts what they send; one with a nonce, as the page's has, only its own ballots. */
export function voterReader(readToken: TokenReader): VoterReader {
  return async (authorization, definition, request, atMs) => {
    const { identity } = definition;
    if (identity === undefined) return { ok: true, values: request.credentialValues, typed: request.typedCredentials };
    const token = await readToken(authorization, identity, atMs);
    if (!token.ok) return token;
    if (token.nonce !== undefined && !isFor(request, token.nonce)) return { ok: false, slug: "wrong-nonce" };
    const values = rollFields(definition).map((field) => normaliseFor(field, token.claim));
    return { ok: true, values, typed: [token.claim] };
  };
}
