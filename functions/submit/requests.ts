import * as z from "zod";
import { Identifier } from "#core/election.ts";

/**
 * The two ways to cast a ballot, `POST /api/v1/vote` for a law and `POST /api/v1/elections/vote` for a race;
 * `functions/docs/vote-requests.ts` describes the fields.
 */

/** A request larger than this is refused before it is parsed; the longest honest one is under 3,000 bytes. */
export const MAX_BODY_BYTES = 16 * 1024;

/** As typed: spaces, dashes and case do not matter. The definition sets the fields and their patterns. */
const TypedCredential = z.string().max(200);

const Envelope = z.string().min(1).max(8192);
const OneTimeKey = z.string().length(43);
const Signature = z.string().length(86);

/** In any case: `oui`, `Oui` and `OUI` are the same. */
const Vote = z.string().max(20);

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
