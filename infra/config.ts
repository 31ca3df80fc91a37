import { readFileSync } from "node:fs";
import * as z from "zod";

/**
 * Every parameter of a deployment, in one place. A stage takes the defaults, overridden by `config/<stage>.json` where
 * that file exists. An unknown key is an error: a misspelt limit must not be a missing one.
 */
const Parameters = z.strictObject({
  /** Names the stacks and the secrets: `scrutin-<stage>-data`, `scrutin/<stage>/…`. */
  stage: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, "lower-case letters, digits and -, at most 20"),
  region: z
    .string()
    .regex(/^[a-z]{2}-[a-z]+-\d$/)
    .default("ca-central-1"),
  /** Whether tables, queues and secrets outlive the stack. Only for stages whose votes mean nothing may this be false. */
  retainData: z.boolean().default(true),
  /** Longest time of one validation batch; the queue's visibility timeout is six times this, as AWS advises. */
  validateTimeoutSeconds: z.number().int().min(1).max(60).default(5),
  /** Deliveries of a message before it goes to the dead-letter queue. */
  maxReceiveCount: z.number().int().min(2).max(1000).default(10),
  /** Messages a validation takes at once; beyond 10 AWS asks for a window of at least 1 s. */
  validateBatchSize: z.number().int().min(1).max(100).default(10),
  validateBatchWindowSeconds: z.number().int().min(0).max(5).default(0),
  /** Validations that may run at once; caps what the queue can ask of the votes table. */
  validateMaxConcurrency: z.number().int().min(2).max(1000).default(200),
  /** Stream records a count takes at once. */
  tallyBatchSize: z.number().int().min(1).max(10_000).default(1000),
  tallyBatchWindowSeconds: z.number().int().min(0).max(5).default(0),
  tallyTimeoutSeconds: z.number().int().min(1).max(300).default(60),
  /** Its only use is that a mapping with a window tells the function its shard, which the fence rests on. */
  tallyWindowSeconds: z.number().int().min(1).max(900).default(60),
  memoryMegabytes: z.number().int().min(128).max(10_240).default(512),
  apiRequestsPerSecond: z.number().int().min(1).default(2000),
  apiBurst: z.number().int().min(1).default(4000),
  /** Sites that may call the API from a browser, besides the one served beside it. */
  corsOrigins: z.array(z.url()).default([]),
  /**
   * Header that names the viewer's address, such as `cloudfront-viewer-address`. To be set only where whatever reaches the
   * API has passed through CloudFront, which overwrites it; otherwise anybody could choose an address for each guess.
   */
  viewerAddressHeader: z
    .string()
    .regex(/^[a-z-]*$/, "a header's name in lower case")
    .default(""),
  /** Folder of the definitions to apply on deployment, from the project's own folder. */
  electionsFolder: z.string().min(1).default("elections"),
  logRetentionDays: z.union([z.literal(7), z.literal(14), z.literal(30), z.literal(90), z.literal(365)]).default(90),
});
/** SQS and Lambda's own rule (AWS Lambda API, CreateEventSourceMapping, BatchSize). */
export const Config = Parameters.refine(
  ({ validateBatchSize, validateBatchWindowSeconds }) => validateBatchSize <= 10 || validateBatchWindowSeconds > 0,
  { path: ["validateBatchWindowSeconds"], error: "must be at least 1 when validateBatchSize is above 10" },
);
export type Config = Readonly<z.infer<typeof Config>>;
export type ConfigOverrides = Partial<Omit<Config, "stage">>;

function stageFile(stage: string): unknown {
  try {
    return JSON.parse(readFileSync(new URL(`../config/${stage}.json`, import.meta.url), "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw new Error(`config/${stage}.json is not readable JSON`);
  }
}

/**
 * The parameters of a stage.
 * @throws Error that names each wrong parameter and its rule
 */
export function readConfig(stage: string, overrides: ConfigOverrides = {}): Config {
  const parsed = Config.safeParse({
    ...z.record(z.string(), z.unknown()).parse(stageFile(stage)),
    ...overrides,
    stage,
  });
  if (parsed.success) return parsed.data;
  throw new Error(`the configuration of stage ${JSON.stringify(stage)} is wrong:\n${z.prettifyError(parsed.error)}`);
}
