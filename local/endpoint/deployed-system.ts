import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { findStage } from "#admin/connection/deployed-stage.ts";
import { EMULATOR_STAGE, emulatorUrl, trustEmulator } from "#admin/connection/emulator.ts";
import { phaseAt } from "#core/contest.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { bundle, siteFolder } from "#infra/bundle.ts";
import { readStageFile } from "#infra/config.ts";
import { destroySecrets } from "#infra/stage-secrets.ts";
import { synthesize } from "#infra/synthesize.ts";
import { DEMO_FOLDER, type DemoElection, readDemo } from "#local/demo.ts";
import { cdkAt, npmDeployAt, scrutinAt } from "#local/endpoint/cdk.ts";
import { failFirst } from "#local/endpoint/failed-deployment.ts";
import { type Front, startFront } from "#local/endpoint/front.ts";
import { startMinistack } from "#local/endpoint/ministack.ts";
import { freePort } from "#local/listening.ts";
import { looseEnd } from "#local/loose-ends.ts";
import { resolvedDefinitions } from "#local/relative-start.ts";
import { removeRunningFile, writeRunningFile } from "#local/running-file.ts";
import { clientConfig } from "#local/services/credentials.ts";

/** Scrutin deployed to an endpoint by the CDK's command, with voters enrolled by `scrutin`. */

export type DeployedSystem = Readonly<{
  /** Of the endpoint itself. */
  endpointUrl: string;
  /** Of the site and the API, as a voter sees them. */
  url: string;
  port: number;
  stop(): Promise<void>;
}>;

type Say = (line: string) => void;

/** Says what is being done, and how long it took. */
async function step<T>(say: Say, what: string, work: () => Promise<T>): Promise<T> {
  say(`${what}…`);
  const startedMs = performance.now();
  const result = await work();
  say(`${what}: done in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  return result;
}

/** The endpoint that AWS_ENDPOINT_URL names, once it has answered. */
async function requireEndpoint(url: string): Promise<string> {
  trustEmulator();
  await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => {
    throw new EnglishRefusal(
      `AWS_ENDPOINT_URL is ${url}, and nothing answers there. Start it (docker compose up -d), or leave the variable out: MiniStack is then started for the run.`,
    );
  });
  return url;
}

/** Enrols the demonstration's voters, and states the openings of its elections. */
async function enterVoters(url: string, demo: readonly DemoElection[]): Promise<void> {
  const scrutin = scrutinAt(url);
  await Promise.all(
    demo.map(async ({ definition, votersFile }) => {
      const { electionId } = definition;
      if (votersFile !== undefined) await scrutin("roll", "import", votersFile, "--election", electionId);
      if (phaseAt(definition, Date.now()) === "open") await scrutin("election", "open-statement", electionId);
    }),
  );
}

/** A folder of configuration in which the stage deploys the demonstration, as it is today. */
async function configFor(demo: readonly DemoElection[], folder: string): Promise<string> {
  const electionsFolder = await resolvedDefinitions(demo.map(({ definition }) => definition));
  const config = join(folder, "config");
  await mkdir(config);
  const stage = { ...readStageFile(EMULATOR_STAGE), electionsFolder };
  await writeFile(join(config, `${EMULATOR_STAGE}.json`), JSON.stringify(stage));
  return config;
}

/** Removes the secrets of the elections, which no stack owns. */
async function removeSecrets(url: string): Promise<void> {
  const client = new SecretsManagerClient(clientConfig(url));
  try {
    await destroySecrets(client, { stage: EMULATOR_STAGE });
  } finally {
    client.destroy();
  }
}

/**
 * Deploys the stage `endpoint` to the emulator that AWS_ENDPOINT_URL names, or to a MiniStack started for it.
 * @param ports of the site (0 for any), and of a MiniStack of our own
 * @param options whether a first deployment fails before it, to a MiniStack of our own
 * @throws Refusal; nothing is left running or deployed then
 */
export async function deploySystem(
  say: Say,
  ports: Readonly<{ site: number; endpoint?: number }>,
  { failsFirst = false } = {},
): Promise<DeployedSystem> {
  const open: (() => Promise<void>)[] = [];
  const stop = looseEnd(async () => {
    for (const end of open.splice(0).toReversed()) await end().catch((error) => say(`while tearing down: ${error}`));
  });
  try {
    const folder = await mkdtemp(join(tmpdir(), "scrutin-endpoint-"));
    open.push(() => rm(folder, { recursive: true, force: true }));
    const given = emulatorUrl();
    if (given === undefined && process.env.AWS_ENDPOINT_URL !== undefined) {
      throw new EnglishRefusal(
        "AWS_ENDPOINT_URL must be the URL of an emulator on this machine, such as http://localhost:4566.",
      );
    }
    let endpointUrl: string;
    if (given === undefined) {
      const ministack = await step(say, "starting MiniStack", async () =>
        startMinistack(folder, ports.endpoint ?? (await freePort()), say),
      );
      open.push(ministack.stop);
      endpointUrl = ministack.url;
      // For the command line tools, and the search for the stage.
      process.env.AWS_ENDPOINT_URL = endpointUrl;
    } else {
      endpointUrl = await requireEndpoint(given);
    }

    const demo = await readDemo(DEMO_FOLDER, Date.now());
    process.env.CONFIG_DIR = await configFor(demo, folder);
    const { assetFolder } = await step(say, "cdk synth", () => synthesize(EMULATOR_STAGE));
    const empty = join(folder, "empty");
    await mkdir(empty);
    const cdk = cdkAt(endpointUrl, empty, assetFolder);
    await step(say, `cdk bootstrap at ${endpointUrl}`, cdk.bootstrap);
    // Our own endpoint forgets everything as it stops; another is left as it was found.
    if (given !== undefined) open.push(cdk.destroy);
    if (failsFirst && given === undefined) {
      await step(say, "a first deployment that fails", () => failFirst(endpointUrl, assetFolder, folder));
      await step(say, "npm run deploy: the second try", () => npmDeployAt(endpointUrl)("--yes"));
    } else await step(say, "cdk deploy: data and voting stacks, and the elections", cdk.deploy);
    const { outputs, endpoints } = await findStage(EMULATOR_STAGE);
    if (endpoints === undefined) throw new Error("the stage was found in AWS, not at the endpoint");
    if (given !== undefined) open.push(() => removeSecrets(endpointUrl));
    await step(say, "scrutin roll import, election open-statement: the demonstration", () =>
      enterVoters(endpointUrl, demo),
    );

    // The user pool is the emulator's.
    const signInOrigins = { office: [endpointUrl], vote: [] };
    const certified = { endpoint: endpoints.s3, bucket: outputs.CertifiedBucket };
    const site = siteFolder(await bundle());
    const front: Front = await startFront(outputs.ApiUrl, site, certified, ports.site, signInOrigins);
    open.push(front.stop);
    const { url, port } = front;
    const services = { ...endpoints, cloudwatch: endpointUrl };
    const running = { url, pid: process.pid, outputs, endpoints: services };
    await writeRunningFile(port, { ...running, believesAddresses: false });
    open.push(() => removeRunningFile(port));
    return { endpointUrl, url, port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
