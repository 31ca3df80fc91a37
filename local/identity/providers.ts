import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import Provider, { type Account, type ClientMetadata, type Configuration } from "oidc-provider";
import { OFFICE_ACCOUNTS, VOTER_NUMBER } from "#local/identity/accounts.ts";
import { OFFICE_CLIENT, OFFICE_SCOPE, VOTERS_CLIENT } from "#local/identity/contract.ts";
import { failedPage, signOutPage } from "#local/identity/pages.ts";
import { answerSignIn, SIGN_IN_PATH, type SignIn } from "#local/identity/sign-in.ts";

/** The two providers of the laptop: the office's, and the voters'. Each has its issuer, accounts and cookies. */

export type Mounted = Readonly<{
  path: string;
  handle(request: IncomingMessage, response: ServerResponse): void;
}>;

type Place = Readonly<{
  origin: string;
  path: string;
  /** Where the site is served. */
  siteUrl: string;
  jwks: Readonly<{ keys: JWK[] }>;
}>;

const ACCESS_TOKEN_SECONDS = 5 * 60;
const ID_TOKEN_SECONDS = 10 * 60;
const SESSION_SECONDS = 12 * 60 * 60;
const LANGUAGES = ["fr", "en"] as const;

/** What access tokens are for, where a request does not say. */
const OFFICE_RESOURCE = "urn:scrutin:office";

/** New ones with each start: whoever is signed in signs in again. */
export async function providerKeys(): Promise<Place["jwks"]> {
  const keys = ["RS256", "ES256"].map(async (alg) => {
    const { privateKey } = await generateKeyPair(alg, { extractable: true });
    return { ...(await exportJWK(privateKey)), alg, use: "sig", kid: randomBytes(8).toString("hex") };
  });
  return { keys: await Promise.all(keys) };
}

/** What both have in common. */
function common({ path, siteUrl, jwks }: Place, name: string): Configuration {
  return {
    jwks: { keys: [...jwks.keys] } as NonNullable<Configuration["jwks"]>,
    // Of the path alone, so that the site, on another port of the same host, is never sent them.
    cookies: {
      names: { session: `${name}_session`, interaction: `${name}_interaction`, resume: `${name}_resume` },
      long: { path, httpOnly: true, sameSite: "lax", signed: true },
      short: { httpOnly: true, sameSite: "lax", signed: true },
      keys: [randomBytes(32).toString("hex")],
    },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: signOutPage },
    },
    interactions: { url: (_, { uid }) => `${path}${SIGN_IN_PATH}${uid}` },
    // The clients are ours: there is nothing to consent to.
    async loadExistingGrant({ oidc }) {
      const { client, session, provider, params } = oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      // One for all tabs of a session: a second grant in its place would end what the first tab may renew.
      const known = session.grantIdFor(client.clientId);
      const found = known === undefined ? undefined : await provider.Grant.find(known);
      const isTheirs = found?.accountId === session.accountId;
      const grant =
        (isTheirs ? found : undefined) ??
        new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      const scope = String(params?.scope ?? "openid");
      grant.addOIDCScope(scope);
      for (const resource of [params?.resource ?? []].flat()) grant.addResourceScope(String(resource), scope);
      grant.addResourceScope(OFFICE_RESOURCE, OFFICE_SCOPE);
      await grant.save();
      return grant;
    },
    clientBasedCORS: (_, origin) => origin === siteUrl,
    renderError: failedPage,
    rotateRefreshToken: true,
    conformIdTokenClaims: false,
    ttl: {
      AccessToken: ACCESS_TOKEN_SECONDS,
      IdToken: ID_TOKEN_SECONDS,
      AuthorizationCode: 60,
      Interaction: 30 * 60,
      Session: SESSION_SECONDS,
      Grant: SESSION_SECONDS,
      RefreshToken: SESSION_SECONDS,
    },
  };
}

