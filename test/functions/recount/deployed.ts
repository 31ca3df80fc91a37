import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import type { RecountTask } from "#functions/recount/contract.ts";
import { bundle, functionFolder } from "#infra/bundle.ts";
import { hostFunction } from "#local/functions/host.ts";
import type { Office } from "#test/admin/office.ts";
import { type Found, STILL_SECONDS } from "#test/functions/recount/recounts.ts";

const Measured = z.looseObject({
  election: z.string(),
  VotingOpen: z.number().optional(),
  BallotsRecounted: z.number().optional(),
  TallyDisagreements: z.number().optional(),
});

/** Runs the task as deployed: its own bundle, in a process of its own, a thread per processor. */
export async function runDeployed({ outputs, endpoints }: Office, task: RecountTask["task"]): Promise<Found> {
  const { ElectionsTable, VotesTable, TalliesTable, SecretPrefix } = outputs;
  const folder = await mkdtemp(join(tmpdir(), "scrutin-recount-"));
  const host = hostFunction(
    {
      name: "recount",
      bundle: join(functionFolder(await bundle(), "recount"), "index.mjs"),
      environment: {
        POWERTOOLS_SERVICE_NAME: "recount",
        POWERTOOLS_METRICS_NAMESPACE: "Test",
        ELECTIONS_TABLE: ElectionsTable,
        VOTES_TABLE: VotesTable,
        TALLIES_TABLE: TalliesTable,
        BALLOT_KEY_SECRET_PREFIX: `${SecretPrefix}/ballot-key/`,
        STAMP_KEY_SECRET_PREFIX: `${SecretPrefix}/stamp-key/`,
        STILL_SECONDS: String(STILL_SECONDS),
        AWS_REGION: "ca-central-1",
        AWS_ACCESS_KEY_ID: endpoints.accessKeyId ?? "",
        AWS_SECRET_ACCESS_KEY: "local",
        AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsmanager,
      },
      timeoutMs: 60_000,
      memoryMegabytes: 512,
    },
    folder,
  );
  try {
    await host.invoke({ task });
  } finally {
    await host.stop();
  }
  const log = await readFile(join(folder, "recount.log"), "utf8");
  await rm(folder, { recursive: true });
  const lines = log.trim().split("\n");
  const found: Found = {};
  for (const line of lines) {
    const measured = Measured.safeParse(JSON.parse(line === "" ? "{}" : line));
    if (!measured.success || !line.includes("CloudWatchMetrics")) continue;
    const { election, VotingOpen, BallotsRecounted, TallyDisagreements } = measured.data;
    found[election] = {
      ...found[election],
      ...(VotingOpen !== undefined && { VotingOpen }),
      ...(BallotsRecounted !== undefined && { BallotsRecounted }),
      ...(TallyDisagreements !== undefined && { TallyDisagreements }),
    };
  }
  return found;
}
