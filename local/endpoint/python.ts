import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { EMULATOR_FOLDER } from "#admin/connection/emulator.ts";
import { Refusal } from "#core/refusal.ts";

/** MiniStack's Python environment: made in `.scrutin/ministack`, and again when its requirements change. */

const REQUIREMENTS = fileURLToPath(new URL("requirements.txt", import.meta.url));
const MAKE_CERTIFICATE = fileURLToPath(new URL("certificate.py", import.meta.url));

const OLDEST_PYTHON = [3, 10] as const;
const INSTALLED_WITHIN_MS = 300_000;
const OR_ELSE = "Or name an endpoint that runs already: AWS_ENDPOINT_URL=http://localhost:4566 npm run test:endpoint.";

const run = promisify(execFile);

/** The last line of a failed command's output. */
function lastWords(error: unknown): string {
  const said =
    error instanceof Error && "stderr" in error
      ? `${"stdout" in error ? error.stdout : ""}${error.stderr}`
      : `${error}`;
  return said.trim().split("\n").slice(-8).join("\n");
}

/** The command that runs Python. Throws Refusal when there is none, or none recent enough. */
async function findPython(): Promise<string> {
  const found: string[] = [];
  for (const command of ["python3", "python"]) {
    const version = await run(command, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]).then(
      ({ stdout }) => stdout.trim(),
      () => undefined,
    );
    if (version === undefined) continue;
    const [major = 0, minor = 0] = version.split(".").map(Number);
    if (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]) return command;
    found.push(`${command} is ${version}`);
  }
  const state = found.length === 0 ? "there is none on the PATH" : found.join(", ");
  throw new Refusal(
    `MiniStack, the endpoint that this command brings, needs Python ${OLDEST_PYTHON.join(".")} or newer: ${state}. Install python3. ${OR_ELSE}`,
  );
}

async function makeVenv(python: string, venv: string): Promise<void> {
  await run(python, ["-m", "venv", venv]).catch((error) => {
    throw new Refusal(
      `${python} could not make a virtual environment; Debian and Ubuntu have that in a package of its own (apt-get install python3-venv):\n${lastWords(error)}`,
    );
  });
}

const UNREACHABLE =
  /connection broken|Max retries|NewConnectionError|Temporary failure|unreachable|timed out|ProxyError/i;

async function install(python: string): Promise<void> {
  const pip = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-input",
    "--retries",
    "2",
    "--timeout",
    "15",
  ];
  const pinned = ["--require-hashes", "--only-binary", ":all:", "--requirement", REQUIREMENTS];
  await run(python, [...pip, ...pinned], { timeout: INSTALLED_WITHIN_MS }).catch((error) => {
    const words = lastWords(error);
    throw new Refusal(
      UNREACHABLE.test(words)
        ? `pip could not reach its package index, from which MiniStack is installed once. Check the network, or pip's own settings (pip config list). ${OR_ELSE}\n${words}`
        : `pip could not install MiniStack (local/endpoint/requirements.txt):\n${words}`,
    );
  });
}

/** The environment's python, and the files of the endpoint's certificate and its key. */
export type PythonEnvironment = Readonly<{ python: string; certificate: string; key: string }>;

/**
 * Makes the environment and the endpoint's certificate unless they are there.
 * @throws Refusal when Python is missing or pip cannot install
 */
export async function pythonWithMinistack(
  say: (line: string) => void,
  folder = EMULATOR_FOLDER,
): Promise<PythonEnvironment> {
  const at = (name: string): string => join(folder, name);
  const environment = { python: at("venv/bin/python"), certificate: at("certificate.pem"), key: at("key.pem") };
  const { python, certificate, key } = environment;
  const fingerprint = createHash("sha256")
    .update(await readFile(REQUIREMENTS))
    .update(await readFile(MAKE_CERTIFICATE))
    .digest("hex");
  const made = await readFile(at("made-of.sha256"), "utf8").catch(() => undefined);
  // A Python that was removed or updated since leaves an environment that does not start.
  const starts = (): Promise<boolean> => run(python, ["-c", "import ministack"]).then(Boolean, () => false);
  if (made === fingerprint && (await starts())) return environment;

  const base = await findPython();
  say("installing MiniStack into .scrutin/ministack (once)");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await makeVenv(base, at("venv"));
  await install(python);
  await run(python, [MAKE_CERTIFICATE, certificate, key]);
  await writeFile(at("made-of.sha256"), fingerprint);
  return environment;
}
