import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { VIEWER_ADDRESS_HEADER } from "#functions/runtime/viewer-address-header-contract.ts";
import { readFunctions } from "#local/deployment/deployment.ts";
import { Templates } from "#local/deployment/template.ts";

/** Whoever may name an address of their own has as many as they like, and no limit on guessing. */

let assetFolder: string;
beforeAll(async () => {
  assetFolder = await mkdtemp(join(tmpdir(), "scrutin-assets-"));
  await mkdir(join(assetFolder, "asset.a"));
  await writeFile(join(assetFolder, "asset.a", "index.mjs"), "");
});
afterAll(() => rm(assetFolder, { recursive: true }));

const TEMPLATE = {
  Resources: {
    Submit: {
      Type: "AWS::Lambda::Function",
      Properties: {
        Code: { S3Key: "a.zip" },
        Handler: "index.handler",
        Timeout: 10,
        MemorySize: 256,
        Environment: { Variables: { POWERTOOLS_SERVICE_NAME: "submit", VIEWER_ADDRESS_HEADER: "" } },
      },
    },
  },
};
const ENDPOINTS = { dynamodb: "", sqs: "", secretsmanager: "", cloudwatch: "", s3: "" };

const headerRead = (believesAddresses: boolean): string | undefined =>
  readFunctions(new Templates([TEMPLATE]), assetFolder, ENDPOINTS, believesAddresses).get("Submit")?.environment
    .VIEWER_ADDRESS_HEADER;

test("on one machine a client's address is the connection's, unless a test says otherwise", () => {
  expect(headerRead(false)).toBe("");
  expect(headerRead(true)).toBe(VIEWER_ADDRESS_HEADER);
});
