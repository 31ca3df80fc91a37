import { Refusal } from "#core/refusal.ts";
import type { LoadOptions } from "#load/scenarios/load-options.ts";
import {
  findSystem,
  type SystemUnderLoad,
  startSystem,
  systemAtEndpoint,
  systemAtStage,
} from "#load/shared/running-system.ts";

/** The system that a run goes to, as its options say. */

const DEFAULT_PORT = 3000;
const MOST_PORT = 65_535;

export type SystemInUse = SystemUnderLoad &
  Readonly<{
    /** Whether it believes the address that a post names; where CloudFront stands in front, or plays no part, it does not. */
    believesAddresses: boolean;
    /** Undefined where it runs on without us. */
    stop?: () => Promise<void>;
  }>;

function portOf(url: string | undefined): number {
  if (url !== undefined) {
    const { port, protocol } = new URL(url);
    return Number(port || (protocol === "https:" ? 443 : 80));
  }
  const port = Number(process.env.PORT ?? DEFAULT_PORT);
  if (Number.isInteger(port) && port >= 1 && port <= MOST_PORT) return port;
  throw new Refusal(`PORT must be a number from 1 to ${MOST_PORT}.`);
}

/** The system that runs, or one started for the run. Throws Refusal when there is none and none can be. */
export async function systemFor(
  { stage, endpoint, url }: Pick<LoadOptions, "stage" | "endpoint" | "url">,
  say: (line: string) => void,
): Promise<SystemInUse> {
  if (stage !== undefined) return { ...(await systemAtStage(stage)), believesAddresses: false };
  if (endpoint !== undefined) return { ...(await systemAtEndpoint(endpoint)), believesAddresses: false };
  const port = portOf(url);
  const running = await findSystem(port);
  if (running !== undefined) return { ...running, believesAddresses: true };
  if (url !== undefined) throw new Refusal(`No Scrutin of this machine is running at ${url}.`);
  say(`No Scrutin is running on port ${port}: starting one for this run.`);
  return { ...(await startSystem(port)), believesAddresses: true };
}
