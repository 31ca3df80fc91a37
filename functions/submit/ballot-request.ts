import * as z from "zod/mini";
import { fromBase64Url } from "#core/bytes.ts";
import { type Credentials, checkCredentials } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { envelopeBytes, type KeyedEnvelope } from "#core/envelope.ts";
import type { Language } from "#core/language.ts";
import { checkSelection, namesWithdrawn, type Selection } from "#core/selection.ts";
import { WHOLE_COUNTRY } from "#core/whole-country.ts";
import { fieldErrors } from "#functions/runtime/field-errors.ts";
import type { FieldError } from "#functions/runtime/problem-contract.ts";
import {
  FIELD_MESSAGES,
  PROBLEM_MESSAGES,
  SELECTION_FAULT_MESSAGES,
  WITHDRAWN_MESSAGE,
} from "#functions/runtime/voter-messages.ts";
import { ElectionVoteRequest, LawVoteRequest, SignInFields } from "#functions/submit/requests.ts";

/** Checks a request to vote against the election it names, and reports every fault by its field. */

/** An envelope, and the signature that says who casts it; the signature is not checked yet. */
export type SignedEnvelope = KeyedEnvelope & Readonly<{ signature: Uint8Array }>;

/** A request that fits its election: normalised credentials, and a selection to seal or an envelope. */
export type BallotRequest = Readonly<{
  credentialValues: readonly string[];
  /** As they were sent, in the order of the definition's fields. */
  typedCredentials: readonly string[];
  regionId: string;
  /** Of a sign-in whose token has one: all the ballots that it is for. */
  nonce: NonceParts | undefined;
  ballot: Readonly<{ kind: "plain"; selection: Selection }> | (SignedEnvelope & Readonly<{ kind: "sealed" }>);
}>;

/** What a nonce is made of, all base64url (core/sign-in-nonce.ts); `ballots` is undefined where there is only this one. */
export type NonceParts = Readonly<{ salt: string; ballots: readonly string[] | undefined }>;

export type BallotRequestCheck =
  | Readonly<{ ok: true; request: BallotRequest }>
  | Readonly<{ ok: false; errors: readonly FieldError[] }>;

/** The fields of either request that say what is voted for. */
type Choices = Readonly<{
  vote?: string | undefined;
  candidate_id?: string | undefined;
  candidate_ids?: readonly string[] | undefined;
  ranked_choices?: readonly string[] | undefined;
  blank?: true | undefined;
  envelope?: string | undefined;
  one_time_key?: string | undefined;
  signature?: string | undefined;
  region_id?: string | undefined;
  voting_method?: string | undefined;
  nonce_salt?: string | undefined;
  nonce_ballots?: readonly string[] | undefined;
}>;

const DEFAULT_CREDENTIALS = { nas: true, code: true, nonce_salt: true, nonce_ballots: true } as const;
const lawChoices = z.omit(LawVoteRequest, { ...DEFAULT_CREDENTIALS, law_id: true }).shape;
const raceChoices = z.omit(ElectionVoteRequest, { ...DEFAULT_CREDENTIALS, election_id: true }).shape;

/** Schemas are compiled once per definition object. */
const schemas = new WeakMap<ElectionDefinition, z.ZodMiniObject>();

/** The request's schema for this election, with its own credential fields. */
function schemaFor(definition: ElectionDefinition): z.ZodMiniObject {
  const known = schemas.get(definition);
  if (known !== undefined) return known;
  const credentials = Object.fromEntries(
    definition.credentialFields.map(({ name }) => [name, z.string().check(z.maxLength(200))]),
  );
  const voter = definition.identity === undefined ? credentials : SignInFields;
  const schema =
    definition.votingMethod === "referendum"
      ? z.strictObject({ ...voter, ...lawChoices, law_id: z.unknown() })
      : z.strictObject({ ...voter, ...raceChoices, election_id: z.unknown() });
  schemas.set(definition, schema);
  return schema;
}

function selectionsIn(choices: Choices): readonly { field: string; selection: Selection }[] {
  const found: { field: string; selection: Selection }[] = [];
  const vote = choices.vote?.trim().toLowerCase();
  if (vote === "blank") found.push({ field: "vote", selection: { kind: "blank" } });
  else if (vote !== undefined) {
    // checkSelection refuses an unknown answer, and words the rule.
    found.push({ field: "vote", selection: { kind: "choice", choice: vote as "oui" } });
  }
  if (choices.candidate_id !== undefined) {
    found.push({ field: "candidate_id", selection: { kind: "candidate", candidateId: choices.candidate_id } });
  }
  for (const [field, kind] of [
    ["candidate_ids", "marks"],
    ["ranked_choices", "ranking"],
  ] as const) {
    const candidateIds = choices[field];
    if (candidateIds !== undefined) found.push({ field, selection: { kind, candidateIds } });
  }
  if (choices.blank === true) found.push({ field: "blank", selection: { kind: "blank" } });
  return found;
}

