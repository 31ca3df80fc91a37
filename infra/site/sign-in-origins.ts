import type { Config } from "#infra/config.ts";
import { officeOrigins } from "#infra/office/sign-in.ts";
import type { SignInOrigins } from "#infra/site/rules.ts";

/** Where pages of a stage sign people in: its issuers' origins, at which their endpoints must be too. */
export const signInOrigins = (config: Config): SignInOrigins => ({
  office: officeOrigins(config),
  vote: config.voterIssuers.map((issuer) => new URL(issuer).origin),
});
