import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import * as z from "zod";
import { listen } from "#local/listening.ts";
import { ACCOUNT_ID, REGION } from "#local/services/credentials.ts";

/**
 * The part of AWS Secrets Manager that Scrutin uses, over the SDK's protocol (AWS JSON 1.1). With a folder, secrets outlive the
 * process. The endpoint's path is a random credential, which other users of the machine do not know and no web page can guess.
 */
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

const CREDENTIAL_BYTES = 32;
const FORBIDDEN: Answer = {
  status: 403,
  body: { __type: "AccessDeniedException", message: "not with this credential" },
};

const refuse = (type: string, message: string): Answer => ({ status: 400, body: { __type: type, message } });

export async function startSecretsManager(folder?: string): Promise<SecretsManagerLocal> {
  const file = folder === undefined ? undefined : join(folder, "secrets.json");
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

  const path = Buffer.from(`/${randomBytes(CREDENTIAL_BYTES).toString("base64url")}/`);
  let host = "";
  const isAllowed = ({ headers, url = "" }: IncomingMessage): boolean => {
    const asked = Buffer.from(url);
    // A page whose name was rebound to this machine sends its own host.
    return headers.host === host && asked.length === path.length && timingSafeEqual(asked, path);
  };

  const server = createServer(async (request, response) => {
    const action =
      String(request.headers["x-amz-target"] ?? "")
        .split(".")
        .at(-1) ?? "";
    const { status, body } = await text(request)
      .then((asked) => (isAllowed(request) ? answer(action, Request.parse(JSON.parse(asked))) : FORBIDDEN))
      .catch(() => refuse("InvalidRequestException", "the request could not be read"));
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(body));
  });
  host = `127.0.0.1:${await listen(server)}`;

  return {
    endpoint: `http://${host}${path.toString().replace(/\/$/, "")}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await saved;
    },
  };
}
