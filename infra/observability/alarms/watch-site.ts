import { Duration } from "aws-cdk-lib";
import type { Distribution } from "aws-cdk-lib/aws-cloudfront";
import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import { type Config, SITE_REGION } from "#infra/config.ts";
import type { Alarms } from "#infra/observability/alarms/alarms.ts";
import { sentAway } from "#infra/observability/turned-away.ts";
import type { Firewall } from "#infra/site/firewall.ts";

/** When each alarm of CloudFront's region rings. The functions of CloudFront, whose failures viewers get as 503, are within the first. */

const FAILING_PERCENT = 1;
/** Of all requests. The firewall and `submit` refuse some on any day, a single abusive address among them. */
const REFUSED_PERCENT = 1;
/** In a minute: fewer are a few people's, whatever share of a quiet hour they are. */
const FEW = 20;
/** In three minutes out of five. */
const LASTING = [3, 5] as const;

const period = Duration.minutes(1);

/** The share of requests that a metric counts, in percent; 0 while it counts only a few. */
const shareOf = (counted: string): string =>
  `IF(FILL(${counted}, 0) > ${FEW}, 100 * FILL(${counted}, 0) / FILL(requests, 1), 0)`;

/** Of all edge locations: without that dimension there is no such metric, and the CDK's own metrics of a distribution lack it. */
const ofDistribution = ({ distributionId }: Distribution, metricName: string, statistic: string): Metric =>
  new Metric({
    namespace: "AWS/CloudFront",
    metricName,
    dimensionsMap: { DistributionId: distributionId, Region: "Global" },
    statistic,
    period,
  });

export function watchSite(
  alarms: Alarms,
  config: Config,
  { distribution, firewall }: Readonly<{ distribution: Distribution; firewall: Firewall }>,
): void {
  const requests = ofDistribution(distribution, "Requests", "Sum");
  const away = sentAway(config, SITE_REGION, { label: "429", period });
  const blocked = firewall.metricBlocked({ statistic: "Sum", period });
  alarms
    .ring("SiteFails", {
      metric: ofDistribution(distribution, "5xxErrorRate", "Average"),
      above: FAILING_PERCENT,
      of: LASTING,
    })
    .ring("VotersSentAway", {
      metric: new MathExpression({ expression: shareOf("away"), usingMetrics: { away, requests }, period }),
      above: REFUSED_PERCENT,
      of: LASTING,
    })
    .ring("FirewallBlocks", {
      metric: new MathExpression({ expression: shareOf("blocked"), usingMetrics: { blocked, requests }, period }),
      above: REFUSED_PERCENT,
      of: LASTING,
    });
}
