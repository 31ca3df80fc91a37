import { mkdtemp, rm, stat } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "#local/services/credentials.ts";
import { startSecretsManager } from "#local/services/secrets-manager.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutin-secrets-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function withSecrets<T>(use: (client: SecretsManagerClient) => Promise<T>): Promise<T> {
  const { endpoint, stop } = await startSecretsManager(folder);
  const client = new SecretsManagerClient(clientConfig(endpoint));
  try {
    return await use(client);
  } finally {
    client.destroy();
    await stop();
  }
}
const read = (name: string) =>
  withSecrets(async (client) => (await client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString);

test("a secret is created once: a second key for the same election is refused, and the first stays", async () => {
  await withSecrets(async (client) => {
    await client.send(new CreateSecretCommand({ Name: "pepper/1", SecretString: "first" }));
    const again = client.send(new CreateSecretCommand({ Name: "pepper/1", SecretString: "second" }));
    await expect(again).rejects.toBeInstanceOf(ResourceExistsException);
  });
  expect(await read("pepper/1")).toBe("first");
});

test("secrets created at the same time all survive a restart", async () => {
  const names = Array.from({ length: 20 }, (_, index) => `ballot-key/${index}`);
  await withSecrets((client) =>
    Promise.all(names.map((Name) => client.send(new CreateSecretCommand({ Name, SecretString: `of ${Name}` })))),
  );
  expect(await Promise.all([read("ballot-key/0"), read("ballot-key/19")])).toEqual([
    "of ballot-key/0",
    "of ballot-key/19",
  ]);
});

test("no other user of the machine may read the file of secrets", async () => {
  expect((await stat(join(folder, "secrets.json"))).mode & 0o777).toBe(0o600);
});

test("whoever lacks the random credential, or comes by another host's name, reads nothing", async () => {
  const { endpoint, stop } = await startSecretsManager();
  const { origin, host, port, pathname } = new URL(endpoint);
  const ask = (path: string, name: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = { host: name, "x-amz-target": "secretsmanager.GetSecretValue" };
      request(`${origin}${path}`, { method: "POST", headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .once("error", reject)
        .end(JSON.stringify({ SecretId: "pepper/1" }));
    });
  const FORBIDDEN = 403;
  try {
    expect(await ask("/", host)).toBe(FORBIDDEN);
    expect(await ask(`${pathname.slice(0, -1)}_/`, host)).toBe(FORBIDDEN);
    expect(await ask(`${pathname}/`, `attacker.example:${port}`)).toBe(FORBIDDEN);
    // Allowed, and there is no such secret.
    expect(await ask(`${pathname}/`, host)).toBe(400);
  } finally {
    await stop();
  }
});

test("a replaced or destroyed secret is gone", async () => {
  await withSecrets(async (client) => {
    await client.send(new CreateSecretCommand({ Name: "pepper/2", SecretString: "old" }));
    await client.send(new PutSecretValueCommand({ SecretId: "pepper/2", SecretString: "new" }));
  });
  expect(await read("pepper/2")).toBe("new");
  await withSecrets((client) =>
    client.send(new DeleteSecretCommand({ SecretId: "pepper/2", ForceDeleteWithoutRecovery: true })),
  );
  await expect(read("pepper/2")).rejects.toBeInstanceOf(ResourceNotFoundException);
});
