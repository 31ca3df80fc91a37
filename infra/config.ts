import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import { Refusal } from "#core/refusal.ts";
import { missingQuotas } from "#infra/capacity.ts";
import { Emulator } from "#infra/emulator.ts";
import { PROJECT } from "#infra/sources.ts";

/**
 * Every parameter of a deployment, in one place. A stage takes the defaults, overridden by `config/<stage>.json`. An
 * unknown key is an error: a misspelt limit must not be a missing one. docs/configuration.md is generated from here.
 */

const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const US_EAST_1_CERTIFICATE = /^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]{36}$/;

const AccountQuotas = z.strictObject({
  apiRequestsPerSecond: z.number().int().min(1).default(10_000),
  lambdaConcurrency: z.number().int().min(1).default(1000),
  tableWriteUnits: z.number().int().min(1).default(40_000),
});

export const PARAMETERS = {
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/, "must be lower-case letters, digits and -, at most 20")
    .meta({
      description:
        "Names the stacks and the secrets: `scrutin-<stage>-data`, `scrutin/<stage>/…`. It is the name of the file.",
    }),
  region: z
    .string()
    .regex(/^[a-z]{2}-[a-z]+-\d$/, "must be an AWS region such as ca-central-1")
    .default("ca-central-1")
    .meta({
      description: "Where votes are taken and kept. The site's stack is always in us-east-1, CloudFront's own.",
    }),
  retainData: z.boolean().default(true).meta({
    description:
      "Whether tables, queues, keys and secrets outlive the stacks, and the stacks refuse to be deleted. Only a stage whose votes mean nothing may say false.",
  }),
  expectedVotesPerSecond: z.number().int().min(1).max(20_000).default(100).meta({
    description:
      "Votes a second at the busiest moment. Throttle, concurrency and warm tables all follow from it (`infra/capacity.ts`).",
  }),
  domain: z.string().regex(DOMAIN, "must be a host name such as vote.example.org").optional().meta({
    description: "The site's own host name; CloudFront's when left out. Needs `certificateArn`.",
  }),
  certificateArn: z
    .string()
    .regex(
      US_EAST_1_CERTIFICATE,
      "must be the ARN of an ACM certificate in us-east-1, the only region CloudFront takes one from",
    )
    .optional()
    .meta({ description: "ACM certificate of `domain`, in us-east-1." }),
  corsOrigins: z
    .array(z.url({ protocol: /^https?$/ }))
    .default([])
    .meta({
      description: "Other sites whose pages may call the API.",
    }),
  electionsFolder: z.string().min(1).default("elections").meta({
    description: "Folder of definitions to apply on deploy, from the repository's own folder.",
  }),
  alarmEmail: z.email("must be an e-mail address").optional().meta({
    description: "Who is told when an alarm rings; AWS asks that address to confirm.",
  }),
  runbookUrl: z.string().min(1).default("docs/runbook.md").meta({
    description: "Where the alarms' mails point to for what to do: `docs/runbook.md`, as its readers reach it.",
  }),
  recountEveryMinutes: z
    .number()
    .int()
    .max(1440)
    .refine((minutes) => minutes === 0 || minutes >= 20, "must be 0, or 20 to 1440")
    .default(60)
    .meta({ description: "Minutes between two recounts of the tallies against the ballot box; 0 for never." }),
  recountMemoryMegabytes: z.number().int().min(512).max(10_240).default(1769).meta({
    description:
      "Memory of a recount, and with it its processors: about one for every 1,769 MB, at most six. One is enough for three million ballots.",
  }),
  logRetentionDays: z
    .union([z.literal(7), z.literal(14), z.literal(30), z.literal(90), z.literal(365)])
    .default(90)
    .meta({ description: "Days that log lines are kept." }),
  votesPerAddress: z.number().int().min(10).max(2_000_000).default(1000).meta({
    description:
      "Votes that one address may post in 5 minutes before the firewall answers 429. Many voters share one: a polling station, a mobile network.",
  }),
  requestsPerAddress: z.number().int().min(10).max(2_000_000).default(10_000).meta({
    description: "Requests of any kind that one address may make in 5 minutes.",
  }),
  accountQuotas: AccountQuotas.prefault({}).meta({
    description:
      "What AWS allows the account; the defaults are AWS's own. A stage that needs more is refused before anything is deployed.",
  }),
  emulator: Emulator.optional().meta({
    description:
      "Only of a stage for an emulator of AWS: what the emulator lacks, and the stage leaves out (`infra/emulator.ts`). The CDK refuses to deploy such a stage to AWS.",
  }),
  validateTimeoutSeconds: z.number().int().min(1).max(60).default(5).meta({
    description: "Longest time of one validation; a message stays hidden six times as long, as AWS advises.",
  }),
  maxReceiveCount: z.number().int().min(2).max(1000).default(10).meta({
    description: "Deliveries of a message before it goes to the dead letters.",
  }),
  validateBatchSize: z.number().int().min(1).max(100).default(10).meta({
    description: "Messages that a validation takes at once.",
  }),
  validateBatchWindowSeconds: z.number().int().min(0).max(5).default(0).meta({
    description:
      "How long a batch may fill; at least 1 above 10 messages, which is AWS's rule. Anything but 0 lets a voter wait up to 20 s for acceptance while few vote.",
  }),
  tallyBatchSize: z.number().int().min(1).max(10_000).default(2000).meta({
    description: "Stored ballots that a count takes at once.",
  }),
  tallyBatchWindowSeconds: z.number().int().min(0).max(5).default(2).meta({
    description:
      "How long a batch of ballots may fill; adds as much to the time until results show a vote, and makes each vote cheaper.",
  }),
  tallyTimeoutSeconds: z.number().int().min(1).max(300).default(60).meta({
    description: "Longest time of one count.",
  }),
  tallyWindowSeconds: z.number().int().min(1).max(900).default(60).meta({
    description: "Its only use is that a mapping with a window tells the function its shard, which the fence rests on.",
  }),
  memoryMegabytes: z.number().int().min(128).max(10_240).default(512).meta({
    description: "Memory of each function, but for those below; its processor comes with it.",
  }),
  ballotMemoryMegabytes: z.number().int().min(256).max(10_240).default(256).meta({
    description:
      "Memory of `submit`, `validate` and `vote-status`, which mostly wait, for one ballot or a few: while they wait, memory is all they cost.",
  }),
} as const;

