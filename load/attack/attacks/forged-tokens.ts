import { createPublicKey, generateKeyPairSync } from "node:crypto";
import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  exportSPKI,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from "jose";
import type { Attack } from "#load/attack/attack.ts";
import { ask, bearer, isTurnedAway, OFFICE_ROUTES, type Office, officeOf, signIn } from "#load/attack/shared/office.ts";
import { discover, type Tokens, tokensOf } from "#load/shared/provider-tokens.ts";
import { grouped } from "#load/shared/report.ts";
import { VOTERS_CLIENT } from "#local/identity/contract.ts";
import { startIdentity } from "#local/identity/identity.ts";

const SOON_S = 3_600;

/** An officer's token with other claims, under the signature of the true one. */
function altered(token: string, change: JWTPayload): string {
  const [header = "", , signature = ""] = token.split(".");
  const payload = Buffer.from(JSON.stringify({ ...decodeJwt(token), ...change })).toString("base64url");
  return `${header}.${payload}.${signature}`;
}

/** The provider's public key, as whoever confuses algorithms takes it for a secret: as PEM and as DER. */
async function publicKeyOf(issuer: string, token: string): Promise<readonly Uint8Array[]> {
  const { jwks_uri } = await discover(issuer);
  const { alg = "", kid = "" } = decodeProtectedHeader(token);
  const pem = await exportSPKI(await createRemoteJWKSet(new URL(jwks_uri))({ alg, kid }));
  const der = createPublicKey(pem).export({ type: "spki", format: "der" });
  return [Buffer.from(pem), Buffer.from(`${pem}\n`), der];
}

/** What the office's provider never gave to an officer for the office. */
async function forgeries({ url, issuers }: Office, { access_token, id_token }: Tokens): Promise<readonly string[]> {
  const claims = decodeJwt(access_token);
  const { alg = "RS256", kid = "", typ } = decodeProtectedHeader(access_token);
  const header = { kid, ...(typ !== undefined && { typ }) };
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const publicKeys = await publicKeyOf(issuers.office, access_token);
  const voter = await tokensOf({
    ...{ issuer: issuers.voters, name: "100000001", clientId: VOTERS_CLIENT, scope: "openid" },
    redirectUri: `${url}/en/vote/signed-in`,
  });
  const elsewhere = await startIdentity();
  try {
    await elsewhere.serve(url);
    const stranger = await signIn({ url, issuers: elsewhere.issuers }, "officer");
    const longer = { exp: (claims.exp ?? 0) + SOON_S };
    const byHmac = publicKeys.map((secret) =>
      new SignJWT(claims).setProtectedHeader({ ...header, alg: "HS256" }).sign(secret),
    );
    return [
      "officer",
      new UnsecuredJWT(claims).encode(),
      `${access_token.split(".").slice(0, 2).join(".")}.`,
      `${access_token.slice(0, -8)}AAAAAAAA`,
      altered(access_token, longer),
      altered(access_token, { groups: ["officer", "registrar", "auditor"] }),
      altered(access_token, { aud: "elsewhere" }),
      id_token,
      voter.id_token,
      voter.access_token,
      stranger.access_token,
      await new SignJWT(claims).setProtectedHeader({ ...header, alg }).sign(privateKey),
      ...(await Promise.all(byHmac)),
    ];
  } finally {
    await elsewhere.stop();
  }
}

export const forgedTokens: Attack = {
  name: "forged-tokens",
  attacker: "outsider",
  told: "whoever has no token of the office's asks for each of its routes: without one, with one that is unsigned, altered, an ID token, a voter's, an unrelated issuer's, signed with a key of their own under the true one's name, or by HMAC with the provider's public key",
  isShort: true,
  async run({ system, isFull, onProgress }) {
    const office = officeOf(system);
    const tokens = await signIn(office, "officer");
    const forged = await forgeries(office, tokens);
    const headers = [{}, ...forged.map(bearer)];
    const routes = isFull ? OFFICE_ROUTES : OFFICE_ROUTES.slice(0, 8);
    let tried = 0;
    let answered = 0;
    for (const [route] of routes) {
      for (const header of headers) {
        if (!isTurnedAway(await ask(office, route, { headers: header }))) answered++;
        onProgress({ step: "asking", done: ++tried, total: routes.length * headers.length });
      }
    }
    // The true one, or it would be no proof that the others are turned away.
    const { status } = await ask(office, "GET /office/me", { headers: bearer(tokens.access_token) });
    return {
      tried,
      learnt: `${grouped(answered)} requests on ${routes.length} routes got past the sign-in`,
      isRepelled: answered === 0 && status === 200,
    };
  },
};
