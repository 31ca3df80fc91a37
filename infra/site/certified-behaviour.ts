import { Validations } from "aws-cdk-lib";
import { type BehaviorOptions, CachePolicy, ViewerProtocolPolicy } from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { Bucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { CERTIFIED_PATH, PUBLISHED_PREFIX } from "#core/published-bundle.ts";
import type { Config } from "#infra/config.ts";

/** How CloudFront serves published bundles: from their bucket in the votes' region, of which it may read nothing else. */
export function certifiedBehaviour(
  scope: Construct,
  { region }: Config,
  bucketName: string,
  { responseHeadersPolicy }: BehaviorOptions,
): Readonly<Record<string, BehaviorOptions>> {
  const bucket = Bucket.fromBucketAttributes(scope, "CertifiedBucket", { bucketName, region });
  Validations.of(scope).acknowledge({
    id: "Annotation::@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac",
    reason: "The bucket's own policy, in the data stack, lets CloudFront read what is published",
  });
  return {
    [`${CERTIFIED_PATH}*`]: {
      origin: S3BucketOrigin.withOriginAccessControl(bucket, {
        originPath: `/${PUBLISHED_PREFIX.replace(/\/$/, "")}`,
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      ...(responseHeadersPolicy !== undefined && { responseHeadersPolicy }),
      // The files are compared byte for byte; whoever downloads gets them as they were certified, compressed on the way.
      compress: true,
    },
  };
}
