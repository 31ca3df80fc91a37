import { Duration } from "aws-cdk-lib";
import { HeadersReferrerPolicy, ResponseHeadersPolicy } from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import { SECURITY_HEADERS } from "#infra/site/rules.ts";

/** Browsers that were here once come back by TLS only, for two years, as the preload lists ask. The laptop has no TLS. */
const strictTransportSecurity = {
  accessControlMaxAge: Duration.days(730),
  includeSubdomains: true,
  override: true,
};
const contentTypeOptions = { override: true };

const { "content-security-policy": contentSecurityPolicy, ...others } = SECURITY_HEADERS;

/** What the laptop sends with everything of the site, and TLS from now on. */
export const siteHeaders = (scope: Construct, id: string): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, id, {
    comment: "Scrutin: the site",
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      contentTypeOptions,
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity,
    },
    customHeadersBehavior: {
      customHeaders: (["cross-origin-opener-policy", "permissions-policy"] as const).map((header) => ({
        header,
        value: others[header],
        override: true,
      })),
    },
  });

/** The API's answers say the rest themselves: its documentation has a policy of its own. */
export const apiHeaders = (scope: Construct, id: string): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, id, {
    comment: "Scrutin: the API",
    securityHeadersBehavior: { contentTypeOptions, strictTransportSecurity },
  });
