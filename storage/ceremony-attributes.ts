import * as z from "zod/mini";
import { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { SignedRoll } from "#core/trustees/roll/shape.ts";

/** What the elections table holds of an election at level trustees, each in canonical JSON. No other election has any of it. */

const Words = z.strictObject({ en: z.string(), fr: z.string() });

export type TrusteesParts = Readonly<{
  ceremony?: Ceremony;
  /** The six words that stand for the ceremony. */
  ceremonyWords?: Readonly<z.infer<typeof Words>>;
  /** Undefined until the roll is imported. */
  signedRoll?: SignedRoll;
  /** Public, base64url: see storage/acknowledgement-key.ts. */
  acknowledgementKey?: string;
}>;

/** An item's attributes of the same names. */
export type TrusteesAttributes = Readonly<{ [Name in keyof TrusteesParts]?: string | undefined }>;

/** Reads what an item holds; empty at level live. Throws for what is none. */
export function trusteesParts({
  ceremony,
  ceremonyWords,
  signedRoll,
  acknowledgementKey,
}: TrusteesAttributes): TrusteesParts {
  return {
    ...(ceremony !== undefined && { ceremony: Ceremony.parse(JSON.parse(ceremony)) }),
    ...(ceremonyWords !== undefined && { ceremonyWords: Words.parse(JSON.parse(ceremonyWords)) }),
    ...(signedRoll !== undefined && { signedRoll: SignedRoll.parse(JSON.parse(signedRoll)) }),
    ...(acknowledgementKey !== undefined && { acknowledgementKey }),
  };
}
