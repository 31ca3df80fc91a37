import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import { readConfig } from "#infra/config.ts";
import { addStacks } from "#infra/stacks/stage-stacks.ts";

describe("AWS's own rules (cdk-nag, AwsSolutions)", () => {
  it.each(["dev", "staging", "prod", "local", "endpoint"])(
    "are kept by every stack of stage %s, or infra says beside the part why one does not apply",
    async (stage) => {
      const outdir = await mkdtemp(join(tmpdir(), "scrutin-rules-"));
      const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false, outdir });
      await addStacks(app, readConfig(stage), "a-deployment");
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
      try {
        expect(() => app.synth()).not.toThrow();
      } finally {
        await rm(outdir, { recursive: true, force: true });
      }
    },
  );
});
