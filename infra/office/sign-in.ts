import { Aws } from "aws-cdk-lib";
import type { Config } from "#infra/config.ts";

/** By whom the office signs in: the stage's own user pool, or the issuer of its configuration. */
export type OfficeSignIn = Readonly<{
  issuer: string;
  /** Of access tokens. */
  audience: string;
  /** What the office's pages are at the issuer. */
  clientId: string;
  /** What they ask for, separated by spaces. */
  asksFor: string;
  /** RFC 8707; empty where the issuer needs none. */
  resource: string;
  /** Where the issuer has a way of its own to sign out; empty otherwise. */
  signOut: string;
}>;

/** A scope of ours: an ID token has none, so that it is no key to the API. Its first part names the resource server. */
export const POOL_SCOPE = { server: "scrutin", name: "office" } as const;

/** The scope that a token must have; undefined where any does. */
export const officeScope = ({ officeIssuer, officeScope: scope }: Config): string | undefined =>
  officeIssuer === undefined ? `${POOL_SCOPE.server}/${POOL_SCOPE.name}` : scope;

/** The host name of the user pool's sign-in pages. Prefixes are unique in a region: the account makes this one so. */
export const poolDomainPrefix = ({ stage }: Pick<Config, "stage">): string => `scrutin-${stage}-${Aws.ACCOUNT_ID}`;
const poolDomain = (config: Config): string =>
  `https://${poolDomainPrefix(config)}.auth.${config.region}.amazoncognito.com`;

/** The origins that the office's pages ask for tokens. */
export function officeOrigins(config: Config): readonly string[] {
  if (config.officeIssuer !== undefined) return [new URL(config.officeIssuer).origin];
  return [`https://cognito-idp.${config.region}.amazonaws.com`, poolDomain(config)];
}

/** @param pool the stage's, where its configuration names no issuer */
export function officeSignIn(
  config: Config,
  pool: Readonly<{ issuer: string; clientId: string }> | undefined,
): OfficeSignIn {
  const scopes = ["openid", "profile", ...[officeScope(config) ?? []].flat()];
  const { officeIssuer, officeAudience = "", officeClientId = officeAudience } = config;
  if (officeIssuer !== undefined) {
    return {
      issuer: officeIssuer,
      audience: officeAudience,
      clientId: officeClientId,
      asksFor: [...new Set(scopes)].join(" "),
      // An address names an API: the issuer must be asked for it. Any other audience is the client's own.
      resource: URL.canParse(officeAudience) ? officeAudience : "",
      signOut: "",
    };
  }
  if (pool === undefined) throw new Error("a stage without officeIssuer has a user pool");
  return {
    issuer: pool.issuer,
    audience: pool.clientId,
    clientId: pool.clientId,
    asksFor: scopes.join(" "),
    resource: "",
    signOut: `${poolDomain(config)}/logout`,
  };
}
