import { Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { PUBLISHED_PREFIX } from "#core/published-bundle.ts";
import type { Config } from "#infra/config.ts";
import { removal } from "#infra/data/removal.ts";

/**
 * The bundles of certified elections. CloudFront may read those that were published, and nobody else may read any but by their own
 * rights.
 */
export class CertifiedBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    this.bucket = new Bucket(this, "Bucket", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // What is in it is public, or soon will be.
      encryption: BucketEncryption.S3_MANAGED,
      // What was published once can be shown to have been.
      versioned: true,
      removalPolicy: removal(config),
      // A bucket that holds anything cannot be deleted. An emulator forgets it all.
      autoDeleteObjects: !config.retainData && config.emulator === undefined,
    });
    Validations.of(this.bucket).acknowledge({
      id: "AwsSolutions::AwsSolutions-S1",
      reason: "CloudFront reads it for the public, and what CloudFront is asked is in its own log",
    });
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: "CloudFrontReadsWhatIsPublished",
        principals: [new ServicePrincipal("cloudfront.amazonaws.com")],
        actions: ["s3:GetObject"],
        resources: [this.bucket.arnForObjects(`${PUBLISHED_PREFIX}*`)],
        // The site's stack, in another region, comes later: every distribution of this account may serve what is public.
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
  }
}

/** Says to AWS's rules why a right in another stack covers all files below a prefix. */
export function acknowledgeFiles(scope: Construct, bucket: Bucket, prefix: string): void {
  // As the other stack's template will name the bucket.
  const imported = Stack.of(scope).resolve(Stack.of(bucket).exportValue(bucket.bucketArn));
  Validations.of(scope).acknowledge({
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::${imported["Fn::ImportValue"]}/${prefix}*]`,
    reason: "The files of each certified election, whose names hold its id and its certificate's SHA-256",
  });
}
