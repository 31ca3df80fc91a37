import * as z from "zod/mini";
import { fromBase64Url, toBase64Url } from "#core/bytes.ts";

const GuessMark = z.string().check(z.regex(/^[A-Za-z0-9_-]{16}$/));

/** base64url in the queue, bytes once read. */
const Bytes = (text: z.ZodMiniString) =>
  z.pipe(
    text,
    z.transform((text, context): Uint8Array => {
      const bytes = fromBase64Url(text);
      if (bytes !== undefined) return bytes;
      context.issues.push({ code: "invalid_format", format: "base64url", input: text });
      return z.NEVER;
    }),
  );

/** What the queue carries; the outer envelope is the hash, the inner one the sealed selection. */
const VoteMessage = z.strictObject({
  /** HMAC-SHA-256 of the credentials, or a voter key: 43 characters of base64url. */
  hash: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
  electionId: z.string().check(z.minLength(1), z.maxLength(40)),
  regionId: z.string().check(z.minLength(1), z.maxLength(40)),
  /** The public part of the key that the envelope is bound to, 32 bytes. */
  oneTimeKey: Bytes(z.string().check(z.length(43))),
  envelope: Bytes(z.string().check(z.minLength(1), z.maxLength(8192))),
  /** 16 bytes (see stamp.ts). */
  stamp: Bytes(z.string().check(z.length(22))),
  /** At trust level "trustees": the voter key's, 64 bytes. There `hash` is the voter key, and `oneTimeKey` its bytes. */
  signature: z.optional(Bytes(z.string().check(z.length(86)))),
  /** ISO 8601, UTC, cut to the minute. */
  castAt: z.iso.datetime(),
  trackingCode: z.string().check(z.regex(/^[A-Z2-7]{20}$/)),
  /** Keyed hashes that change every hour, under which a wrong guess is counted. */
  guessedIdentity: z.optional(GuessMark),
  guessingAddress: z.optional(GuessMark),
});
export type VoteMessage = Readonly<z.infer<typeof VoteMessage>>;

export function writeVoteMessage(vote: VoteMessage): string {
  const { oneTimeKey, envelope, stamp, signature } = vote;
  const bytes = { oneTimeKey, envelope, stamp, ...(signature !== undefined && { signature }) };
  const written = Object.entries(bytes).map(([name, value]) => [name, toBase64Url(value)] as const);
  return JSON.stringify({ ...vote, ...Object.fromEntries(written) });
}

/** Reads what writeVoteMessage writes; undefined for any other text. */
export function readVoteMessage(text: string): VoteMessage | undefined {
  try {
    return VoteMessage.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
