import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { brotliDecompressSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { bundle, scriptsFolder, siteFolder } from "#infra/bundle.ts";
import { CONTENT_HASH, HASHED_FILES } from "#infra/site/rules.ts";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

let stage: Stage;
let site: string;
beforeAll(async () => {
  stage = await sharedStage("rules");
  site = siteFolder(await bundle());
});

describe("the site's files", () => {
  it("are in a private bucket, which CloudFront reads by TLS", () => {
    const Bucket = z.object({ PublicAccessBlockConfiguration: z.unknown() });
    for (const { properties } of stage.parts("AWS::S3::Bucket", Bucket)) {
      expect(properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
    const Policy = z.object({
      PolicyDocument: z.object({
        Statement: z.array(z.looseObject({ Effect: z.string(), Principal: z.unknown() })),
      }),
    });
    const [policy, ...others] = stage.parts("AWS::S3::BucketPolicy", Policy);
    const statements = policy?.properties.PolicyDocument.Statement ?? [];
    expect(others).toEqual([]);
    expect(statements).toContainEqual(
      expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    );
    const allowed = statements.filter(({ Effect }) => Effect === "Allow").map(({ Principal }) => Principal);
    expect(allowed).toHaveLength(2);
    expect(allowed).toContainEqual({ Service: "cloudfront.amazonaws.com" });
    expect(JSON.stringify(allowed)).not.toContain('"*"');
  });

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
    const names = await readdir(site);
    const hashed = names.filter((name) => CONTENT_HASH.test(name));
    const naming = names.filter((name) => /\.(?:html|js)$/.test(name));
    const vouchers = (await Promise.all(naming.map((name) => readFile(`${site}/${name}`, "utf8")))).join("\n");
    for (const name of hashed) {
      const content = await readFile(`${site}/${name}`);
      const integrity = `sha256-${createHash("sha256").update(content).digest("base64")}`;
      expect(vouchers).toMatch(
        new RegExp(`${name}[^a-z]{1,3}(?:integrity[^a-z]{1,3})?${integrity.replaceAll("+", "\\+")}`),
      );
    }
  });
});
