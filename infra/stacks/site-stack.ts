import { CfnOutput, Duration, Stack, type StackProps, Validations } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { Distribution, HttpVersion, PriceClass, SecurityPolicyProtocol } from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import { type Config, SITE_REGION } from "#infra/config.ts";
import { OriginKeys } from "#infra/functions/origin-keys.ts";
import { Alarms } from "#infra/observability/alarms/alarms.ts";
import { watchSite } from "#infra/observability/alarms/watch-site.ts";
import { countSentAway } from "#infra/observability/turned-away.ts";
import { apiBehaviours } from "#infra/site/api-behaviour.ts";
import { certifiedBehaviour } from "#infra/site/certified-behaviour.ts";
import { SiteFiles } from "#infra/site/files.ts";
import { Firewall } from "#infra/site/firewall.ts";
import { SiteLogs } from "#infra/site/logs.ts";
import { pagesBehaviour, SCRIPTS, scriptsBehaviour } from "#infra/site/pages-behaviour.ts";
import { signInOrigins } from "#infra/site/sign-in-origins.ts";

/** By default CloudFront caches errors for 10 s, so the next voter would see one, in the first voter's language. */
const NO_ERROR_IS_KEPT = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((httpStatus) => ({
  httpStatus,
  ttl: Duration.seconds(0),
}));

export type SiteStackProps = StackProps &
  Readonly<{
    votingStack: Stack;
    /** UUID of this deployment; the key between CloudFront and the API changes with it. */
    deployment: string;
  }>;

/** What the public sees: CloudFront in front of the site's bucket and, at the same address, the API. */
export class SiteStack extends Stack {
  constructor(scope: Construct, id: string, config: Config, { votingStack, deployment, ...props }: SiteStackProps) {
    super(scope, id, { ...props, env: { ...props.env, region: SITE_REGION } });
    // CloudFront points to the API, and its key goes into a secret in that stack.
    this.addStackDependency(votingStack);

    const files = new SiteFiles(this, "Files", config);
    const { key, apiDomain, certifiedBucket } = new OriginKeys(this, config, { asks: votingStack, deployment });

    const firewall = new Firewall(this, "Firewall", config);
    const { pages, withOwnHeaders } = pagesBehaviour(this, files, signInOrigins(config));
    const distribution = new Distribution(this, "Distribution", {
      comment: `Scrutin ${config.stage}`,
      defaultRootObject: "site-en.html",
      defaultBehavior: pages,
      // The first pattern that fits is taken: the API's own come first.
      additionalBehaviors: {
        ...apiBehaviours(this, { config, key, apiDomain }),
        ...withOwnHeaders,
        ...certifiedBehaviour(this, config, certifiedBucket, pages),
        [SCRIPTS]: scriptsBehaviour(pages),
      },
      webAclId: firewall.arn,
      httpVersion: HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
      // North America and Europe: other edge locations cost up to twice as much and are near few voters.
      priceClass: PriceClass.PRICE_CLASS_100,
      errorResponses: NO_ERROR_IS_KEPT,
      ...(config.domain !== undefined &&
        config.certificateArn !== undefined && {
          domainNames: [config.domain],
          certificate: Certificate.fromCertificateArn(this, "Certificate", config.certificateArn),
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        }),
    });
    this.#acknowledge(distribution, config);
    const { log } = new SiteLogs(this, "AccessLog", config, distribution);
    countSentAway(this, log, config);
    // Of its own region and with a topic there: an alarm watches and notifies within its region only.
    watchSite(new Alarms(this, "SiteAlarms", config), config, { distribution, firewall });

    new CfnOutput(this, "SiteUrl", { value: `https://${config.domain ?? distribution.distributionDomainName}` });
    new CfnOutput(this, "DistributionDomain", { value: distribution.distributionDomainName });
  }

  #acknowledge(distribution: Distribution, { domain }: Config): void {
    const reasons = {
      CFR1: "Voters travel, and vote from abroad",
      CFR3: "Its access log is standard logging v2 (infra/site/logs.ts), which alone can leave out what names a ballot",
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
