import * as z from "zod";
import { Emulator } from "#infra/emulator.ts";

/** Every parameter of a stage with its meaning, limits and default. docs/configuration.md is generated from these. */

const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const US_EAST_1_CERTIFICATE = /^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]{36}$/;

/** API Gateway and browsers ask an issuer by TLS; an identity provider on this machine has none. */
const Issuer = z
  .url()
  .regex(
    /^(?:https:\/\/|http:\/\/localhost[:/])[^?#]+$/,
    "must be an https address as the issuer’s tokens have it, such as https://login.example.org",
  );

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
      description: "Part of the names of file, stacks and secrets: `scrutin-<stage>-data`, `scrutin/<stage>/…`.",
    }),
  region: z
    .string()
    .regex(/^[a-z]{2}-[a-z]+-\d$/, "must be an AWS region such as ca-central-1")
    .default("ca-central-1")
    .meta({
      description:
        "Where votes are received and stored. The site's stack is always in us-east-1, as CloudFront requires.",
    }),
  retainData: z.boolean().default(true).meta({
    description:
      "Whether tables, queues, keys and secrets outlive the stacks, which then refuse to be deleted. Set it to false only for a stage whose votes do not count.",
  }),
  expectedVotesPerSecond: z.number().int().min(1).max(20_000).default(100).meta({
    description:
      "Votes a second at the busiest moment. Determines throttling, concurrency and warm throughput (`infra/capacity.ts`).",
  }),
  domain: z.string().regex(DOMAIN, "must be a host name such as vote.example.org").optional().meta({
    description: "Host name of the site; by default CloudFront assigns one. Needs `certificateArn`.",
  }),
  certificateArn: z
    .string()
    .regex(US_EAST_1_CERTIFICATE, "must be the ARN of an ACM certificate in us-east-1, as CloudFront requires")
    .optional()
    .meta({ description: "ACM certificate of `domain`, in us-east-1." }),
  corsOrigins: z
    .array(z.url({ protocol: /^https?$/ }))
    .default([])
    .meta({
      description: "Other sites whose pages may call the API, such as `https://news.example.org`.",
    }),
  electionsFolder: z.string().min(1).default("elections/deployed").meta({
    description: "Folder of definitions that a deployment applies, relative to the repository.",
  }),
  alarmEmail: z.email("must be an e-mail address").optional().meta({
    description: "Address that alarms are mailed to; AWS asks it to confirm, once for each of two regions.",
  }),
  runbookUrl: z.string().min(1).default("docs/runbook.md").meta({
    description: "Link to the runbook in alarm mails.",
  }),
  recountEveryMinutes: z
    .number()
    .int()
    .max(1440)
    .min(0)
    .refine((minutes) => minutes === 0 || minutes >= 20, "must be 0, or 20 to 1440")
    .default(60)
    .meta({ description: "Minutes between scheduled recounts of the ballot box: at least 20, or 0 for none." }),
  recountMemoryMegabytes: z.number().int().min(512).max(10_240).default(1769).meta({
    description:
      "Memory of the recount, and with it its processors: one per 1,769 MB, at most six. One processor recounts three million ballots in time.",
  }),
  statesOpenings: z.boolean().default(true).meta({
    description:
      "Whether the function `state-opening` states the opening of an election when its hours come, for which it may read the signing keys. Without it an officer must, or nobody can vote (`scrutin election open-statement`).",
  }),
  logRetentionDays: z
    .union([z.literal(7), z.literal(14), z.literal(30), z.literal(90), z.literal(365)])
    .default(90)
    .meta({ description: "Days that logs are kept." }),
  votesPerAddress: z.number().int().min(10).max(2_000_000).default(1000).meta({
    description:
      "Votes that one address may post in 5 minutes; beyond, the firewall challenges: a browser passes by itself, a script does not. Many voters may share an address, such as a polling station's or a mobile network's.",
  }),
  requestsPerAddress: z.number().int().min(10).max(2_000_000).default(10_000).meta({
    description: "Requests of any kind that one address may make in 5 minutes.",
  }),
  accountQuotas: AccountQuotas.prefault({}).meta({
    description: "The account's quotas; the defaults are AWS's. A stage that needs more is refused before deployment.",
  }),
  officers: z
    .array(
      z.string().regex(/^arn:aws:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]+$/, "must be the ARN of an IAM role or user"),
    )
    .default([])
    .meta({
      description:
        "Roles and users of IAM who may use the elections' secrets by the command `scrutin`, by ARN. Without any, it is whoever in the account may assume the role `scrutin-<stage>-officer`: name them where votes count.",
    }),
  officeIssuer: Issuer.optional().meta({
    description:
      "OpenID Connect issuer by which the office signs in. Without one, the stage has a Cognito user pool of its own. Needs `officeAudience`.",
  }),
  officeAudience: z.string().min(1).optional().meta({
    description: "Audience (`aud`) of the access tokens that `officeIssuer` gives for the office.",
  }),
  officeClientId: z.string().min(1).optional().meta({
    description: "Client that the office’s pages are at `officeIssuer`; by default `officeAudience`.",
  }),
  officeGroupsClaim: z.string().min(1).default("cognito:groups").meta({
    description: "Claim of an access token that lists the groups of whoever signed in.",
  }),
  officeScope: z
    .string()
    .regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, "must be one scope, without a space")
    .optional()
    .meta({
      description:
        "Scope that an access token of `officeIssuer` must have. Name one where an ID token has the same audience: it has no scope, and is refused.",
    }),
  twoOfficers: z.boolean().default(false).meta({
    description:
      "Whether a second officer must confirm what cannot be taken back, such as applying a definition or certifying.",
  }),
  voterIssuers: z.array(Issuer).default([]).meta({
    description:
      "OpenID Connect issuers by which the stage’s elections may identify voters. The ballot’s pages may connect to them, and to nobody else.",
  }),
  emulator: Emulator.optional().meta({
    description:
      "Only for an emulator of AWS: what it lacks and the stage therefore leaves out (`infra/emulator.ts`). The CDK refuses to deploy such a stage to AWS.",
  }),
  validateTimeoutSeconds: z.number().int().min(1).max(60).default(5).meta({
    description: "Timeout of `validate`. A message stays hidden six times as long, as AWS advises.",
  }),
  maxReceiveCount: z.number().int().min(2).max(1000).default(10).meta({
    description: "Deliveries of a message before it goes to the dead-letter queue.",
  }),
  validateBatchSize: z.number().int().min(1).max(100).default(10).meta({
    description: "Messages in a batch for `validate`.",
  }),
  validateBatchWindowSeconds: z.number().int().min(0).max(5).default(0).meta({
    description:
      "Seconds to wait for a batch to fill; AWS requires at least 1 for batches of more than 10 messages. Above 0, a voter may wait 20 s for acceptance while few vote.",
  }),
  tallyBatchSize: z.number().int().min(1).max(10_000).default(2000).meta({
    description: "Stored ballots in a batch for `tally`.",
  }),
  tallyBatchWindowSeconds: z.number().int().min(0).max(5).default(2).meta({
    description:
      "Seconds to wait for a batch of ballots to fill. A longer wait makes votes cheaper, and results that much later.",
  }),
  tallyTimeoutSeconds: z.number().int().min(1).max(300).default(60).meta({
    description: "Timeout of `tally`.",
  }),
  tallyWindowSeconds: z.number().int().min(1).max(900).default(60).meta({
    description:
      "Tumbling window of the stream. Only a mapping with a window tells `tally` its shard, by which it counts each batch once.",
  }),
  memoryMegabytes: z.number().int().min(128).max(10_240).default(512).meta({
    description: "Memory of the other functions, and with it their share of a processor.",
  }),
  ballotMemoryMegabytes: z.number().int().min(256).max(10_240).default(256).meta({
    description: "Memory of `submit`, `validate` and `vote-status`. They mostly wait, and waiting is billed by memory.",
  }),
} as const;
