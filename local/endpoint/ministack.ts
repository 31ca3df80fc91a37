import { spawn } from "node:child_process";
import { mkdir, open, readFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { trustEmulator } from "#admin/connection/emulator.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { pythonWithMinistack } from "#local/endpoint/python.ts";
import { tie } from "#local/loose-ends.ts";
import { CREDENTIALS, REGION } from "#local/services/credentials.ts";

/** MiniStack: AWS in one process, in memory. It listens on this machine only, by TLS, and enforces IAM policies. */

export type Ministack = Readonly<{ url: string; logFile: string; stop(): Promise<void> }>;

const STARTS_WITHIN_MS = 60_000;

/** The functions run on the Node that runs this; MiniStack takes the one on its PATH. */
const PATH = [dirname(process.execPath), process.env.PATH ?? ""].join(delimiter);

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/_ministack/health`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/**
 * Starts MiniStack on a port and waits until it answers.
 * @param folder for its log and what it unpacks; whoever made it removes it
 * @throws Refusal when Python or MiniStack is missing, or it does not start
 */
export async function startMinistack(folder: string, port: number, say: (line: string) => void): Promise<Ministack> {
  const { python, certificate, key } = await pythonWithMinistack(say);
  trustEmulator();
  const url = `https://localhost:${port}`;
  const temporary = join(folder, "tmp");
  await mkdir(temporary, { recursive: true });
  const logFile = join(folder, "ministack.log");
  const log = await open(logFile, "w");
  const child = spawn(
    python,
    [
      // Not the ministack command itself: with TLS that one listens on port 443 as well.
      ...["-m", "hypercorn", "ministack.app:app", "--workers", "0", "--bind", `127.0.0.1:${port}`],
      ...["--certfile", certificate, "--keyfile", key, "--keep-alive", "75"],
    ],
    {
      cwd: folder,
      stdio: ["ignore", log.fd, log.fd],
      env: {
        PATH,
        HOME: folder,
        TMPDIR: temporary,
        STATE_DIR: join(folder, "state"),
        S3_DATA_DIR: join(folder, "s3"),
        GATEWAY_PORT: String(port),
        MINISTACK_REGION: REGION,
        // Requests are signed, and what a policy does not allow is refused.
        AUTH: "true",
        AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
        USE_SSL: "1",
        MINISTACK_SSL_CERT: certificate,
        MINISTACK_SSL_KEY: key,
        IOT_MTLS_ENABLED: "0",
        // Functions inherit these.
        AWS_ENDPOINT_URL: url,
        NODE_EXTRA_CA_CERTS: certificate,
      },
    },
  );
  await log.close();
  const stop = tie(child);
  const deadlineMs = Date.now() + STARTS_WITHIN_MS;
  while (!(await answers(url))) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadlineMs) {
      await stop();
      throw new EnglishRefusal(`MiniStack did not start:\n${(await readFile(logFile, "utf8")).slice(-2_000).trim()}`);
    }
    await sleep(100);
  }
  return { url, logFile, stop };
}
