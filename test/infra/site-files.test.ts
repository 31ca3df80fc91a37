import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { brotliDecompressSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { PUBLISHED_PREFIX } from "#core/published-bundle.ts";
import { bundle, scriptsFolder, siteFolder } from "#infra/bundle.ts";
import { CONTENT_HASH, HASHED_FILES, securityHeaders } from "#infra/site/rules.ts";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

const WORKER = /-worker-[0-9a-f]{8}\.js$/;

let stage: Stage;
let site: string;
beforeAll(async () => {
  stage = await sharedStage("rules");
  site = siteFolder(await bundle());
});

/** The pages and scripts among some files, by name. */
async function contentsOf(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const read = names.filter((name) => /\.(?:html|js)$/.test(name));
  return new Map(
    await Promise.all(read.map(async (name) => [name, await readFile(`${site}/${name}`, "utf8")] as const)),
  );
}

const Policy = z.object({
  Bucket: z.object({ Ref: z.string() }),
  PolicyDocument: z.object({
    Statement: z.array(z.looseObject({ Effect: z.string(), Principal: z.unknown() })),
  }),
});
type Policy = z.infer<typeof Policy>;

const allowedBy = ({ PolicyDocument }: Policy) => PolicyDocument.Statement.filter(({ Effect }) => Effect === "Allow");
const CLOUDFRONT = { Service: "cloudfront.amazonaws.com" };

describe("the buckets of files", () => {
  it("are private, each with a policy that refuses what comes without TLS", () => {
    const Bucket = z.object({ PublicAccessBlockConfiguration: z.unknown() });
    const buckets = stage.parts("AWS::S3::Bucket", Bucket);
    const policies = stage.parts("AWS::S3::BucketPolicy", Policy).map(({ properties }) => properties);
    expect(policies.map((policy) => policy.Bucket.Ref).toSorted()).toEqual(buckets.map(({ id }) => id).toSorted());
    for (const policy of policies) {
      expect(policy.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
      );
      expect(JSON.stringify(allowedBy(policy).map(({ Principal }) => Principal))).not.toContain('"*"');
    }
    for (const { properties } of buckets) {
      expect(properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
  });

  it("are read by CloudFront: the site's whole, that of certified elections where they are published", () => {
    const policies = stage.parts("AWS::S3::BucketPolicy", Policy);
    const certified = policies.filter(({ id }) => id.startsWith("Certified"));
    const [ofSite, ...others] = policies.filter((policy) => !certified.includes(policy));
    expect(others).toEqual([]);
    const principals = ofSite === undefined ? [] : allowedBy(ofSite.properties).map(({ Principal }) => Principal);
    // The other one empties it, when the stage is taken down.
    expect(principals).toHaveLength(2);
    expect(principals).toContainEqual(CLOUDFRONT);
    const certifiedBucket = certified[0]?.properties.Bucket.Ref;
    expect(certified.flatMap(({ properties }) => allowedBy(properties))).toEqual([
      {
        Sid: expect.any(String),
        Effect: "Allow",
        Principal: CLOUDFRONT,
        Action: "s3:GetObject",
        Resource: { "Fn::Join": ["", [{ "Fn::GetAtt": [certifiedBucket, "Arn"] }, `/${PUBLISHED_PREFIX}*`]] },
        Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
      },
    ]);
  });
});

describe("the site's files", () => {
  it("are cached for ever if their name has a hash of their content, and revalidated otherwise", async () => {
    const Copy = z.object({
      Exclude: z.array(z.string()).default([]),
      Include: z.array(z.string()).default([]),
      SystemMetadata: z.object({ "cache-control": z.string(), "content-encoding": z.string().optional() }),
    });
    const copies = stage.parts("Custom::CDKBucketDeployment", Copy).map(({ properties }) => properties);
    expect(copies).toEqual([
      {
        Exclude: ["*"],
        Include: ["*-????????.css", "*-????????.md"],
        SystemMetadata: { "cache-control": "public, max-age=31536000, immutable" },
      },
      {
        Exclude: [],
        Include: [],
        SystemMetadata: { "cache-control": "public, max-age=31536000, immutable", "content-encoding": "br" },
      },
      { Exclude: [...HASHED_FILES], Include: [], SystemMetadata: { "cache-control": "no-cache" } },
    ]);
    const isHashed = (name: string): boolean =>
      HASHED_FILES.some((pattern) =>
        new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".")}$`).test(name),
      );
    const names = await readdir(site);
    expect(names.filter(isHashed)).toEqual(names.filter((name) => CONTENT_HASH.test(name)));
    expect(names.filter(isHashed).length).toBeGreaterThanOrEqual(2);
  });

  it("are scripts in brotli, all of them, with the bytes that pages vouch for", async () => {
    const compressed = scriptsFolder(await bundle());
    const names = (await readdir(site)).filter((name) => name.endsWith(".js"));
    expect((await readdir(compressed)).toSorted()).toEqual(names.toSorted());
    for (const name of names) {
      const content = brotliDecompressSync(await readFile(`${compressed}/${name}`));
      expect(content.equals(await readFile(`${site}/${name}`)), name).toBe(true);
    }
  });

  it("are named with their integrity by a page or by a script that it names, so that nothing changed is run or shown", async () => {
    const names = (await readdir(site)).filter((name) => !WORKER.test(name));
    const hashed = names.filter((name) => CONTENT_HASH.test(name));
    const vouchers = [...(await contentsOf(names)).values()].join("\n");
    for (const name of hashed) {
      const content = await readFile(`${site}/${name}`);
      const integrity = `sha256-${createHash("sha256").update(content).digest("base64")}`;
      expect(vouchers).toMatch(
        new RegExp(`${name}[^a-z]{1,3}(?:integrity[^a-z]{1,3})?${integrity.replaceAll("+", "\\+")}`),
      );
    }
  });

  it("that run beside a page, where nothing takes an integrity, are complete in one file, of the site itself, named by their content and by scripts with integrity alone", async () => {
    const names = await readdir(site);
    const workers = names.filter((name) => WORKER.test(name));
    expect(workers.map((name) => name.replace(WORKER, "")).toSorted()).toEqual(["ballot", "cards", "sheet"]);
    const contents = await contentsOf(names);
    for (const worker of workers) {
      const naming = [...contents].filter(([, content]) => content.includes(worker));
      expect(naming, worker).not.toEqual([]);
      for (const [name, content] of naming) {
        // A hashed script that is no worker: the test above finds its integrity.
        expect(name).toMatch(/-[0-9a-f]{8}\.js$/);
        expect(name).not.toMatch(WORKER);
        // Each mention is the whole address: a path of the origin that the page came from.
        expect(content.split(new RegExp(`["'\`]/${worker}["'\`]`))).toHaveLength(content.split(worker).length);
      }
      const others = names.filter((name) => name !== worker && CONTENT_HASH.test(name));
      expect(others.filter((name) => contents.get(worker)?.includes(name))).toEqual([]);
    }
    expect(securityHeaders()["content-security-policy"]).toContain("worker-src 'self';");
  });
});
