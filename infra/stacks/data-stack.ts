import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import {
  AttributeType,
  Billing,
  StreamViewType,
  TableEncryptionV2,
  type TablePropsV2,
  TableV2,
} from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import { capacityFor, warmToAsk } from "#infra/capacity.ts";
import type { Config } from "#infra/config.ts";
import { CertifiedBucket } from "#infra/data/certified-bucket.ts";
import { encryptionKey } from "#infra/data/encryption-key.ts";
import { OfficerRole } from "#infra/data/officer-role.ts";
import { removalOfTables } from "#infra/data/removal.ts";
import { SecretKeys } from "#infra/data/secret-keys.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import type { Data } from "#infra/data/tables.ts";
import { OfficePool } from "#infra/office/user-pool.ts";
import type { WarmedTables } from "#infra/warmed-tables.ts";

/** What must outlive everything else: the tables, the ballots' encryption key and the certified bundles. */
export class DataStack extends Stack implements Data {
  readonly elections: TableV2;
  readonly biographies: TableV2;
  readonly roll: TableV2;
  readonly votes: TableV2;
  readonly tallies: TableV2;
  readonly published: TableV2;
  readonly board: TableV2;
  readonly rejectedAttempts: TableV2;
  readonly guesses: TableV2;
  /** Undefined where the office signs in by another issuer. */
  readonly officePool: OfficePool | undefined;
  readonly office: TableV2;
  readonly audit: TableV2;
  readonly certified: CertifiedBucket;

  constructor(
    scope: Construct,
    id: string,
    { config, warmed, siteUrl }: Readonly<{ config: Config; warmed: WarmedTables; siteUrl?: string | undefined }>,
    props: StackProps,
  ) {
    super(scope, id, props);
    const { warm } = capacityFor(config);
    const warmThroughputOf = (name: keyof WarmedTables): Partial<TablePropsV2> => {
      const warmThroughput = warmToAsk(warm[name], warmed[name]);
      return { ...(warmThroughput !== undefined && { warmThroughput }) };
    };

    const table = (name: string, partitionKey: string, options: Partial<TablePropsV2> = {}): TableV2 => {
      const created = new TableV2(this, name, {
        partitionKey: { name: partitionKey, type: AttributeType.STRING },
        billing: Billing.onDemand(),
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
        deletionProtection: config.retainData,
        removalPolicy: removalOfTables(config),
        ...options,
      });
      new CfnOutput(this, `${name}Table`, { value: created.tableName });
      return created;
    };

    this.elections = table("Elections", "electionId");
    this.biographies = table("Biographies", "text", { sortKey: { name: "part", type: AttributeType.STRING } });
    this.roll = table("Roll", "hash", warmThroughputOf("roll"));
    this.votes = table("Votes", "hash", {
      dynamoStream: StreamViewType.NEW_IMAGE,
      // The only table that holds ballots; the others keep AWS's default encryption.
      encryption: TableEncryptionV2.customerManagedKey(
        encryptionKey(this, "BallotsEncryption", config, "the table of ballots"),
      ),
      ...warmThroughputOf("votes"),
    });
    this.tallies = table("Tallies", "sheet", {
      sortKey: { name: "row", type: AttributeType.STRING },
      ...warmThroughputOf("tallies"),
    });
    this.published = table("Published", "electionId", { sortKey: { name: "part", type: AttributeType.STRING } });
    this.board = table("Board", "electionId", { sortKey: { name: "row", type: AttributeType.STRING } });
    // Its first name stays: another would replace the table.
    this.rejectedAttempts = table("RejectedAttempts", "bucket", {
      sortKey: { name: "row", type: AttributeType.STRING },
    });
    this.guesses = table("Guesses", "place", {
      sortKey: { name: "row", type: AttributeType.STRING },
      timeToLiveAttribute: "expiresAt",
    });
    // Of the console: drafts, what waits for a second officer, what is under way.
    this.office = table("Office", "place", {
      sortKey: { name: "row", type: AttributeType.STRING },
      timeToLiveAttribute: "expiresAt",
    });
    this.audit = table("Audit", "electionId", { sortKey: { name: "row", type: AttributeType.STRING } });

    this.certified = new CertifiedBucket(this, "Certified", config);
    if (config.officeIssuer === undefined) this.officePool = new OfficePool(this, config, siteUrl);
    new SecretKeys(this, config);
    // At an emulator, where anybody is an administrator, an officer has the rights of the shell.
    if (config.emulator === undefined) new OfficerRole(this, config);
    const names = secretNames(config);
    new CfnOutput(this, "SecretPrefix", { value: names.prefix });
  }
}
