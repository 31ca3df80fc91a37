import { CfnOutput, Duration, Stack, type StackProps, Validations } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AccessLevel,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import { OriginKeys } from "#infra/functions/origin-keys.ts";
import { apiBehaviour } from "#infra/site/api-behaviour.ts";
import { SiteFiles } from "#infra/site/files.ts";
import { Firewall } from "#infra/site/firewall.ts";
import { SiteLogs } from "#infra/site/logs.ts";
import { siteHeaders } from "#infra/site/response-headers.ts";
import { fileAt } from "#infra/site/rules.ts";

/** Where CloudFront takes its firewall, its certificate and its log from; the stack stands there whatever the votes' region. */
export const SITE_REGION = "us-east-1";

/** By itself CloudFront keeps an error for 10 s, whatever the API says, and would show it to the next voter in the first one's language. */
const NOTHING_WRONG_IS_KEPT = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((httpStatus) => ({
  httpStatus,
  ttl: Duration.seconds(0),
}));

export type SiteStackProps = StackProps &
  Readonly<{
    votingStack: Stack;
    /** UUID of this deployment; another one has another key made between CloudFront and the API. */
    deployment: string;
  }>;

/** What the public sees: CloudFront in front of the site's bucket and, under the same name, of the API. */
export class SiteStack extends Stack {
  constructor(scope: Construct, id: string, config: Config, { votingStack, deployment, ...props }: SiteStackProps) {
    super(scope, id, { ...props, env: { ...props.env, region: SITE_REGION } });
    // The API must be there to be pointed at, and its secret to take the key.
    this.addStackDependency(votingStack);

    const files = new SiteFiles(this, "Files", config);
    const { key, apiDomain } = new OriginKeys(this, config, { asks: votingStack, deployment });

    const distribution = new Distribution(this, "Distribution", {
      comment: `Scrutin ${config.stage}`,
      defaultRootObject: "index.html",
      defaultBehavior: this.#pages(files),
      additionalBehaviors: { "/api/*": apiBehaviour(this, { config, key, apiDomain }) },
      webAclId: new Firewall(this, "Firewall", config).arn,
      httpVersion: HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
      // North America and Europe. Edges elsewhere cost up to twice as much for a request and would be nearer to few voters.
      priceClass: PriceClass.PRICE_CLASS_100,
      errorResponses: NOTHING_WRONG_IS_KEPT,
      ...(config.domain !== undefined &&
        config.certificateArn !== undefined && {
          domainNames: [config.domain],
          certificate: Certificate.fromCertificateArn(this, "Certificate", config.certificateArn),
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        }),
    });
    this.#acknowledge(distribution, config);
    new SiteLogs(this, "AccessLog", config, distribution);

    new CfnOutput(this, "SiteUrl", { value: `https://${config.domain ?? distribution.distributionDomainName}` });
    new CfnOutput(this, "DistributionDomain", { value: distribution.distributionDomainName });
  }

  #pages({ bucket }: SiteFiles): BehaviorOptions {
    const pageAddress = new EdgeFunction(this, "PageAddress", {
      comment: "Every page's address leads to the one page",
      runtime: FunctionRuntime.JS_2_0,
      // Only here, not for the whole distribution: what the API has nothing for stays a 404.
      code: FunctionCode.fromInline(
        `${fileAt.toString()}\nfunction handler(event) {\n  event.request.uri = fileAt(event.request.uri);\n  return event.request;\n}\n`,
      ),
    });
    return {
      // Listing lets S3 answer 404 for a file that is not there, in place of a 403. Nobody can ask for the list: the bare
      // address leads to the page, and no query is passed on.
      origin: S3BucketOrigin.withOriginAccessControl(bucket, {
        originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: siteHeaders(this, "SiteHeaders"),
      functionAssociations: [{ function: pageAddress, eventType: FunctionEventType.VIEWER_REQUEST }],
      compress: true,
    };
  }

  #acknowledge(distribution: Distribution, { domain }: Config): void {
    const reasons = {
      CFR1: "Voters travel, and vote from abroad",
      CFR3: "Its access log is standard logging v2 (site-logs.ts), which alone can leave out what names a ballot",
      ...(domain === undefined && {
        CFR4: "Without a domain of its own CloudFront's certificate and protocols are fixed; stages for real votes have one",
      }),
    };
    for (const [rule, reason] of Object.entries(reasons)) {
      Validations.of(distribution).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
    }
    Validations.of(distribution).acknowledge({
      id: "Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk",
      reason: "The bare address is the page's, and no query is passed on: nobody can ask for a list",
    });
  }
}
