import { afterEach, expect, test, vi } from "vitest";
import { endpointEnvironment } from "#local/endpoint/cdk.ts";

afterEach(() => vi.unstubAllEnvs());

test("commands against an endpoint never use their user's own keys, profile or region", () => {
  vi.stubEnv("AWS_PROFILE", "production");
  vi.stubEnv("AWS_DEFAULT_PROFILE", "production");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAREAL");
  vi.stubEnv("AWS_SESSION_TOKEN", "real");
  vi.stubEnv("AWS_REGION", "eu-west-3");
  const environment = endpointEnvironment("https://localhost:4566");
  expect(environment).toMatchObject({ AWS_ENDPOINT_URL: "https://localhost:4566", AWS_REGION: "ca-central-1" });
  expect(Object.values(environment)).not.toContain("production");
  expect(Object.values(environment)).not.toContain("AKIAREAL");
  expect(environment).not.toHaveProperty("AWS_SESSION_TOKEN");
});

test("requests to this machine bypass the network's proxy", () => {
  vi.stubEnv("HTTPS_PROXY", "http://proxy.example:3128");
  expect(endpointEnvironment("https://localhost:4566").NO_PROXY).toContain("localhost");
});
