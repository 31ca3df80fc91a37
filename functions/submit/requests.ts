import * as z from "zod";
import { Identifier } from "#core/election.ts";

/** The two ways to cast a ballot, `POST /api/v1/vote` for a law and `POST /api/v1/elections/vote` for a race. */

/** A request larger than this is refused before it is parsed; the longest honest one is under 3,000 bytes. */
export const MAX_BODY_BYTES = 16 * 1024;

/** As typed: spaces, dashes and case do not matter. The definition sets the fields and their patterns. */
const TypedCredential = z.string().max(200);

const Envelope = z.string().min(1).max(8192).meta({
  description:
    "The selection sealed in the browser: HPKE (RFC 9180) to the election's public key, base64url. With `one_time_key` and `signature`",
});

const OneTimeKey = z.string().length(43).meta({
  description:
    "With an envelope: the public part of an Ed25519 key made for this ballot alone, 32 bytes, base64url. The envelope's HPKE `info` is `scrutin/v3/ballot|ELECTION|OPENING_SHA256|REGION|ONE_TIME_KEY`; a law's region is `all`",
});

const Signature = z.string().length(86).meta({
  description:
    'With an envelope: the signature (RFC 8032) of `one_time_key`, base64url, over `["scrutin/v1/cast",ELECTION,REGION,ONE_TIME_KEY,ENVELOPE,CREDENTIAL,…]` as JSON without white space (RFC 8785), with the credentials as sent, in the order of the definition. It is checked and kept nowhere',
});

/** In any case: `oui`, `Oui` and `OUI` are the same. */
const Vote = z
  .string()
  .max(20)
  .meta({ description: "`oui`, `non`, or `blank` where blank ballots are allowed; in any case" });

export const LawVoteRequest = z.strictObject({
  nas: TypedCredential,
  code: TypedCredential,
  law_id: Identifier,
  vote: Vote.optional(),
  envelope: Envelope.optional(),
  one_time_key: OneTimeKey.optional(),
  signature: Signature.optional(),
});

export const ElectionVoteRequest = z.strictObject({
  nas: TypedCredential,
  code: TypedCredential,
  election_id: Identifier,
  region_id: Identifier,
  voting_method: z.enum(["single_choice", "ranked_choice"]).optional(),
  candidate_id: Identifier.optional(),
  ranked_choices: z.array(Identifier).max(50).optional(),
  blank: z.literal(true).optional(),
  envelope: Envelope.optional(),
  one_time_key: OneTimeKey.optional(),
  signature: Signature.optional(),
});
