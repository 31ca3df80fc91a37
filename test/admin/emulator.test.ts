import { expect, test } from "vitest";
import { emulatedApiUrl, emulatorUrl } from "#admin/connection/emulator.ts";

test.each([
  ["http://localhost:4566", "http://localhost:4566"],
  ["https://127.0.0.1:4566/", "https://127.0.0.1:4566"],
  ["http://localhost.localstack.cloud:4566", "http://localhost.localstack.cloud:4566"],
  ["https://vpce-0123.dynamodb.ca-central-1.vpce.amazonaws.com", undefined],
  ["localhost:4566", undefined],
])("AWS_ENDPOINT_URL=%s names the emulator %s", (AWS_ENDPOINT_URL, emulator) => {
  expect(emulatorUrl({ AWS_ENDPOINT_URL })).toBe(emulator);
});

test("without AWS_ENDPOINT_URL commands go to AWS", () => {
  expect(emulatorUrl({})).toBeUndefined();
});

test("an emulator's API is reached by path, since its host name does not resolve everywhere", () => {
  expect(emulatedApiUrl("https://localhost:4566", "https://049ae0d0.execute-api.localhost:4566")).toBe(
    "https://localhost:4566/_aws/execute-api/049ae0d0/$default",
  );
});
