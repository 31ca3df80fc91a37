import { createHash, randomBytes } from "node:crypto";
import * as z from "zod";
import { DEMO_PASSWORD } from "#local/identity/accounts.ts";
import { OFFICE_CLIENT, OFFICE_SCOPE } from "#local/identity/contract.ts";

/** Signs somebody in at the laptop's provider as a browser would, without one: authorization code and PKCE. */

const Discovered = z.object({
  issuer: z.url(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  revocation_endpoint: z.url(),
  end_session_endpoint: z.url(),
});

export const Tokens = z.object({
  access_token: z.string(),
  id_token: z.string(),
  refresh_token: z.string().optional(),
  expires_in: z.number(),
});
export type Tokens = z.infer<typeof Tokens>;

export async function discover(issuer: string): Promise<z.infer<typeof Discovered>> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  return Discovered.parse(await response.json());
}

export type SignIn = Readonly<{
  issuer: string;
  name: string;
  password?: string;
  clientId?: string;
  scope?: string;
  nonce?: string;
  /** Where the sign-in leads back to: an address that the provider knows. */
  redirectUri: string;
}>;

type Step = Readonly<{ location: string | undefined; status: number; body: string }>;

/** A browser's cookies, and one request of it that follows no redirect. */
export function visitor() {
  const cookies = new Map<string, string>();
  return async (address: string, init: RequestInit = {}): Promise<Step> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(address, { ...init, headers: { ...init.headers, cookie }, redirect: "manual" });
    for (const set of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get("location");
    return {
      location: location === null ? undefined : new URL(location, address).href,
      status: response.status,
      body: await response.text(),
    };
  };
}

/** The address, with its code, that the provider leads back to. Throws when it leads to none. */
async function codeOf({ issuer, redirectUri, ...signIn }: SignIn, challenge: string): Promise<string> {
  const { name, password = DEMO_PASSWORD, clientId = OFFICE_CLIENT, nonce } = signIn;
  const { authorization_endpoint } = await discover(issuer);
  const visit = visitor();
  const question = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    redirect_uri: redirectUri,
    scope: signIn.scope ?? `openid profile ${OFFICE_SCOPE}`,
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...(nonce !== undefined && { nonce }),
  });
  const asked = await visit(`${authorization_endpoint}?${question}`);
  if (asked.location === undefined) throw new Error(`the provider refuses the request: ${asked.body}`);
  let next = await visit(asked.location, {
    method: "POST",
    body: new URLSearchParams({ name, password }),
  });
  if (next.location === undefined) throw new Error(`the provider refuses ${name}: ${next.status}`);
  while (next.location !== undefined && !next.location.startsWith(redirectUri)) next = await visit(next.location);
  const code = new URL(next.location ?? issuer).searchParams.get("code");
  if (code === null) throw new Error(`the provider gives no code: ${next.location ?? next.body}`);
  return code;
}

/** Asks for tokens. Throws with the provider's answer when it gives none. */
export async function askTokens(issuer: string, body: Readonly<Record<string, string>>): Promise<Tokens> {
  const { token_endpoint } = await discover(issuer);
  const response = await fetch(token_endpoint, { method: "POST", body: new URLSearchParams(body) });
  if (!response.ok) throw new Error(`the provider gives no token: ${await response.text()}`);
  return Tokens.parse(await response.json());
}

export async function tokensOf(signIn: SignIn): Promise<Tokens> {
  const verifier = randomBytes(32).toString("base64url");
  const code = await codeOf(signIn, createHash("sha256").update(verifier).digest("base64url"));
  return askTokens(signIn.issuer, {
    grant_type: "authorization_code",
    client_id: signIn.clientId ?? OFFICE_CLIENT,
    redirect_uri: signIn.redirectUri,
    code,
    code_verifier: verifier,
  });
}
