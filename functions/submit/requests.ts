import * as z from "zod/mini";
import { Identifier } from "#core/election.ts";
import { MOST_QUESTIONS } from "#core/paper.ts";

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

const Digest = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/** In place of credentials, where voters sign in: what the nonce of their token is made of (core/sign-in-nonce.ts), if it has one. */
export const SignInFields = {
  nonce_salt: z.optional(Digest),
  nonce_ballots: z.optional(z.array(Digest).check(z.minLength(1), z.maxLength(MOST_QUESTIONS))),
};

/** The default credentials; another definition's, or a token, take their place. */
const Voter = { nas: z.optional(TypedCredential), code: z.optional(TypedCredential), ...SignInFields };

export const LawVoteRequest = z.strictObject({
  ...Voter,
  law_id: Identifier,
  vote: z.optional(Vote),
  envelope: z.optional(Envelope),
  one_time_key: z.optional(OneTimeKey),
  signature: z.optional(Signature),
});

export const ElectionVoteRequest = z.strictObject({
  ...Voter,
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

/** 32 bytes in base64url. */
export const VoterKey = z.string().check(z.length(43));
/** 128 bytes in base64url. */
export const SignedBody = z.string().check(z.length(171));

/**
 * At trust level "trustees": a ballot that no function can open (core/trustees/ballot.ts), signed with the key that the voter's card gives.
 * No credential reaches the server.
 */
const Signed = { voter_key: VoterKey, ballot: SignedBody, signature: Signature } as const;
export const SignedLawVoteRequest = z.strictObject({ ...Signed, law_id: Identifier });
export const SignedElectionVoteRequest = z.strictObject({ ...Signed, election_id: Identifier, region_id: Identifier });
