import * as z from "zod/mini";
import { Identifier } from "#core/election.ts";

/**
 * The two ways to cast a ballot, `POST /api/v1/vote` for a law and `POST /api/v1/elections/vote` for a race;
 * `functions/docs/vote-requests.ts` describes the fields.
 */

/** A request larger than this is refused before it is parsed; the longest honest one is under 3,000 bytes. */
export const MAX_BODY_BYTES = 16 * 1024;

/** As typed: spaces, dashes and case do not matter. The definition sets the fields and their patterns. */
export const TypedCredential = z.string().check(z.maxLength(200));

export const Envelope = z.string().check(z.minLength(1), z.maxLength(8192));
export const OneTimeKey = z.string().check(z.length(43));
export const Signature = z.string().check(z.length(86));

/** In any case: `oui`, `Oui` and `OUI` are the same. */
export const Vote = z.string().check(z.maxLength(20));

export const LawVoteRequest = z.strictObject({
  nas: TypedCredential,
  code: TypedCredential,
  law_id: Identifier,
  vote: z.optional(Vote),
  envelope: z.optional(Envelope),
  one_time_key: z.optional(OneTimeKey),
  signature: z.optional(Signature),
});

export const ElectionVoteRequest = z.strictObject({
  nas: TypedCredential,
  code: TypedCredential,
  election_id: Identifier,
  region_id: Identifier,
  voting_method: z.optional(z.enum(["single_choice", "choose", "ranked_choice", "stv"])),
  candidate_id: z.optional(Identifier),
  candidate_ids: z.optional(z.array(Identifier).check(z.maxLength(150))),
  ranked_choices: z.optional(z.array(Identifier).check(z.maxLength(50))),
  blank: z.optional(z.literal(true)),
  envelope: z.optional(Envelope),
  one_time_key: z.optional(OneTimeKey),
  signature: z.optional(Signature),
});
