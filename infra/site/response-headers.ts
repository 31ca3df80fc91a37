import { Duration } from "aws-cdk-lib";
import { HeadersReferrerPolicy, ResponseHeadersPolicy } from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import type { headersAt } from "#infra/site/rules.ts";

/** Returning browsers use only TLS for two years, as preload lists require. The laptop has no TLS. */
const strictTransportSecurity = {
  accessControlMaxAge: Duration.days(730),
  includeSubdomains: true,
  override: true,
};
const contentTypeOptions = { override: true };

/** The headers that the laptop sends with the site, and strict transport security. */
export function siteHeaders(
  scope: Construct,
  id: string,
  { headers, comment }: Readonly<{ headers: ReturnType<typeof headersAt>; comment: string }>,
): ResponseHeadersPolicy {
  const { "content-security-policy": contentSecurityPolicy, ...others } = headers;
  return new ResponseHeadersPolicy(scope, id, {
    comment,
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
}

/** The API sets the rest itself: its documentation has a content security policy of its own. */
export const apiHeaders = (scope: Construct, id: string): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, id, {
    comment: "Scrutin: the API",
    securityHeadersBehavior: { contentTypeOptions, strictTransportSecurity },
  });
