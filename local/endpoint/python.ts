import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { EMULATOR_FOLDER } from "#admin/connection/emulator.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** Environments of tools written in Python: each made in a folder of `.scrutin`, and again when its requirements change. */

const fileBeside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const MAKE_CERTIFICATE = fileBeside("certificate.py");

const OLDEST_PYTHON = [3, 10] as const;
const INSTALLED_WITHIN_MS = 300_000;

/** A tool that pip installs. */
export type PythonTool = Readonly<{
  name: string;
  /** What is imported to see whether it is installed. */
  module: string;
  /** Its packages, by exact version and hash. */
  requirements: string;
  folder: string;
  /** What to do without it: a sentence. */
  orElse: string;
  /** What else the environment is made of: the files, and how. */
  more?: Readonly<{ files: readonly string[]; make: (python: string) => Promise<unknown> }>;
}>;

const CFN_LINT: PythonTool = {
  name: "cfn-lint, which checks the templates,",
  module: "cfnlint",
  requirements: fileBeside("cfn-lint-requirements.txt"),
  folder: fileBeside("../../.scrutin/cfn-lint/"),
  orElse: "Without it the templates stay unchecked; everything else runs without Python.",
};

const SCHEMATHESIS: PythonTool = {
  name: "Schemathesis, which holds the API to its OpenAPI document,",
  module: "schemathesis",
  requirements: fileBeside("schemathesis-requirements.txt"),
  folder: fileBeside("../../.scrutin/schemathesis/"),
  orElse: "Without it this check is not made; everything else runs without Python.",
};

const ministack = (folder: string): PythonTool => ({
  name: "MiniStack, the endpoint that this command brings,",
  module: "ministack",
  requirements: fileBeside("requirements.txt"),
  folder,
  orElse: "Or name an endpoint that runs already: AWS_ENDPOINT_URL=http://localhost:4566 npm run test:endpoint.",
  more: {
    files: [MAKE_CERTIFICATE],
    make: (python) => run(python, [MAKE_CERTIFICATE, join(folder, "certificate.pem"), join(folder, "key.pem")]),
  },
});

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
async function findPython({ name, orElse }: PythonTool): Promise<string> {
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
  throw new EnglishRefusal(
    `${name} needs Python ${OLDEST_PYTHON.join(".")} or newer: ${state}. Install python3. ${orElse}`,
  );
}

async function makeVenv(python: string, venv: string): Promise<void> {
  await run(python, ["-m", "venv", venv]).catch((error) => {
    throw new EnglishRefusal(
      `${python} could not make a virtual environment; Debian and Ubuntu have that in a package of its own (apt-get install python3-venv):\n${lastWords(error)}`,
    );
  });
}

const UNREACHABLE =
  /connection broken|Max retries|NewConnectionError|Temporary failure|unreachable|timed out|ProxyError/i;

async function install(python: string, { name, requirements, orElse }: PythonTool): Promise<void> {
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
  // The files name every package: pip need not look for more, and takes one with extras for unpinned if it does.
  const pinned = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--requirement", requirements];
  await run(python, [...pip, ...pinned], { timeout: INSTALLED_WITHIN_MS }).catch((error) => {
    const words = lastWords(error);
    throw new EnglishRefusal(
      UNREACHABLE.test(words)
        ? `pip could not reach its package index, from which ${name} is installed once. Check the network, or pip's own settings (pip config list). ${orElse}\n${words}`
        : `pip could not install ${name} by ${requirements}:\n${words}`,
    );
  });
}

/**
 * Makes a tool's environment unless it is there. Answers the path of its python.
 * @throws Refusal when Python is missing or pip cannot install
 */
export async function pythonWith(tool: PythonTool, say: (line: string) => void): Promise<string> {
  const { folder, module, requirements, more } = tool;
  const at = (name: string): string => join(folder, name);
  const python = at("venv/bin/python");
  const hash = createHash("sha256");
  for (const file of [requirements, ...(more?.files ?? [])]) hash.update(await readFile(file));
  const fingerprint = hash.digest("hex");
  const made = await readFile(at("made-of.sha256"), "utf8").catch(() => undefined);
  // A Python that was removed or updated since leaves an environment that does not start.
  const starts = (): Promise<boolean> => run(python, ["-c", `import ${module}`]).then(Boolean, () => false);
  if (made === fingerprint && (await starts())) return python;

  const base = await findPython(tool);
  say(`installing ${module} into .scrutin (once)`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await makeVenv(base, at("venv"));
  await install(python, tool);
  await more?.make(python);
  await writeFile(at("made-of.sha256"), fingerprint);
  return python;
}

/** The environment's python, and the files of the endpoint's certificate and its key. */
export type PythonEnvironment = Readonly<{ python: string; certificate: string; key: string }>;

/** MiniStack's environment, with the endpoint's certificate. @throws Refusal when it cannot be made */
export async function pythonWithMinistack(
  say: (line: string) => void,
  folder = EMULATOR_FOLDER,
): Promise<PythonEnvironment> {
  const python = await pythonWith(ministack(folder), say);
  return { python, certificate: join(folder, "certificate.pem"), key: join(folder, "key.pem") };
}

/** cfn-lint's environment: the path of its python. @throws Refusal when it cannot be made */
export const pythonWithCfnLint = (say: (line: string) => void): Promise<string> => pythonWith(CFN_LINT, say);

/** Schemathesis's environment: the path of its python. @throws Refusal when it cannot be made */
export const pythonWithSchemathesis = (say: (line: string) => void): Promise<string> => pythonWith(SCHEMATHESIS, say);
