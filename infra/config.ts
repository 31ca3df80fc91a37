import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { missingQuotas } from "#infra/capacity.ts";
import { PARAMETERS } from "#infra/parameters.ts";
import { PROJECT } from "#infra/sources.ts";

/**
 * The configuration of a stage: the defaults, overridden by `config/<stage>.json`. An unknown key is an error, since a
 * misspelt one would silently leave the default.
 */

export const Config = z
  .strictObject(PARAMETERS)
  // AWS's rule (Lambda API, CreateEventSourceMapping, BatchSize).
  .refine(
    ({ validateBatchSize, validateBatchWindowSeconds }) => validateBatchSize <= 10 || validateBatchWindowSeconds > 0,
    {
      path: ["validateBatchWindowSeconds"],
      error: "must be at least 1 when validateBatchSize is above 10",
    },
  )
  .refine(({ domain, certificateArn }) => (domain === undefined) === (certificateArn === undefined), {
    path: ["certificateArn"],
    error: "domain and certificateArn go together: give both or neither",
  })
  .refine(({ officeIssuer, officeAudience }) => (officeIssuer === undefined) === (officeAudience === undefined), {
    path: ["officeAudience"],
    error: "officeIssuer and officeAudience go together: give both or neither",
  })
  .refine(
    ({ officeIssuer, officeClientId, officeScope }) =>
      officeIssuer !== undefined || (officeClientId === undefined && officeScope === undefined),
    {
      path: ["officeIssuer"],
      error: "officeClientId and officeScope are those of another issuer: name it in officeIssuer",
    },
  )
  .refine(({ votesPerAddress, requestsPerAddress }) => votesPerAddress <= requestsPerAddress, {
    path: ["requestsPerAddress"],
    error: "must not be below votesPerAddress: a vote is a request",
  })
  .superRefine((config, { addIssue }) => {
    for (const message of missingQuotas(config, config.accountQuotas)) {
      addIssue({ code: "custom", path: ["expectedVotesPerSecond"], message });
    }
  });
export type Config = Readonly<z.infer<typeof Config>>;
export type ConfigOverrides = Partial<Omit<Config, "stage">>;

const configFolder = (): string => resolve(process.env.CONFIG_DIR ?? join(PROJECT, "config"));

/** The content of a stage's file; undefined when there is none. @throws Refusal when it is not a JSON object */
export function readStageFile(stage: string): Record<string, unknown> | undefined {
  const file = `${configFolder()}/${stage}.json`;
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new EnglishRefusal(`config/${stage}.json is not a readable JSON object`);
  }
}

/**
 * The parameters of a stage.
 * @throws Refusal that names each wrong parameter and its rule
 */
export function readConfig(stage: string, overrides: ConfigOverrides = {}): Config {
  // The name is checked before it becomes part of a path.
  const named = PARAMETERS.stage.safeParse(stage);
  const parsed = named.success
    ? Config.safeParse({ ...readStageFile(stage), ...overrides, stage })
    : z.object({ stage: PARAMETERS.stage }).safeParse({ stage });
  if (!parsed.success) {
    throw new EnglishRefusal(
      `the configuration of stage ${JSON.stringify(stage)} is wrong:\n${z.prettifyError(parsed.error)}`,
    );
  }
  return Config.parse(parsed.data);
}

/** CloudFront needs its firewall, certificate and log here, whatever the region of the votes, and so the site's stack is here. */
export const SITE_REGION = "us-east-1";

export const stackName = (stage: string, part: "data" | "voting" | "site" | "observability"): string =>
  `scrutin-${stage}-${part}`;

/** The folder of a stage's definitions. */
export const electionsFolderOf = ({ electionsFolder }: Pick<Config, "electionsFolder">): string =>
  resolve(PROJECT, electionsFolder);
