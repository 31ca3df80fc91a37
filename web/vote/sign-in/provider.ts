import * as oauth from "oauth4webapi";
import type { Language } from "#core/language.ts";
import type { PublicElection } from "#functions/elections/contract.ts";

/** Whoever signs voters in, by OpenID Connect: authorization code with PKCE, for a public client. Keeps nothing. */

export type Identity = NonNullable<PublicElection["identity"]>;

/** Between leaving for the provider and coming back: no token, and worthless without the answer to it. */
export type Asked = Readonly<{ state: string; nonce: string; verifier: string }>;

/** Why nobody is signed in; `stray` is an answer to another request. */
export type SignInFault = "silent" | "refused" | "stray" | "offline";

export class NotSignedIn extends Error {
  override readonly name = "NotSignedIn";
  readonly fault: SignInFault;
  constructor(fault: SignInFault, options?: ErrorOptions) {
    super(fault, options);
    this.fault = fault;
  }
}

const PATIENCE_MS = 15_000;
/** Devices have wrong clocks: the server judges whether a token has expired. */
const CLOCK_TOLERANCE_SECONDS = 2 * 24 * 60 * 60;

/** On this machine there is no TLS. */
const isHere = (issuer: URL): boolean => ["localhost", "127.0.0.1", "[::1]"].includes(issuer.hostname);

const how = (issuer: URL) => ({
  [oauth.allowInsecureRequests]: isHere(issuer),
  signal: AbortSignal.timeout(PATIENCE_MS),
});

async function discover(issuer: URL): Promise<oauth.AuthorizationServer> {
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, how(issuer)));
}

async function orSilent<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof NotSignedIn) throw error;
    const isRefused = error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError;
    throw new NotSignedIn(isRefused ? "refused" : "silent", { cause: error });
  }
}

/**
 * Where to sign in, once the provider has answered. Throws NotSignedIn when it does not.
 * @param nonceOf made of ballots that are sealed once it is known that somebody can sign in
 */
export function beginSignIn(
  { issuer: address, clientId, claim }: Identity,
  back: string,
  language: Language,
  nonceOf: () => Promise<string>,
): Promise<Readonly<{ url: string; asked: Asked }>> {
  return orSilent(async () => {
    const server = await discover(new URL(address));
    const { authorization_endpoint: endpoint } = server;
    if (endpoint === undefined) throw new NotSignedIn("silent");
    const asked = {
      state: oauth.generateRandomState(),
      nonce: await nonceOf(),
      verifier: oauth.generateRandomCodeVerifier(),
    };
    const url = new URL(endpoint);
    const parameters = {
      ...{ client_id: clientId, response_type: "code", redirect_uri: back, scope: "openid" },
      ...{ state: asked.state, nonce: asked.nonce, ui_locales: language },
      code_challenge: await oauth.calculatePKCECodeChallenge(asked.verifier),
      code_challenge_method: "S256",
      // Whoever used this device before may still be signed in there.
      prompt: "login",
      ...(server.claims_parameter_supported === true && {
        claims: JSON.stringify({ id_token: { [claim]: { essential: true } } }),
      }),
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return { url: url.href, asked };
  });
}

/** The token of whoever signed in, and its claim. Throws NotSignedIn. @param answer the query with which the provider led back */
export function finishSignIn(
  { issuer: address, clientId, claim }: Identity,
  asked: Asked,
  back: string,
  answer: URLSearchParams,
): Promise<Readonly<{ token: string; claim: string }>> {
  return orSilent(async () => {
    if (answer.get("state") !== asked.state) throw new NotSignedIn("stray");
    const issuer = new URL(address);
    const server = await discover(issuer);
    const client: oauth.Client = { client_id: clientId, [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS };
    const checked = oauth.validateAuthResponse(server, client, answer, asked.state);
    const response = await oauth.authorizationCodeGrantRequest(
      ...([server, client, oauth.None(), checked, back, asked.verifier, how(issuer)] as const),
    );
    const given = await oauth.processAuthorizationCodeResponse(server, client, response, {
      ...{ expectedNonce: asked.nonce, requireIdToken: true },
    });
    const said = oauth.getValidatedIdTokenClaims(given)?.[claim];
    return { token: given.id_token ?? "", claim: String(said ?? "") };
  });
}
