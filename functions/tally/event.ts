import * as z from "zod";

/** The stream event of a mapping with a tumbling window (AWS Lambda guide, "Using AWS Lambda with Amazon DynamoDB"). */

const Text = z.object({ S: z.string() });
/** Lambda passes binary attributes in base64. */
const Bytes = z.object({ B: z.string() }).transform(({ B }): Uint8Array => Buffer.from(B, "base64"));

const NewVote = z.object({
  hash: Text,
  electionId: Text,
  regionId: Text,
  oneTimeKey: Bytes,
  envelope: Bytes,
  trackingCode: Text,
  castAt: Text,
});

const StreamRecord = z.object({
  eventName: z.enum(["INSERT", "MODIFY", "REMOVE"]),
  dynamodb: z.object({
    SequenceNumber: z.string().regex(/^\d{1,40}$/),
    ApproximateCreationDateTime: z.number().optional(),
    NewImage: z.record(z.string(), z.unknown()).optional(),
  }),
});

const VotesStreamEvent = z.object({
  Records: z.array(StreamRecord).default([]),
  /** Present because the mapping has a tumbling window; the fence needs it. */
  shardId: z.string().min(1),
});
type VotesStreamEvent = z.infer<typeof VotesStreamEvent>;

/** Reads the stream's event. Throws ZodError when it is not one, or names no shard. */
export const readStreamEvent = (event: unknown): VotesStreamEvent => VotesStreamEvent.parse(event);

/** The state that a window passes on; counting needs none. */
export type VotesStreamAnswer = Readonly<{ state: Record<string, never>; batchItemFailures: [] }>;

/** A vote from the stream. */
export type StoredVote = Readonly<{
  sequenceNumber: string;
  electionId: string;
  regionId: string;
  oneTimeKey: Uint8Array;
  envelope: Uint8Array;
  trackingCode: string;
  /** ISO 8601, to the minute. */
  castAt: string;
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
      electionId: image.electionId.S,
      regionId: image.regionId.S,
      oneTimeKey: image.oneTimeKey,
      envelope: image.envelope,
      trackingCode: image.trackingCode.S,
      castAt: image.castAt.S,
      storedAtMs:
        dynamodb.ApproximateCreationDateTime === undefined ? undefined : dynamodb.ApproximateCreationDateTime * 1000,
    };
  });
}
