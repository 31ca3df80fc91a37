import { findStage } from "#admin/connection/deployed-stage.ts";
import { EMULATOR_STAGE, emulatorUrl } from "#admin/connection/emulator.ts";
import { findLocal } from "#admin/connection/local-system.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { Refusal } from "#core/refusal.ts";
import { readConfig } from "#infra/config.ts";
import type { LoadOptions } from "#load/scenarios/load-options.ts";
import { type SystemUnderLoad, startSystem } from "#load/shared/running-system.ts";

const DEFAULT_PORT = 3000;
const MOST_PORT = 65_535;

export type SystemInUse = SystemUnderLoad &
  /** If it was started for the run. */
  Partial<AsyncDisposable> &
  Readonly<{
    /** Whether it believes the address that a post claims: behind CloudFront, at an endpoint, or by `npm start`, it does not. */
    believesAddresses: boolean;
  }>;

function portOf(url: string | undefined): number {
  if (url !== undefined) {
    const { port, protocol } = new URL(url);
    return Number(port || (protocol === "https:" ? 443 : 80));
  }
  const port = Number(process.env.PORT ?? DEFAULT_PORT);
  if (Number.isInteger(port) && port >= 1 && port <= MOST_PORT) return port;
  throw new EnglishRefusal(`PORT must be a number from 1 to ${MOST_PORT}.`);
}

/** @param hint what to do when it is not found */
async function deployed(stage: string, hint: string): Promise<SystemInUse> {
  const { outputs, endpoints } = await findStage(stage).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    throw new EnglishRefusal(`${error.message.replace(/\.$/, "")}. ${hint}`);
  });
  return { url: outputs.ApiUrl, outputs, endpoints, believesAddresses: false };
}

function systemAtEndpoint(endpoint: string): Promise<SystemInUse> {
  process.env.AWS_ENDPOINT_URL = endpoint;
  if (emulatorUrl() === undefined) {
    throw new EnglishRefusal("Load is only sent to this machine: --endpoint https://localhost:4566.");
  }
  return deployed(EMULATOR_STAGE, "npm run endpoint starts an endpoint and deploys to it.");
}

/** A stage in AWS whose votes do not count: invented ones cannot be told from real ones. */
function systemAtStage(stage: string): Promise<SystemInUse> {
  const { retainData, emulator } = readConfig(stage);
  if (emulator !== undefined)
    throw new EnglishRefusal(`Stage ${stage} is made for an emulator of AWS: see --endpoint.`);
  if (retainData) {
    throw new EnglishRefusal(
      `Stage ${stage} keeps its votes (retainData, true unless config/${stage}.json says otherwise): invented ones do not belong there.`,
    );
  }
  return deployed(stage, "AWS_REGION and the credentials must be those of the stage.");
}

export async function systemFor(
  { stage, endpoint, url }: Pick<LoadOptions, "stage" | "endpoint" | "url">,
  say: (line: string) => void,
): Promise<SystemInUse> {
  if (stage !== undefined) return systemAtStage(stage);
  if (endpoint !== undefined) return systemAtEndpoint(endpoint);
  const port = portOf(url);
  const running = await findLocal(port);
  if (running !== undefined) return running;
  if (url !== undefined) throw new EnglishRefusal(`No Scrutin of this machine is running at ${url}.`);
  say(`No Scrutin is running on port ${port}: starting one for this run.`);
  return startSystem({ port });
}
