import { toBase64Url } from "#core/bytes.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import type { Verifier } from "#core/trustees/card-key.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { type Ceremony, recordIn } from "#core/trustees/ceremony/record-shape.ts";
import type { RegistrarRoll, RollStatement, SignedRoll } from "#core/trustees/roll/shape.ts";
import { transcript } from "#core/trustees/transcript.ts";

/**
 * Who signed a roll of voter keys. The registrar signs whose keys it printed on cards; trustees sign the same bytes before the polls open, so that
 * no key can be added afterwards, not by all who run the system together.
 */

/** What registrar and trustees sign; its six words are read aloud when trustees sign. */
export const rollBytes = (statement: RollStatement): Uint8Array =>
  transcript("scrutin/v2/roll", canonicalJson(statement));

export type SignedRollFault =
  /** Of another election, or another ceremony of this one. */
  | Readonly<{ kind: "foreign" }>
  /** The registrar's signature is not of the key that the statement names. */
  | Readonly<{ kind: "registrar" }>
  /** A signature is not this trustee's, or the trustee is there twice, or there is no such trustee. */
  | Readonly<{ kind: "trustee"; trustee: number }>
  | Readonly<{ kind: "too-few"; signed: number; needed: number }>;

/** What is wrong with what the registrar signed. */
export function registrarFaults(
  verify: Verifier,
  ceremony: Ceremony,
  { statement, signature }: RegistrarRoll,
): readonly SignedRollFault[] {
  const digest = toBase64Url(ceremonyDigest(recordIn(ceremony)));
  const isForeign = statement.ceremony !== digest || statement.electionId !== ceremony.electionId;
  const isOwn = verify(bytesIn(statement.registrar.signingKey), rollBytes(statement), bytesIn(signature));
  return [...(isForeign ? [{ kind: "foreign" } as const] : []), ...(isOwn ? [] : [{ kind: "registrar" } as const])];
}

/** What is wrong with a signed roll; empty when registrar and at least as many trustees as open a box signed it. */
export function signedRollFaults(verify: Verifier, ceremony: Ceremony, roll: SignedRoll): readonly SignedRollFault[] {
  const signed = rollBytes(roll.statement);
  const isBy = ({ trustee, signature }: SignedRoll["trustees"][number], place: number): boolean => {
    const key = ceremony.trustees[trustee - 1]?.signingKey;
    const before = roll.trustees[place - 1]?.trustee ?? 0;
    return key !== undefined && before < trustee && verify(bytesIn(key), signed, bytesIn(signature));
  };
  const bad = roll.trustees.filter((one, place) => !isBy(one, place));
  const good = roll.trustees.length - bad.length;
  return [
    ...registrarFaults(verify, ceremony, roll),
    ...bad.map(({ trustee }) => ({ kind: "trustee", trustee }) as const),
    ...(good < ceremony.threshold ? [{ kind: "too-few", signed: good, needed: ceremony.threshold } as const] : []),
  ];
}
