import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { httpFunction, json } from "#functions/runtime/http.ts";
import { ORIGIN_KEY_HEADER } from "#functions/runtime/origin-key-header-contract.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { startSecretsManager } from "#local/services/secrets-manager.ts";

/** How functions behind the API treat requests that bypass CloudFront. */

const SECRET = "scrutin/test/origin-keys";
const KEY = "the-key-that-CloudFront-sends-with-each-request";

const secretsManager = await startSecretsManager();
const client = new SecretsManagerClient(clientConfig(secretsManager.endpoint));
beforeAll(async () => {
  await client.send(new CreateSecretCommand({ Name: SECRET, SecretString: JSON.stringify({ deployment: KEY }) }));
  vi.stubEnv("AWS_REGION", "ca-central-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "local");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "local");
  vi.stubEnv("AWS_ENDPOINT_URL_SECRETS_MANAGER", secretsManager.endpoint);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  client.destroy();
  await secretsManager.stop();
});

function functionWith(secretName: string | undefined) {
  vi.stubEnv("ORIGIN_KEYS_SECRET_NAME", secretName);
  const handler = httpFunction(async () => json(200, { reached: true }));
  return (headers: Record<string, string>) => handler({ headers } as APIGatewayProxyEventV2, {} as Context);
}

describe("a function behind the API", () => {
  it("answers a request that came through CloudFront", async () => {
    expect(await functionWith(SECRET)({ [ORIGIN_KEY_HEADER]: KEY })).toMatchObject({ statusCode: 200 });
  });

  it.each([{}, { [ORIGIN_KEY_HEADER]: "another" }, { [ORIGIN_KEY_HEADER]: "" }])(
    "refuses %j in the caller's language, and does nothing else",
    async (headers) => {
      const {
        statusCode,
        body = "",
        headers: sent,
      } = await functionWith(SECRET)({ ...headers, "accept-language": "fr" });
      expect(statusCode).toBe(403);
      expect(sent).toMatchObject({
        "content-type": expect.stringMatching(/^application\/problem\+json/),
        "cache-control": "no-store",
      });
      expect(JSON.parse(body)).toMatchObject({
        type: "/api/v1/docs#not-through-site",
        title: "Cette adresse n’est pas publique",
      });
      expect(body).not.toContain("reached");
    },
  );

  it("asks the voter to try again when the keys cannot be read", async () => {
    expect(await functionWith("scrutin/test/no-such-secret")({ [ORIGIN_KEY_HEADER]: KEY })).toMatchObject({
      statusCode: 503,
    });
  });

  it("refuses everybody while the secret holds anything but keys", async () => {
    await client.send(new PutSecretValueCommand({ SecretId: SECRET, SecretString: '["not keys"]' }));
    const { statusCode } = await functionWith(SECRET)({ [ORIGIN_KEY_HEADER]: KEY });
    expect(statusCode).toBe(500);
    await client.send(
      new PutSecretValueCommand({ SecretId: SECRET, SecretString: JSON.stringify({ deployment: KEY }) }),
    );
  });

  it("answers everyone only where configured explicitly; a missing variable is an error", async () => {
    expect(await functionWith("none")({})).toMatchObject({ statusCode: 200 });
    expect(() => functionWith(undefined)).toThrow(/ORIGIN_KEYS_SECRET_NAME/);
  });
});
