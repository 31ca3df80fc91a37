import * as z from "zod";
import { IDENTIFIER_FORM } from "#core/election.ts";
import {
  ElectionVoteRequest,
  Envelope,
  OneTimeKey,
  Signature,
  SignedBody,
  SignInFields,
  TypedCredential,
  Vote,
  VoterKey,
} from "#functions/submit/contract.ts";

/**
 * The bodies of votes as the document says them: one closed form for each way to say what is voted for. `submit` takes every
 * field as optional and then checks them against the election; none of this is in its bundle.
 */

/** A number is read as its string, which JSON Schema cannot say. */
const identifier = (description: string, example: string | number) =>
  z.union([z.string().regex(IDENTIFIER_FORM), z.number().int().nonnegative()]).meta({ description, example });

/** The demonstration's voter. */
const CREDENTIALS = {
  nas: z.optional(
    TypedCredential.check(
      z.meta({ description: "As typed: spaces, dashes and case do not matter", example: "123456789" }),
    ),
  ),
  code: z.optional(
    TypedCredential.check(z.meta({ description: "As typed, from the voter's card", example: "ABC123" })),
  ),
};
const LAW = { ...CREDENTIALS, law_id: identifier("The law", "L2025-001") };
const ELECTION = {
  ...CREDENTIALS,
  election_id: identifier("The election", 1),
  region_id: identifier("The voter's region", 1),
};
const METHOD = "If given, it must be the election's";

/** The envelope has no pattern: Hypothesis makes no text of 8,192 characters from one, and goes on trying. */
const SEALED = {
  envelope: Envelope.check(
    z.meta({
      contentEncoding: "base64url",
      description:
        "The selection sealed in the browser: HPKE (RFC 9180) to the election's public key, base64url. With `one_time_key` and `signature`",
    }),
  ),
  one_time_key: OneTimeKey.check(
    z.regex(/^[A-Za-z0-9_-]{43}$/),
    z.meta({
      description:
        "With an envelope: the public part of an Ed25519 key made for this ballot alone, 32 bytes, base64url. The envelope's HPKE `info` is `scrutin/v3/ballot|ELECTION|OPENING_SHA256|REGION|ONE_TIME_KEY`; a law's region is `all`",
    }),
  ),
  signature: Signature.check(
    z.regex(/^[A-Za-z0-9_-]{86}$/),
    z.meta({
      description:
        'With an envelope: the signature (RFC 8032) of `one_time_key`, base64url, over `["scrutin/v1/cast",ELECTION,REGION,ONE_TIME_KEY,ENVELOPE,CREDENTIAL,…]` as JSON without white space (RFC 8785), with the credentials as sent, in the order of the definition. It is checked and kept nowhere',
    }),
  ),
};

/** Of a token that has a nonce. */
const NONCE = {
  nonce_salt: SignInFields.nonce_salt.check(
    z.meta({
      description:
        'Where voters sign in, with an envelope and a token whose `nonce` was made for it: 32 random bytes, base64url. The nonce is the SHA-256, base64url, of `["scrutin/v1/nonce",SALT,BALLOT,…]` as JSON without white space (RFC 8785), in which BALLOT is the SHA-256 of `["scrutin/v1/nonce-ballot",ONE_TIME_KEY,ENVELOPE]`',
    }),
  ),
  nonce_ballots: SignInFields.nonce_ballots.check(
    z.meta({ description: "All such BALLOTs, where one sign-in is for several questions; by default, this one" }),
  ),
};

/** Where trustees open the ballots. */
const FOR_TRUSTEES = {
  voter_key: VoterKey.check(
    z.regex(/^[A-Za-z0-9_-]{43}$/),
    z.meta({
      description:
        "Where trustees open the ballots: the Ed25519 public key that number and code on the voter's card give, 32 bytes, base64url. Neither number nor code is sent",
    }),
  ),
  ballot: SignedBody.check(
    z.regex(/^[A-Za-z0-9_-]{171}$/),
    z.meta({
      description:
        "Encrypted for the trustees’ key, with a proof that holds for this election, region and voter key only: 128 bytes, base64url",
    }),
  ),
  signature: Signature.check(
    z.regex(/^[A-Za-z0-9_-]{86}$/),
    z.meta({ description: "Of `voter_key`, over the ballot and what it is for, base64url. It is kept, and published" }),
  ),
};

/** A law's ballot, in one of three forms. */
export const LawVote = z
  .xor([
    z
      .strictObject({
        ...LAW,
        vote: Vote.check(
          z.meta({
            description: "`oui`, `non`, or `blank` where blank ballots are allowed; in any case",
            example: "oui",
          }),
        ),
      })
      .meta({ title: "An answer" }),
    z.strictObject({ ...LAW, ...SEALED, ...NONCE }).meta({ title: "A sealed answer" }),
    z.strictObject({ law_id: LAW.law_id, ...FOR_TRUSTEES }).meta({ title: "A signed answer" }),
  ])
  .meta({
    id: "LawVoteRequest",
    description:
      "Exactly one of `vote` and `envelope`. A law whose definition names other credential fields takes those instead of `nas` and `code`; one whose voters sign in takes none, and a token. One whose ballots trustees open (`trust: trustees` in its definition) takes a signed answer only.",
  });

/** An election's ballot, in one of six forms. */
export const ElectionVote = z
  .xor([
    z
      .strictObject({
        ...ELECTION,
        candidate_id: identifier("Who is voted for", 1),
        voting_method: z.literal("single_choice").optional().meta({ description: METHOD }),
      })
      .meta({ title: "A candidate" }),
    z
      .strictObject({
        ...ELECTION,
        candidate_ids: z
          .array(identifier("A candidate", 1))
          .max(150)
          .meta({ description: "Who is marked, in any order, where the election lets voters mark several" }),
        voting_method: z.literal("choose").optional().meta({ description: METHOD }),
      })
      .meta({ title: "Several candidates" }),
    z
      .strictObject({
        ...ELECTION,
        ranked_choices: z
          .array(identifier("A candidate", "A1"))
          .max(50)
          .meta({ description: "The voter's order of preference, the first choice first" }),
        voting_method: z.enum(["ranked_choice", "stv"]).optional().meta({ description: METHOD }),
      })
      .meta({ title: "A ranking" }),
    z
      .strictObject({
        ...ELECTION,
        blank: z.literal(true).meta({ description: "Where the election allows blank ballots" }),
        voting_method: ElectionVoteRequest.shape.voting_method.check(z.meta({ description: METHOD })),
      })
      .meta({ title: "A blank ballot" }),
    z
      .strictObject({
        ...ELECTION,
        ...SEALED,
        ...NONCE,
        voting_method: ElectionVoteRequest.shape.voting_method.check(z.meta({ description: METHOD })),
      })
      .meta({ title: "A sealed choice" }),
    z
      .strictObject({ election_id: ELECTION.election_id, region_id: ELECTION.region_id, ...FOR_TRUSTEES })
      .meta({ title: "A signed choice" }),
  ])
  .meta({
    id: "ElectionVoteRequest",
    description:
      "Exactly one of `candidate_id`, `candidate_ids`, `ranked_choices`, `blank` and `envelope`. An election whose definition names other credential fields takes those instead of `nas` and `code`; one whose voters sign in takes none, and a token. One whose ballots trustees open (`trust: trustees` in its definition) takes a signed choice only.",
  });
