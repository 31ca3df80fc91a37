import * as oauth from "oauth4webapi";
import type { Language } from "#core/language.ts";

/** The identity provider, by OpenID Connect: authorization code with PKCE, for a public client. Keeps nothing. */

/** `GET /office/sign-in`: all that the page needs to know of the provider. */
export type ProviderSettings = Readonly<{
  issuer: string;
  client_id: string;
  scope: string;
  resource?: string | undefined;
  /** Where the provider has its own way of signing out: gets `client_id` and `logout_uri`. */
  sign_out_url?: string | undefined;
}>;

/** In memory only. */
export type Tokens = Readonly<{
  access: string;
  refresh: string | undefined;
  /** By this device's clock, and counted from the answer. */
  expiresAtMs: number;
}>;

/** Between leaving for the provider and coming back: no token, and worthless without the answer to it. */
export type Pending = Readonly<{ state: string; nonce: string; verifier: string; from: string }>;

/**
 * Why nobody is signed in: the provider does not answer, it or the person refused, clocks differ too much, or the answer belongs to another
 * request.
 */
export type SignInFaultKind = "unreachable" | "refused" | "clock" | "stray" | "misconfigured";

export class SignInFault extends Error {
  override readonly name = "SignInFault";
  readonly kind: SignInFaultKind;

  constructor(kind: SignInFaultKind, options?: ErrorOptions) {
    super(kind, options);
    this.kind = kind;
  }
}

/** Clocks may differ by so much. */
const TOLERANCE_SECONDS = 60;
/** Of a token whose life the provider does not tell. */
const SHORTEST_LIFE_SECONDS = 60;
const PATIENCE_MS = 15_000;

/** On this machine there is no TLS. */
const isHere = (issuer: URL): boolean => ["localhost", "127.0.0.1"].includes(issuer.hostname);

function faultOf(error: unknown): SignInFault {
  if (error instanceof SignInFault) return error;
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) {
    return new SignInFault("refused", { cause: error });
  }
  if (error instanceof oauth.OperationProcessingError && error.code === oauth.JWT_TIMESTAMP_CHECK) {
    return new SignInFault("clock", { cause: error });
  }
  // A request that fails on its way, or takes too long.
  if (!(error instanceof oauth.OperationProcessingError)) return new SignInFault("unreachable", { cause: error });
  // Of another request, person or provider.
  const isStray = error.code === oauth.JWT_CLAIM_COMPARISON || error.code === oauth.INVALID_RESPONSE;
  if (isStray) return new SignInFault("stray", { cause: error });
  const isDown = error.code === oauth.RESPONSE_IS_NOT_CONFORM && (error.cause as Response | undefined)?.status !== 404;
  return new SignInFault(isDown ? "unreachable" : "misconfigured", { cause: error });
}

async function orFault<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw faultOf(error);
  }
}

export type Provider = Awaited<ReturnType<typeof findProvider>>;

/**
 * Finds the provider by its issuer.
 * @param origin the site's
 * @param skewMs how much the server's clock is ahead of this device's
 * @throws SignInFault, as do all of its acts
 */
export async function findProvider(settings: ProviderSettings, origin: string, skewMs = 0, now = Date.now) {
  const issuer = new URL(settings.issuer);
  const how = () => ({
    [oauth.allowInsecureRequests]: isHere(issuer),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const server = await orFault(async () =>
    oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, how())),
  );
  const client: oauth.Client = {
    client_id: settings.client_id,
    [oauth.clockSkew]: Math.round(skewMs / 1000),
    [oauth.clockTolerance]: TOLERANCE_SECONDS,
  };
  const more = settings.resource === undefined ? {} : { resource: settings.resource };

  const toTokens = (answer: oauth.TokenEndpointResponse, askedAtMs: number, refresh?: string): Tokens => ({
    access: answer.access_token,
    refresh: answer.refresh_token ?? refresh,
    expiresAtMs: askedAtMs + (answer.expires_in ?? SHORTEST_LIFE_SECONDS) * 1000,
  });

  return {
    /**
     * Begins a sign-in.
     * @param back the path that the provider leads back to
     * @param asksAgain whether somebody must type again, even if the provider still knows them
     */
    async begin({
      back,
      from,
      language,
      asksAgain,
    }: Readonly<{ back: string; from: string; language: Language; asksAgain: boolean }>) {
      const pending: Pending = {
        state: oauth.generateRandomState(),
        nonce: oauth.generateRandomNonce(),
        verifier: oauth.generateRandomCodeVerifier(),
        from,
      };
      if (server.authorization_endpoint === undefined) throw new SignInFault("misconfigured");
      const url = new URL(server.authorization_endpoint);
      const asked = {
        client_id: settings.client_id,
        response_type: "code",
        redirect_uri: origin + back,
        scope: settings.scope,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: "S256",
        ui_locales: language,
        ...(asksAgain && { prompt: "login" }),
        ...more,
      };
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      return { url: url.href, pending };
    },

    /** @param answer the query with which the provider led back to `back` */
    finish: (pending: Pending, back: string, answer: URLSearchParams): Promise<Tokens> =>
      orFault(async () => {
        if (answer.get("state") !== pending.state) throw new SignInFault("stray");
        const checked = oauth.validateAuthResponse(server, client, answer, pending.state);
        const askedAtMs = now();
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          oauth.None(),
          checked,
          origin + back,
          pending.verifier,
          { ...how(), additionalParameters: more },
        );
        const given = await oauth.processAuthorizationCodeResponse(server, client, response, {
          expectedNonce: pending.nonce,
          requireIdToken: true,
        });
        return toTokens(given, askedAtMs);
      }),

    renew: (refresh: string): Promise<Tokens> =>
      orFault(async () => {
        const askedAtMs = now();
        const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refresh, {
          ...how(),
          additionalParameters: more,
        });
        return toTokens(await oauth.processRefreshTokenResponse(server, client, response), askedAtMs, refresh);
      }),

    /** Where the provider can. */
    revoke: (token: string): Promise<void> =>
      orFault(async () => {
        if (server.revocation_endpoint === undefined) return;
        const response = await oauth.revocationRequest(server, client, oauth.None(), token, how());
        await oauth.processRevocationResponse(response);
      }),

    /** The provider's own sign-out, by the client's name: a token would be left in addresses. Undefined where it has none. */
    signOutAddress(back: string, language: Language): string | undefined {
      const own = settings.sign_out_url;
      const endpoint = own ?? server.end_session_endpoint;
      if (endpoint === undefined) return undefined;
      const url = new URL(endpoint);
      url.searchParams.set("client_id", settings.client_id);
      url.searchParams.set(own === undefined ? "post_logout_redirect_uri" : "logout_uri", origin + back);
      url.searchParams.set("ui_locales", language);
      return url.href;
    },
  };
}
