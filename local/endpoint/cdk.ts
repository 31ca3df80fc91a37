import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { EMULATOR_STAGE } from "#admin/connection/emulator.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { tie } from "#local/loose-ends.ts";
import { ACCOUNT_ID, CREDENTIALS, REGION } from "#local/services/credentials.ts";

/** Commands that work on the endpoint, each a process as if typed: `cdk`, `npm run deploy`, `scrutin`. */

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const CDK = join(dirname(fileURLToPath(import.meta.resolve("aws-cdk/package.json"))), "bin/cdk");
const DEPLOY = join(REPOSITORY, "infra/tools/deploy.ts");
const SCRUTIN = join(REPOSITORY, "admin/scrutin.ts");

/** A failed command's output that is worth reading. */
const LAST_CHARACTERS = 4_000;

/** Variables by which every AWS tool works on an endpoint. */
export function endpointEnvironment(url: string): NodeJS.ProcessEnv {
  // A profile would win over the keys given here, and a proxy would be asked for this machine.
  const { AWS_PROFILE: _, AWS_DEFAULT_PROFILE: _default, AWS_SESSION_TOKEN: _token, ...inherited } = process.env;
  const { NODE_EXTRA_CA_CERTS } = inherited;
  return {
    ...inherited,
    NO_PROXY: "localhost,127.0.0.1",
    no_proxy: "localhost,127.0.0.1",
    PATH: [dirname(process.execPath), process.env.PATH ?? ""].join(delimiter),
    AWS_ENDPOINT_URL: url,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    // The CDK's own command reads this one, and Node's not.
    ...(url.startsWith("https:") && NODE_EXTRA_CA_CERTS !== undefined && { AWS_CA_BUNDLE: NODE_EXTRA_CA_CERTS }),
    CDK_DISABLE_CLI_TELEMETRY: "true",
    CDK_DISABLE_VERSION_CHECK: "1",
    NO_COLOR: "1",
  };
}

async function command(what: string, file: string, args: readonly string[], cwd: string, url: string): Promise<void> {
  const child = spawn(process.execPath, [file, ...args], {
    cwd,
    env: endpointEnvironment(url),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = tie(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output = `${output}${text}`.slice(-LAST_CHARACTERS);
    });
  }
  try {
    const [code] = await once(child, "close");
    if (code !== 0) throw new EnglishRefusal(`${what} failed:\n${output.trim()}`);
  } finally {
    await end();
  }
}

/**
 * The CDK's command line on an endpoint, for a synthesized stage.
 * @param folder an empty one: the project's own settings have no say in what is synthesized already
 */
export function cdkAt(url: string, folder: string, assembly: string) {
  const cdk = (subcommand: string, ...args: readonly string[]) => {
    const quiet = ["--no-version-reporting", "--no-notices", "--progress", "events"];
    return command(`cdk ${subcommand}`, CDK, [subcommand, ...args, ...quiet], folder, url);
  };
  return {
    /** Prepares the account, as `cdk bootstrap` does any. */
    bootstrap: () => cdk("bootstrap", `aws://${ACCOUNT_ID}/${REGION}`),
    deploy: () => cdk("deploy", "--all", "--require-approval", "never", "--app", assembly),
    destroy: () => cdk("destroy", "--all", "--force", "--app", assembly),
  };
}

/** `npm run deploy` of the stage to an endpoint. */
export function npmDeployAt(url: string) {
  return (...args: readonly string[]): Promise<void> =>
    command(`npm run deploy ${args.join(" ")}`, DEPLOY, ["--stage", EMULATOR_STAGE, ...args], REPOSITORY, url);
}

/** The `scrutin` command on the stage at an endpoint. */
export function scrutinAt(url: string) {
  return (...args: readonly string[]): Promise<void> =>
    command(`scrutin ${args.join(" ")}`, SCRUTIN, [...args, "--stage", EMULATOR_STAGE], REPOSITORY, url);
}
