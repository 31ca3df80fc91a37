import type * as z from "zod/mini";
import { fromBase64Url } from "#core/bytes.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import { BODY_BYTES, checkBallot } from "#core/trustees/ballot.ts";
import { isCast } from "#core/trustees/card-key.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { contextOf } from "#core/trustees/context-of.ts";
import { WHOLE_COUNTRY } from "#core/whole-country.ts";
import { fieldErrors } from "#functions/runtime/field-errors.ts";
import type { FieldError, ProblemSlug } from "#functions/runtime/problem-contract.ts";
import { FIELD_MESSAGES, PROBLEM_MESSAGES } from "#functions/runtime/voter-messages.ts";
import { SignedElectionVoteRequest, SignedLawVoteRequest } from "#functions/submit/requests.ts";
import { isSignedBy } from "#storage/ed25519.ts";

/**
 * Checks a ballot that trustees will open, before it is received: what is wrong is told while the voter can still mend it. It loads the
 * group's arithmetic, so `submit` loads it with the first such ballot.
 */

/** A ballot that its voter made and signed, for this election and region. */
export type SignedBallot = Readonly<{
  /** 43 characters of base64url. */
  voterKey: string;
  regionId: string;
  /** The voter key's 32 bytes. */
  keyBytes: Uint8Array;
  body: Uint8Array;
  signature: Uint8Array;
}>;

export type SignedBallotCheck =
  | Readonly<{ ok: true; ballot: SignedBallot }>
  | Readonly<{ ok: false; slug: ProblemSlug; errors?: readonly FieldError[] }>;

const VOTER_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

type Sent = z.infer<typeof SignedLawVoteRequest> | z.infer<typeof SignedElectionVoteRequest>;

/** The bytes of each field, or the names of those that are not in canonical base64url. */
function bytesIn(sent: Sent): Omit<SignedBallot, "voterKey" | "regionId"> | readonly string[] {
  const read = (text: string, length: number): Uint8Array | undefined => {
    const bytes = fromBase64Url(text);
    return bytes?.length === length ? bytes : undefined;
  };
  const keyBytes = read(sent.voter_key, VOTER_KEY_BYTES);
  const body = read(sent.ballot, BODY_BYTES);
  const signature = read(sent.signature, SIGNATURE_BYTES);
  if (keyBytes !== undefined && body !== undefined && signature !== undefined) return { keyBytes, body, signature };
  const fields = Object.entries({ voter_key: keyBytes, ballot: body, signature });
  return fields.flatMap(([field, bytes]) => (bytes === undefined ? [field] : []));
}

/** Checks a parsed body against the election it names: its form, then the proof in the ballot, then the signature over it. */
export function checkSignedBallot(
  { definition, ceremony }: Readonly<{ definition: ElectionDefinition; ceremony: Ceremony }>,
  sent: unknown,
  language: Language,
): SignedBallotCheck {
  const isLaw = definition.votingMethod === "referendum";
  const parsed = (isLaw ? SignedLawVoteRequest : SignedElectionVoteRequest).safeParse(sent, { reportInput: true });
  if (!parsed.success)
    return { ok: false, slug: "invalid-request", errors: fieldErrors(parsed.error.issues, language) };
  const regionId = "region_id" in parsed.data ? parsed.data.region_id : WHOLE_COUNTRY;
  if (!isLaw && !definition.regions.some((region) => region.regionId === regionId)) {
    const message = PROBLEM_MESSAGES["unknown-region"].detail[language];
    return { ok: false, slug: "invalid-request", errors: [{ field: "region_id", message }] };
  }
  const bytes = bytesIn(parsed.data);
  if (!("body" in bytes)) {
    const message = FIELD_MESSAGES.invalid[language];
    return { ok: false, slug: "invalid-request", errors: bytes.map((field) => ({ field, message })) };
  }
  const voterKey = parsed.data.voter_key;
  const context = contextOf({ definition, ceremony }, regionId, voterKey);
  if (checkBallot(context, bytes.body) === undefined) return { ok: false, slug: "unproved-ballot" };
  if (!isCast(isSignedBy, context, bytes.body, bytes.signature)) return { ok: false, slug: "unsigned-ballot" };
  return { ok: true, ballot: { voterKey, regionId, ...bytes } };
}
