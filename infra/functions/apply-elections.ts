import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { CustomResource, Duration, Stack } from "aws-cdk-lib";
import type { Construct, IDependable } from "constructs";
import type { ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import {
  biographiesFile,
  type DeployedElections,
  ELECTIONS_RESOURCE_TYPE,
} from "#functions/apply-elections/contract.ts";
import type { ApplyElectionsEnv } from "#functions/apply-elections/env.ts";
import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import type { Tables } from "#infra/data/tables.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";
import { keepApart } from "#storage/biographies.ts";

/** The biographies of 12,000 candidates are some 40,000 writes. */
const TIMEOUT_SECONDS = 300;

/** A function's package has at most 250 MB (Lambda guide, "Quotas"); the rest is for its code. */
const MOST_PACKAGE_BYTES = 240_000_000;

const fileName = (index: number): string => `${index}.json`;

type Applied = Readonly<{ text: string; biographies: Uint8Array | undefined }>;

/** A definition as its function applies it. */
export function packed(definition: ElectionDefinition): Applied {
  const { definition: registered, texts } = keepApart(definition);
  const biographies = texts.length === 0 ? undefined : gzipSync(texts.map((line) => `${line}\n`).join(""));
  return { text: JSON.stringify(registered), biographies };
}

/** The files of a deployment's definitions. Throws Refusal when they are too large for a function's package. */
export function definitionFilesOf(applied: readonly Applied[]): ReadonlyMap<string, string | Uint8Array> {
  const files = applied.flatMap(({ text, biographies }, index): [string, string | Uint8Array][] => [
    [`definitions/${fileName(index)}`, text],
    ...(biographies === undefined
      ? []
      : [[`definitions/${biographiesFile(fileName(index))}`, biographies] satisfies [string, Uint8Array]]),
  ]);
  const bytes = files.reduce((sum, [, content]) => sum + Buffer.byteLength(content), 0);
  if (bytes <= MOST_PACKAGE_BYTES) return new Map(files);
  throw new EnglishRefusal(
    `The definitions may have ${MOST_PACKAGE_BYTES / 1e6} MB together, compressed, and have ${Math.ceil(bytes / 1e6)}: shorten the biographies (candidates[].bio), or move definitions elsewhere and apply them with scrutin election apply.`,
  );
}

type Neighbours = Readonly<{
  applies: readonly ElectionDefinition[];
  writes: Pick<Tables, "elections" | "biographies">;
  /** What must be deployed first, which is everything: a changed election is not rolled back when another part fails later. */
  after: readonly IDependable[];
}>;

/** Applies the definitions of a deployment. Creates the elections' keys but can read none. */
export class ApplyElections extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { applies, writes, after }: Neighbours) {
    const { prefix, pepperPrefix, receiptKeyPrefix, ballotKeyPrefix, stampKeyPrefix, acknowledgementKeyPrefix } =
      secretNames(config);
    const applied = applies.map(packed);
    super(scope, "apply-elections", {
      config,
      files: definitionFilesOf(applied),
      timeoutSeconds: TIMEOUT_SECONDS,
      environment: {
        ELECTIONS_TABLE: writes.elections.tableName,
        BIOGRAPHIES_TABLE: writes.biographies.tableName,
        SECRET_PREFIX: prefix,
        VOTER_ISSUERS: config.voterIssuers.join(" "),
      } satisfies Variables<ApplyElectionsEnv>,
    });
    // Those registered before may be questions of the same paper.
    this.may(["GetItem", "PutItem", "Scan", "UpdateItem"], writes.elections)
      .may(["PutItem"], writes.biographies)
      .mayMakeSecret(pepperPrefix)
      .mayMakeSecret(receiptKeyPrefix)
      .mayMakeSecret(ballotKeyPrefix)
      .mayMakeSecret(stampKeyPrefix)
      .mayMakeSecret(acknowledgementKeyPrefix)
      .allow(["cloudformation:DescribeStacks"], Stack.of(this).stackId);
    const properties: DeployedElections = {
      Definitions: applied.map(({ text }, index) => ({
        File: fileName(index),
        Sha256: createHash("sha256").update(text).digest("hex"),
      })),
    };
    new CustomResource(scope, "AppliedElections", {
      serviceToken: this.lambda.functionArn,
      resourceType: ELECTIONS_RESOURCE_TYPE,
      serviceTimeout: Duration.seconds(2 * TIMEOUT_SECONDS),
      properties,
    }).node.addDependency(...after);
  }
}
