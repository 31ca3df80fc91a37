import * as z from "zod/mini";
import type { Stamped } from "#storage/stamp.ts";

/** The stream event of a mapping with a tumbling window (AWS Lambda guide, "Using AWS Lambda with Amazon DynamoDB"). */

const Text = z.object({ S: z.string() });
/** Lambda passes binary attributes in base64. */
const Bytes = z.pipe(
  z.object({ B: z.string() }),
  z.transform(({ B }): Uint8Array => Buffer.from(B, "base64")),
);

/** An item of any shape. What is missing was not stored by `validate`, and leaves the vote without a stamp that fits. */
const NewVote = z.object({
  hash: z.catch(Text, { S: "" }),
  electionId: z.catch(Text, { S: "" }),
  regionId: z.catch(Text, { S: "" }),
  oneTimeKey: z.catch(Bytes, new Uint8Array()),
  envelope: z.catch(Bytes, new Uint8Array()),
  stamp: z.catch(Bytes, new Uint8Array()),
  trackingCode: z.catch(Text, { S: "" }),
  castAt: z.catch(Text, { S: "" }),
  signature: z.catch(z.optional(Bytes), undefined),
});

const StreamRecord = z.object({
  eventName: z.enum(["INSERT", "MODIFY", "REMOVE"]),
  dynamodb: z.object({
    SequenceNumber: z.string().check(z.regex(/^\d{1,40}$/)),
    ApproximateCreationDateTime: z.optional(z.number()),
    NewImage: z.optional(z.record(z.string(), z.unknown())),
  }),
});

const VotesStreamEvent = z.object({
  Records: z._default(z.array(StreamRecord), []),
  /** Present because the mapping has a tumbling window; the fence needs it. */
  shardId: z.string().check(z.minLength(1)),
});
type VotesStreamEvent = z.infer<typeof VotesStreamEvent>;

/** Reads the stream's event. Throws ZodError when it is not one, or names no shard. */
export const readStreamEvent = (event: unknown): VotesStreamEvent => VotesStreamEvent.parse(event);

/** The state that a window passes on; counting needs none. */
export type VotesStreamAnswer = Readonly<{ state: Record<string, never>; batchItemFailures: [] }>;

/** A vote from the stream. */
export type StoredVote = Stamped &
  Readonly<{
    sequenceNumber: string;
    /** When the vote was stored, in milliseconds since 1970; undefined when the stream does not say. */
    storedAtMs: number | undefined;
  }>;

/**
 * The votes in an event. A vote is stored once and never changed, so only insertions count.
 * @throws ZodError when the event is not a stream event of the votes table
 */
export function votesIn(event: VotesStreamEvent): readonly StoredVote[] {
  return event.Records.filter(({ eventName }) => eventName === "INSERT").map(({ dynamodb }) => {
    const image = NewVote.parse(dynamodb.NewImage);
    return {
      sequenceNumber: dynamodb.SequenceNumber,
      hash: image.hash.S,
      electionId: image.electionId.S,
      regionId: image.regionId.S,
      oneTimeKey: image.oneTimeKey,
      envelope: image.envelope,
      stamp: image.stamp,
      trackingCode: image.trackingCode.S,
      castAt: image.castAt.S,
      ...(image.signature !== undefined && { signature: image.signature }),
      storedAtMs:
        dynamodb.ApproximateCreationDateTime === undefined ? undefined : dynamodb.ApproximateCreationDateTime * 1000,
    };
  });
}
