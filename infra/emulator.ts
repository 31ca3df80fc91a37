import * as z from "zod";

/**
 * What emulators of AWS (MiniStack, LocalStack) lack, and what a stage made for them does instead. A stage for AWS names none
 * of these, so that there each missing thing is an error.
 */
export const EMULATOR_LACKS = {
  "stream-shard-id":
    "Stream events do not name their shard, even with a tumbling window. The tally's fence uses a fixed name instead. That is " +
    "sound because an emulator's stream has a single shard; with several, in AWS, it would lose votes.",
  "partiql-streams":
    "PartiQL inserts never reach the table's stream, and the right to batch them names no table. Ballots are put one by one " +
    "under the same condition; in AWS they are written in batches.",
  cloudfront:
    "No origin access control or firewall, so no site stack and no origin secret: the test runner serves the built site, and " +
    "the API is called directly.",
  metrics:
    "Log lines become no metrics, and queue and stream have none of their own. The status document gives the figures that it " +
    "reads from them as unknown; local/endpoint/left-out.ts names the tests that need those figures.",
  "managed-login":
    "No style for the user pool's sign-in pages (AWS::Cognito::ManagedLoginBranding), which AWS asks for before it shows any.",
  observability: "No dashboards, traces or mail, so no observability stack: only the tests watch an emulator's votes.",
} as const;

export type EmulatorLack = keyof typeof EMULATOR_LACKS;
const names = Object.keys(EMULATOR_LACKS) as [EmulatorLack, ...EmulatorLack[]];

export const Emulator = z.strictObject({ lacks: z.array(z.enum(names)).min(1) });
type MaybeEmulated = Readonly<{ emulator?: z.infer<typeof Emulator> | undefined }>;

/** The account id of every emulator, which no AWS account has. */
export const EMULATOR_ACCOUNT = "000000000000";

/** Whether a stage is made for emulators that lack something; false for every stage in AWS. */
export const lacks = ({ emulator }: MaybeEmulated, what: EmulatorLack): boolean =>
  emulator?.lacks.includes(what) ?? false;

/**
 * The account that a stage's stacks are bound to. The CDK refuses to deploy an emulator's stage with the credentials of any
 * other, so that it never gets into AWS. Undefined, which means the caller's, for a stage in AWS.
 */
export const boundAccount = ({ emulator }: MaybeEmulated): string | undefined =>
  emulator === undefined ? undefined : EMULATOR_ACCOUNT;