export const Config = z
  .strictObject(PARAMETERS)
  // SQS and Lambda's own rule (AWS Lambda API, CreateEventSourceMapping, BatchSize).
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

/** Folder of the stages' files: `CONFIG_DIR`, or else the repository's own. */
const configFolder = (): string => resolve(process.env.CONFIG_DIR ?? join(PROJECT, "config"));

/** What a stage's file says; undefined when there is no such file. @throws Refusal when it cannot be read as JSON */
export function readStageFile(stage: string): Record<string, unknown> | undefined {
  const file = `${configFolder()}/${stage}.json`;
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new Refusal(`config/${stage}.json is not a readable JSON object`);
  }
}

/**
 * The parameters of a stage.
 * @throws Refusal that names each wrong parameter and its rule
 */
export function readConfig(stage: string, overrides: ConfigOverrides = {}): Config {
  // The name is judged before it becomes part of a path.
  const named = PARAMETERS.stage.safeParse(stage);
  const parsed = named.success
    ? Config.safeParse({ ...readStageFile(stage), ...overrides, stage })
    : z.object({ stage: PARAMETERS.stage }).safeParse({ stage });
  if (!parsed.success) {
    throw new Refusal(
      `the configuration of stage ${JSON.stringify(stage)} is wrong:\n${z.prettifyError(parsed.error)}`,
    );
  }
  return Config.parse(parsed.data);
}

/** The name of one of a stage's stacks. */
export const stackName = (stage: string, part: "data" | "voting" | "site" | "observability"): string =>
  `scrutin-${stage}-${part}`;

/** Where the definitions of a stage lie. */
export const electionsFolderOf = ({ electionsFolder }: Pick<Config, "electionsFolder">): string =>
  resolve(PROJECT, electionsFolder);
