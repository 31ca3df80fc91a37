import { readdir, readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { bundle, siteFolder } from "#infra/bundle.ts";
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
      Exclude: z.array(z.string()),
      Include: z.array(z.string()).default([]),
      SystemMetadata: z.object({ "cache-control": z.string() }),
    });
    const copies = stage.parts("Custom::CDKBucketDeployment", Copy).map(({ properties }) => properties);
    expect(copies).toEqual([
      {
        Exclude: ["*"],
        Include: [...HASHED_FILES],
        SystemMetadata: { "cache-control": "public, max-age=31536000, immutable" },
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

  it("are named with their integrity by the page or by a script that it names, so that nothing changed is run or shown", async () => {
    const page = await readFile(`${site}/index.html`, "utf8");
    const hashed = (await readdir(site)).filter((name) => CONTENT_HASH.test(name));
    const scripts = hashed.filter((name) => name.endsWith(".js"));
    const contents = await Promise.all(scripts.map((name) => readFile(`${site}/${name}`, "utf8")));
    const vouchers = [page, ...contents].join("\n");
    for (const name of hashed) {
      expect(vouchers).toMatch(new RegExp(`"/${name}"[ ,]"?integrity"?[=:]"sha384-[A-Za-z0-9+/]{64}"`));
    }
  });
});
