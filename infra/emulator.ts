import * as z from "zod";

/**
 * What emulators of AWS (MiniStack, LocalStack) lack, each with what a stage made for them leaves out or puts in its place.
 * A stage for AWS names none of these, so there the thing's absence is an error.
 */
export const EMULATOR_LACKS = {
  "stream-shard-id":
    "Stream events do not name their shard, tumbling window or not. The tally's fence then rests on a fixed name, which is " +
    "sound because an emulator's stream has a single shard; in AWS, with several, it would lose votes.",
  "partiql-streams":
    "What PartiQL inserts never comes out of the table's stream, and the right to a batch of it names no table. Ballots are " +
    "then put one by one on the same condition; in AWS they go in batches.",
  cloudfront:
    "No origin access control and no firewall, so neither site stack nor origin secret: the test runner serves the built site, " +
    "and the API is called directly.",
  metrics:
    "Log lines make no metrics, and queue and stream measure none of their own. The status document then says of what it reads " +
    "back from them that it is not known; local/endpoint/left-out.ts names the tests that rest on those figures.",
  observability:
    "No dashboards, traces or mail, so no observability stack: nobody watches an emulator's votes but the tests that cast them.",
} as const;

export type EmulatorLack = keyof typeof EMULATOR_LACKS;
const names = Object.keys(EMULATOR_LACKS) as [EmulatorLack, ...EmulatorLack[]];

export const Emulator = z.strictObject({ lacks: z.array(z.enum(names)).min(1) });
/** The part of a stage's parameters that says whether it is made for emulators. */
type MaybeEmulated = Readonly<{ emulator?: z.infer<typeof Emulator> | undefined }>;

/** The account of every emulator, and of nobody in AWS. */
export const EMULATOR_ACCOUNT = "000000000000";

/** Whether a stage is made for emulators that lack something; false for every stage of AWS. */
export const lacks = ({ emulator }: MaybeEmulated, what: EmulatorLack): boolean =>
  emulator?.lacks.includes(what) ?? false;

/**
 * The account that a stage's stacks are bound to: the CDK refuses to deploy an emulator's stage under the credentials of
 * any other, so what it leaves out can never be left out in AWS. Undefined for a stage of AWS: the caller's.
 */
export const boundAccount = ({ emulator }: MaybeEmulated): string | undefined =>
  emulator === undefined ? undefined : EMULATOR_ACCOUNT;
