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
import { Construct, type IDependable } from "constructs";
import { scriptsFolder, siteFolder } from "#infra/bundle.ts";
import type { Config } from "#infra/config.ts";
import { CACHE_CONTROL, HASHED_FILES, HASHED_TEXTS } from "#infra/site/rules.ts";
import { bundleOf } from "#infra/stacks/bundle-context.ts";

/** The built site in a bucket that only CloudFront may read. */
export class SiteFiles extends Construct {
  readonly bucket: IBucket;
  /** All files of this version are in the bucket. */
  readonly copied: IDependable;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    const bucket = new Bucket(this, "Bucket", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // The files are public: a key of our own would cost a request per read and hide nothing.
      encryption: BucketEncryption.S3_MANAGED,
      // Every deployment rebuilds it from the repository.
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    Validations.of(bucket).acknowledge({
      id: "AwsSolutions::AwsSolutions-S1",
      reason: "Only CloudFront may read it, and what CloudFront is asked is in its own log",
    });
    // Bucket is not an IBucket only because of `exactOptionalPropertyTypes`.
    this.bucket = bucket as IBucket;
    this.copied = this.#copySite(config);
  }

  /**
   * Copies the built site into the bucket: first the files that the page names, then the page, so that it never points to a
   * missing file. Older files stay, since somebody may have an older page open.
   */
  #copySite(config: Config): IDependable {
    const site = new Asset(this, "Site", { path: siteFolder(bundleOf(this)) });
    const scripts = new Asset(this, "Scripts", { path: scriptsFolder(bundleOf(this)) });
    const logGroup = new LogGroup(this, "CopyLog", {
      retention: config.logRetentionDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = this.#copyingRole([site, scripts], logGroup);
    const copied = {
      sources: [Source.bucket(site.bucket, site.s3ObjectKey)],
      destinationBucket: this.bucket,
      logGroup,
      prune: false,
      // CDK would add wildcard rights.
      role: role.withoutPolicyUpdates(),
    };
    const hashed = new BucketDeployment(this, "Hashed", {
      ...copied,
      exclude: ["*"],
      include: [...HASHED_TEXTS],
      cacheControl: [CacheControl.fromString(CACHE_CONTROL.hashed)],
    });
    const compressed = new BucketDeployment(this, "Compressed", {
      ...copied,
      sources: [Source.bucket(scripts.bucket, scripts.s3ObjectKey)],
      contentEncoding: "br",
      cacheControl: [CacheControl.fromString(CACHE_CONTROL.hashed)],
    });
    // CloudFront revalidates these after at most a second, so nothing need be invalidated.
    const named = new BucketDeployment(this, "Named", {
      ...copied,
      exclude: [...HASHED_FILES],
      cacheControl: [CacheControl.fromString(CACHE_CONTROL.named)],
    });
    named.node.addDependency(hashed, compressed);
    // The copies need their rights first.
    hashed.node.addDependency(role);
    compressed.node.addDependency(role);
    for (const copier of Stack.of(this).node.children.filter(({ node }) => node.id.includes("CDKBucketDeployment"))) {
      Validations.of(copier).acknowledge({
        id: "AwsSolutions::AwsSolutions-L1",
        reason: "The CDK's own function, whose runtime comes with its version; it runs at deployments only",
      });
    }
    return named;
  }

  #copyingRole(assets: readonly Asset[], log: LogGroup): Role {
    const role = new Role(this, "CopyingRole", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    log.grantWrite(role);
    const allow = (action: string, resource: string): void => {
      role.addToPolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
    };
    for (const { bucket, s3ObjectKey } of assets) allow("s3:GetObject", bucket.arnForObjects(s3ObjectKey));
    allow("s3:ListBucket", this.bucket.bucketArn);
    allow("s3:PutObject", this.bucket.arnForObjects("*"));
    const { logicalId } = this.bucket.node.defaultChild as CfnBucket;
    Validations.of(role).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::<${Stack.of(this).resolve(logicalId)}.Arn>/*]`,
      reason: "File names hold a hash of their content, which no policy can know",
    });
    return role;
  }
}
