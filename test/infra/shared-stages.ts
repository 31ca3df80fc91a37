import type { ConfigOverrides } from "#infra/config.ts";
import { synthesize } from "#infra/synthesize.ts";
import { DEMO_FOLDER, readDemo } from "#local/demo.ts";
import { divideByIdentity } from "#local/identity/oidc-elections.ts";
import { resolvedDefinitions } from "#local/relative-start.ts";
import { Stage } from "#test/infra/stage.ts";

/** The stages that infra's tests share. Each costs a run of the CDK when sources change: add one only when none fits. */

export const LIMITS = { votesPerAddress: 300, requestsPerAddress: 3000 } as const;

const OVERRIDES = {
  /** Has everything that a stage can have. */
  rules: {
    ...LIMITS,
    domain: "vote.example.org",
    certificateArn: `arn:aws:acm:us-east-1:123456789012:certificate/${"0".repeat(36)}`,
    alarmEmail: "officer@example.org",
    officers: ["arn:aws:iam::123456789012:role/returning-officer"],
    runbookUrl: "https://example.org/runbook",
    twoOfficers: true,
    voterIssuers: ["https://voters.example.org/tenant"],
  },
  /** A small rehearsal: no recounts, stated openings, alarm mails or retained data, but another site's pages may call its API. */
  least: {
    retainData: false,
    recountEveryMinutes: 0,
    statesOpenings: false,
    expectedVotesPerSecond: 10,
    corsOrigins: ["https://news.example.org"],
  },
  endpoint: {},
  local: {},
} as const satisfies Record<string, ConfigOverrides>;

/** The demonstration's elections that need no provider, as of a start that is always the same. */
async function demonstration(): Promise<string> {
  const demo = await readDemo(DEMO_FOLDER, Date.parse("2026-11-27T12:00:00Z"));
  return resolvedDefinitions(divideByIdentity(demo.map(({ definition }) => definition)).deployed);
}

export async function sharedStage(name: keyof typeof OVERRIDES): Promise<Stage> {
  const { templates, assetFolder } = await synthesize(name, {
    ...OVERRIDES[name],
    electionsFolder: await demonstration(),
  });
  return new Stage(Object.values(templates), assetFolder);
}

/** Global set-up: makes what most files need, so that workers do not wait for one another. */
export default async function setup(): Promise<void> {
  await Promise.all([sharedStage("rules"), sharedStage("least")]);
}