/** A page's script keeps no secret: it proves itself by PKCE. */
function page(
  clientId: string,
  { back, afterwards = [] }: Readonly<{ back: readonly string[]; afterwards?: readonly string[] }>,
  ...grants: readonly string[]
): ClientMetadata {
  return {
    client_id: clientId,
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", ...grants],
    response_types: ["code"],
    redirect_uris: [...back],
    post_logout_redirect_uris: [...afterwards],
  };
}

function mount(
  { origin, path, siteUrl }: Place,
  configuration: Configuration,
  accounts: Pick<SignIn, "isOffice" | "isAccount">,
): Mounted {
  const provider = new Provider(`${origin}${path}`, configuration);
  const answer = provider.callback();
  return {
    path,
    handle(request, response) {
      const url = request.url ?? "/";
      if (url.startsWith(`${path}${SIGN_IN_PATH}`)) {
        answerSignIn({ provider, siteUrl, ...accounts }, request, response);
        return;
      }
      // As a framework that mounts it would: the provider finds its path by the difference.
      Object.assign(request, { originalUrl: url, url: url.slice(path.length) });
      void answer(request, response);
    },
  };
}

const accountOf = (accountId: string, claims: Readonly<Record<string, unknown>>): Account => ({
  accountId,
  claims: () => ({ sub: accountId, ...claims }),
});

/** What a token says of somebody of the office. */
function officeClaims(accountId: string): Readonly<Record<string, unknown>> {
  const { name, groups } = OFFICE_ACCOUNTS[accountId] ?? { name: accountId, groups: [] };
  return { name, preferred_username: accountId, groups };
}

export function officeProvider(place: Place): Mounted {
  const both = common(place, "office");
  const pages = (name: string) => LANGUAGES.map((language) => `${place.siteUrl}/${language}/office/${name}`);
  const configuration: Configuration = {
    ...both,
    clients: [page(OFFICE_CLIENT, { back: pages("signed-in"), afterwards: pages("signed-out") }, "refresh_token")],
    scopes: ["openid", "profile", "offline_access", OFFICE_SCOPE],
    claims: { openid: ["sub"], profile: ["name", "preferred_username", "groups"] },
    features: {
      ...both.features,
      // Access tokens are for the API, as JWT, whether or not it is named.
      resourceIndicators: {
        enabled: true,
        defaultResource: () => OFFICE_RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: OFFICE_SCOPE,
          audience: OFFICE_CLIENT,
          accessTokenFormat: "jwt",
          accessTokenTTL: ACCESS_TOKEN_SECONDS,
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
    findAccount: (_, accountId) =>
      accountId in OFFICE_ACCOUNTS ? accountOf(accountId, officeClaims(accountId)) : undefined,
    extraTokenClaims: ({ oidc: { entities } }, token) => {
      if (!("accountId" in token)) return undefined;
      // As Cognito says it: a token that was renewed after signing out is one of the session before.
      const { authTime } = entities.RefreshToken ?? entities.AuthorizationCode ?? {};
      return { ...officeClaims(String(token.accountId)), auth_time: authTime };
    },
    issueRefreshToken: () => true,
  };
  return mount(place, configuration, { isOffice: true, isAccount: (name) => name in OFFICE_ACCOUNTS });
}

export function votersProvider(place: Place): Mounted {
  const back = LANGUAGES.map((language) => `${place.siteUrl}/${language}/vote/signed-in`);
  const configuration: Configuration = {
    ...common(place, "voters"),
    clients: [page(VOTERS_CLIENT, { back })],
    scopes: ["openid"],
    claims: { openid: ["sub", "voter_number"] },
    findAccount: (_, accountId) =>
      VOTER_NUMBER.test(accountId) ? accountOf(accountId, { voter_number: accountId }) : undefined,
  };
  return mount(place, configuration, { isOffice: false, isAccount: (name) => VOTER_NUMBER.test(name) });
}
