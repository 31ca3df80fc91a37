import { beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { VIEWER_ADDRESS_HEADER } from "#functions/runtime/viewer-address-header-contract.ts";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

/** Guesses are counted by address: it must be the viewer's, and impossible to forge. */

let stage: Stage;
let laptop: Stage;
beforeAll(async () => {
  stage = await sharedStage("rules");
  laptop = await sharedStage("local");
});

const headerThatSubmitReads = (of: Stage): unknown =>
  of.function("submit").properties.Environment.Variables.VIEWER_ADDRESS_HEADER;

test("in AWS the address is what CloudFront sends with every request", () => {
  expect(headerThatSubmitReads(stage)).toBe(VIEWER_ADDRESS_HEADER);
  const Policy = z.object({
    OriginRequestPolicyConfig: z.object({ HeadersConfig: z.object({ Headers: z.array(z.string()).default([]) }) }),
  });
  const headers = stage
    .parts("AWS::CloudFront::OriginRequestPolicy", Policy)
    .flatMap(({ properties }) => properties.OriginRequestPolicyConfig.HeadersConfig.Headers);
  expect(headers).toContain(VIEWER_ADDRESS_HEADER);
});

test("where the API can be reached without CloudFront, no header is trusted", () => {
  expect(headerThatSubmitReads(laptop)).toBe("");
});