const ONE_TIME_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** The bytes of a sealed ballot, or the first field that is not what it should be. */
function readSealed(
  definition: ElectionDefinition,
  { envelope, one_time_key, signature }: Choices,
): SignedEnvelope | Readonly<{ fault: "envelope" | "one_time_key" | "signature"; isMissing: boolean }> {
  const bytes = (text: string | undefined, length: number): Uint8Array | undefined => {
    const read = fromBase64Url(text ?? "");
    return read?.length === length ? read : undefined;
  };
  const read = {
    envelope: bytes(envelope, envelopeBytes(definition)),
    oneTimeKey: bytes(one_time_key, ONE_TIME_KEY_BYTES),
    signature: bytes(signature, SIGNATURE_BYTES),
  };
  if (read.envelope === undefined) return { fault: "envelope", isMissing: false };
  if (read.oneTimeKey === undefined) return { fault: "one_time_key", isMissing: one_time_key === undefined };
  if (read.signature === undefined) return { fault: "signature", isMissing: signature === undefined };
  return { envelope: read.envelope, oneTimeKey: read.oneTimeKey, signature: read.signature };
}

/** Checks a parsed body against the election it names. */
export function readBallotRequest(
  definition: ElectionDefinition,
  body: unknown,
  language: Language,
): BallotRequestCheck {
  const parsed = schemaFor(definition).safeParse(body, { reportInput: true });
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error.issues, language) };
  const choices: Choices = parsed.data;
  const errors: FieldError[] = [];
  const refuse = (field: string, message: Readonly<Record<Language, string>>): void => {
    errors.push({ field, message: message[language] });
  };

  const credentials = checkCredentials(definition, parsed.data as Credentials);
  if (!credentials.ok) for (const field of credentials.fields) refuse(field, FIELD_MESSAGES.credential);

  if (choices.voting_method !== undefined && choices.voting_method !== definition.votingMethod) {
    refuse("voting_method", SELECTION_FAULT_MESSAGES["wrong-method"]);
  }
  const regionId = choices.region_id ?? WHOLE_COUNTRY;
  const regionExists =
    definition.votingMethod === "referendum" || definition.regions.some((region) => region.regionId === regionId);
  if (!regionExists) refuse("region_id", PROBLEM_MESSAGES["unknown-region"].detail);

  const selections = selectionsIn(choices);
  const [first] = selections;
  let ballot: BallotRequest["ballot"] | undefined;
  if (selections.length + (choices.envelope === undefined ? 0 : 1) !== 1) {
    refuse(definition.votingMethod === "referendum" ? "vote" : "candidate_id", FIELD_MESSAGES.oneSelection);
  } else if (first !== undefined) {
    const check = checkSelection(definition, regionId, first.selection);
    if (check.ok && namesWithdrawn(definition, first.selection)) refuse(first.field, WITHDRAWN_MESSAGE);
    else if (check.ok) ballot = { kind: "plain", selection: check.selection };
    else if (regionExists) refuse(first.field, SELECTION_FAULT_MESSAGES[check.fault]);
    for (const field of ["one_time_key", "signature"] as const) {
      if (choices[field] !== undefined) refuse(field, FIELD_MESSAGES.envelopeOnly);
    }
  } else {
    const sealed = readSealed(definition, choices);
    if (!("fault" in sealed)) ballot = { kind: "sealed", ...sealed };
    else if (sealed.isMissing) refuse(sealed.fault, FIELD_MESSAGES.missing);
    else refuse(sealed.fault, sealed.fault === "envelope" ? FIELD_MESSAGES.envelope : FIELD_MESSAGES.invalid);
  }

  if (!credentials.ok || ballot === undefined || errors.length > 0) return { ok: false, errors };
  const typedCredentials = definition.credentialFields.map(({ name }) => String(parsed.data[name]));
  const { nonce_salt: salt, nonce_ballots: ballots } = choices;
  const nonce = salt === undefined ? undefined : { salt, ballots };
  return { ok: true, request: { credentialValues: credentials.values, typedCredentials, regionId, nonce, ballot } };
}
