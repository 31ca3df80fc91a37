import { RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type IBucket,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import { BucketDeployment, CacheControl, Source } from "aws-cdk-lib/aws-s3-deployment";
import { Construct } from "constructs";
import { siteFolder } from "#infra/bundle.ts";
import type { Config } from "#infra/config.ts";
import { CACHE_CONTROL, HASHED_FILES } from "#infra/site/rules.ts";
import { bundleOf } from "#infra/stacks/bundle-context.ts";

/** The built site in a bucket that CloudFront alone may read. */
export class SiteFiles extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    const bucket = new Bucket(this, "Bucket", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // Public files: a key of our own would cost a request for each read and hide nothing.
      encryption: BucketEncryption.S3_MANAGED,
      // Built from the repository at every deployment: nothing is lost with it.
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    Validations.of(bucket).acknowledge({
      id: "AwsSolutions::AwsSolutions-S1",
      reason: "Only CloudFront may read it, and what CloudFront is asked is in its own log",
    });
    // A Bucket is an IBucket in all but the exactness of its optional properties.
    this.bucket = bucket as IBucket;
    this.#copySite(config);
  }

  /**
   * Copies the built site into the bucket: first the files that pages name, then the page that names them, so that no page
   * points to nothing. What older pages name stays: somebody has one open.
   */
  #copySite(config: Config): void {
    const site = new Asset(this, "Site", { path: siteFolder(bundleOf(this)) });
    const logGroup = new LogGroup(this, "CopyLog", {
      retention: config.logRetentionDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = this.#copyingRole(site, logGroup);
    const copied = {
      sources: [Source.bucket(site.bucket, site.s3ObjectKey)],
      destinationBucket: this.bucket,
      logGroup,
      prune: false,
      // The copying may do what the role says; CDK would add rights by wildcard.
      role: role.withoutPolicyUpdates(),
    };
    const hashed = new BucketDeployment(this, "Hashed", {
      ...copied,
      exclude: ["*"],
      include: [...HASHED_FILES],
      cacheControl: [CacheControl.fromString(CACHE_CONTROL.hashed)],
    });
    // CloudFront asks for these again after a second at the latest: nothing has to be taken out of its cache.
    const named = new BucketDeployment(this, "Named", {
      ...copied,
      exclude: [...HASHED_FILES],
      cacheControl: [CacheControl.fromString(CACHE_CONTROL.named)],
    });
    named.node.addDependency(hashed);
    // A copy that begins before its rights are there fails.
    hashed.node.addDependency(role);
    for (const copier of Stack.of(this).node.children.filter(({ node }) => node.id.includes("CDKBucketDeployment"))) {
      Validations.of(copier).acknowledge({
        id: "AwsSolutions::AwsSolutions-L1",
        reason: "The CDK's own function, whose runtime comes with its version; it runs at deployments only",
      });
    }
  }

  #copyingRole(site: Asset, log: LogGroup): Role {
    const role = new Role(this, "CopyingRole", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    log.grantWrite(role);
    const allow = (action: string, resource: string): void => {
      role.addToPolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
    };
    allow("s3:GetObject", site.bucket.arnForObjects(site.s3ObjectKey));
    allow("s3:ListBucket", this.bucket.bucketArn);
    allow("s3:PutObject", this.bucket.arnForObjects("*"));
    const { logicalId } = this.bucket.node.defaultChild as CfnBucket;
    Validations.of(role).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::<${Stack.of(this).resolve(logicalId)}.Arn>/*]`,
      reason: "A file's name holds a hash of its content, which no policy can know",
    });
    return role;
  }
}
