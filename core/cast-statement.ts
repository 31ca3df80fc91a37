import { toBase64Url } from "#core/bytes.ts";
import type { EnvelopeBinding, KeyedEnvelope } from "#core/envelope.ts";

/** Who casts which envelope where. */
export type Casting = EnvelopeBinding &
  KeyedEnvelope &
  Readonly<{
    electionId: string;
    /** As they are sent, in the order of the definition's fields. */
    credentials: readonly string[];
  }>;

/**
 * What the one-time key signs, so that an envelope is good for the voter who sealed it and nobody else. Canonical JSON
 * (RFC 8785) of a list of strings: two castings never have the same bytes. Whoever has the signature and the key can try
 * credentials against it, so it is kept nowhere.
 */
export function castStatement({ electionId, regionId, oneTimeKey, envelope, credentials }: Casting): Uint8Array {
  const parts = [electionId, regionId, toBase64Url(oneTimeKey), toBase64Url(envelope), ...credentials];
  return new TextEncoder().encode(JSON.stringify(["scrutin/v1/cast", ...parts]));
}
