import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import * as z from "zod";
import { listen } from "#local/listening.ts";
import { ACCOUNT_ID, REGION } from "#local/services/credentials.ts";

/** The part of AWS Secrets Manager that Scrutin uses, over the SDK's protocol (AWS JSON 1.1). With a folder, secrets outlive the process. */
export type SecretsManagerLocal = Readonly<{ endpoint: string; stop(): Promise<void> }>;

const Request = z.object({
  SecretId: z.string().optional(),
  Name: z.string().optional(),
  SecretString: z.string().optional(),
  Description: z.string().optional(),
});
const Secret = z.object({ value: z.string(), description: z.string().optional() });
const Stored = z.record(z.string(), Secret);

type Answer = Readonly<{ status: number; body: Record<string, unknown> }>;

const refuse = (type: string, message: string): Answer => ({ status: 400, body: { __type: type, message } });

export async function startSecretsManager(folder?: string): Promise<SecretsManagerLocal> {
  const file = folder === undefined ? undefined : join(folder, "secrets.json");
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const kept = file === undefined ? "{}" : await readFile(file, "utf8").catch(() => "{}");
  const secrets = new Map(Object.entries(Stored.parse(JSON.parse(kept))));

  let saved: Promise<void> = Promise.resolve();
  const save = (): Promise<void> => {
    if (file === undefined) return saved;
    saved = saved.then(async () => {
      await writeFile(`${file}.new`, JSON.stringify(Object.fromEntries(secrets)), { mode: 0o600 });
      await rename(`${file}.new`, file);
    });
    return saved;
  };
  const about = (name: string) => ({
    ARN: `arn:aws:secretsmanager:${REGION}:${ACCOUNT_ID}:secret:${name}-local1`,
    Name: name,
    VersionId: randomBytes(16).toString("hex"),
  });

  const answer = async (
    action: string,
    { SecretId, Name, SecretString = "", Description: description }: z.infer<typeof Request>,
  ): Promise<Answer> => {
    const name = Name ?? SecretId ?? "";
    const secret = secrets.get(name);
    if (action === "CreateSecret") {
      if (secret !== undefined) return refuse("ResourceExistsException", `the secret ${name} exists already`);
      secrets.set(name, { value: SecretString, description });
      await save();
      return { status: 200, body: about(name) };
    }
    if (secret === undefined) return refuse("ResourceNotFoundException", `there is no secret ${name}`);
    switch (action) {
      case "GetSecretValue":
        return { status: 200, body: { ...about(name), SecretString: secret.value, VersionStages: ["AWSCURRENT"] } };
      case "DescribeSecret":
        return { status: 200, body: { ...about(name), Description: secret.description } };
      case "PutSecretValue":
        secrets.set(name, { ...secret, value: SecretString });
        await save();
        return { status: 200, body: about(name) };
      case "DeleteSecret":
        secrets.delete(name);
        await save();
        return { status: 200, body: about(name) };
      default:
        return refuse("InvalidRequestException", `${action} is not emulated here`);
    }
  };

  const server = createServer(async (request, response) => {
    const action =
      String(request.headers["x-amz-target"] ?? "")
        .split(".")
        .at(-1) ?? "";
    const { status, body } = await text(request)
      .then((asked) => answer(action, Request.parse(JSON.parse(asked))))
      .catch(() => refuse("InvalidRequestException", "the request could not be read"));
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(body));
  });
  const port = await listen(server);

  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await saved;
    },
  };
}
