#!/usr/bin/env node
import { once } from "node:events";
import * as z from "zod";
import { EMULATOR_STAGE } from "#admin/connection/emulator.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { deploySystem } from "#local/endpoint/deployed-system.ts";
import { requireFreePort } from "#local/listening.ts";
import { runCommand } from "#local/loose-ends.ts";

/** `npm run endpoint`: Scrutin deployed to an AWS-compatible endpoint, until it is told to stop. */

const port = z.coerce.number().int().min(1).max(65_535);
const Settings = z.object({ PORT: port.default(3000), ENDPOINT_PORT: port.default(4566) });

const another = (variable: string, taken: number): string => `${variable}=${taken + 1} npm run endpoint`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

await runCommand(async () => {
  const settings = Settings.safeParse(process.env);
  if (!settings.success) throw new EnglishRefusal("PORT and ENDPOINT_PORT must be numbers from 1 to 65535.");
  const { PORT, ENDPOINT_PORT } = settings.data;
  await requireFreePort(PORT, another("PORT", PORT));
  if (process.env.AWS_ENDPOINT_URL === undefined)
    await requireFreePort(ENDPOINT_PORT, another("ENDPOINT_PORT", ENDPOINT_PORT));
  const { url, endpointUrl } = await deploySystem(say, { site: PORT, endpoint: ENDPOINT_PORT });
  say(`Scrutin is ready: ${url}`);
  say(`  endpoint     ${endpointUrl}`);
  say(`  officer      AWS_ENDPOINT_URL=${endpointUrl} npx scrutin election list --stage ${EMULATOR_STAGE}`);
  say(`  load         npm run load -- --votes 500 --endpoint ${endpointUrl}`);
  await once(process, "beforeExit");
  return true;
});
