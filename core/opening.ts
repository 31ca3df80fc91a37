import * as z from "zod/mini";
import { CertificateSignature } from "#core/certificate-signature.ts";
import { withCorrections } from "#core/corrections.ts";
import { BilingualText, Correction, DrawnLot, ElectionDefinition, Identifier, Instant } from "#core/election.ts";
import { withCancellation, withLot, withWithdrawal } from "#core/officers-acts.ts";
import { STRIKES, type Strike } from "#core/strike.ts";

/**
 * What is fixed before voting opens: the definition, the key that ballots are sealed to, and the roll. The statement is signed
 * with the key that later signs the certificate. Its SHA-256 is published and bound into every ballot, so that nothing of it can
 * be changed afterwards. What may change later is stated in a signed chain after it.
 */

export const OPENING_FORMAT = "scrutin-opening-2";
export const CHANGE_FORMAT = "scrutin-change-3";
/** Still read: they hold less, and mean the same. */
const OLD_OPENING_FORMAT = "scrutin-opening-1";
const OLD_CHANGE_FORMAT = "scrutin-change-2";

const Whole = z.int().check(z.nonnegative());
const Sha256Hex = z.string().check(z.regex(/^[0-9a-f]{64}$/));

const Roll = {
  /** Voters on the roll by region. */
  onRoll: z.record(z.string(), Whole),
  /** RFC 6962's Merkle root over the sorted rollLines, in hexadecimal. */
  rollRoot: Sha256Hex,
};
/** Codes struck off, by why. */
export const StruckCounts = z.record(z.enum(STRIKES), Whole);
const Strikes = { struck: z.optional(StruckCounts) };

/** A roll's voters by region, the codes struck off, and what commits to both. */
export type RollCommitment = Readonly<{
  onRoll: Readonly<Record<string, number>>;
  struck: Readonly<Record<Strike, number>>;
  rollRoot: string;
}>;
/** As it was stated: an opening does not say what was struck off before it. */
type StatedRoll = Omit<RollCommitment, "struck"> & Readonly<{ struck?: RollCommitment["struck"] | undefined }>;

export const OpeningStatement = z.strictObject({
  format: z.enum([OPENING_FORMAT, OLD_OPENING_FORMAT]),
  /** Not after its definition's opensAt. */
  statedAt: z.iso.datetime(),
  definition: ElectionDefinition,
  /** X25519, 32 bytes, base64url: what the envelopes are sealed to; where trustees hold it, that of their ceremony. */
  publicKey: z.string(),
  /** Fingerprint of the key that signs this and will sign the certificate. */
  signingKey: z.string(),
  /** Where trustees hold the key: Ed25519, base64url; with it the office signs that it accepted a ballot (core/trustees/acceptance.ts). */
  acknowledgementKey: z.optional(z.string()),
  ...Roll,
});
export type OpeningStatement = Readonly<z.infer<typeof OpeningStatement>>;

/** `opening.json`. */
export const Opening = z
  .strictObject({ statement: OpeningStatement, signature: CertificateSignature })
  .check(z.meta({ id: "Opening" }));
export type Opening = Readonly<z.infer<typeof Opening>>;

const link = {
  format: z.enum([CHANGE_FORMAT, OLD_CHANGE_FORMAT]),
  /** SHA-256 of the opening's file, then of the change before, in hexadecimal. */
  previous: Sha256Hex,
  statedAt: z.iso.datetime(),
};

const Act = {
  /** The officer. */
  by: z.string(),
  /** Undefined where none was given. */
  reason: z.optional(z.string()),
};

/**
 * What may still change: the roll, as it is after an import; the closing, to a later time, which can be taken back; until voting opens
 * both times, to later ones; and, until it closes, who has withdrawn, how texts are spelt, and that the election is cancelled, after which
 * nothing changes any more. Nothing else. After closing only a `late-roll`, what an import that was killed had put on the roll before, and
 * lots over ties.
 */
export const ChangeStatement = z.discriminatedUnion("kind", [
  z.strictObject({ ...link, kind: z.literal("roll"), ...Roll, ...Strikes }),
  z.strictObject({ ...link, kind: z.literal("late-roll"), ...Roll, ...Strikes }),
  z.strictObject({ ...link, kind: z.literal("extension"), closesAt: Instant }),
  z.strictObject({ ...link, kind: z.literal("extension-taken-back"), closesAt: Instant, ...Act }),
  z.strictObject({ ...link, kind: z.literal("postponement"), opensAt: Instant, closesAt: Instant, ...Act }),
  z.strictObject({
    ...link,
    kind: z.literal("correction"),
    corrected: z.array(z.omit(Correction, { correctedAt: true })).check(z.minLength(1)),
    ...Act,
  }),
  z.strictObject({ ...link, kind: z.literal("withdrawal"), candidateId: Identifier, ...Act }),
  z.strictObject({ ...link, kind: z.literal("cancellation"), by: z.string(), reason: BilingualText }),
  z.strictObject({
    ...link,
    kind: z.literal("lot"),
    lot: DrawnLot,
    witnesses: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
    ...Act,
  }),
]);
export type ChangeStatement = Readonly<z.infer<typeof ChangeStatement>>;

const Change = z.strictObject({ statement: ChangeStatement, signature: CertificateSignature });
export type Change = Readonly<z.infer<typeof Change>>;

/** `changes.json`: the chain after the opening statement, oldest first. */
export const Changes = z.array(Change);

/** Whether a change is one of the roll. */
export const isOfRoll = ({ kind }: Pick<ChangeStatement, "kind">): boolean => kind === "roll" || kind === "late-roll";

/** The roll, the definition, and the closing that voters were told first, that are in force after an opening and its changes. */
export function inForce(
  { statement }: Opening,
  changes: readonly Change[],
): Readonly<{ roll: StatedRoll; definition: ElectionDefinition; firstClosesAt: string }> {
  let roll: StatedRoll = statement;
  let { definition } = statement;
  let firstClosesAt = definition.closesAt;
  for (const { statement: change } of changes) {
    switch (change.kind) {
      case "extension":
      case "extension-taken-back":
        definition = { ...definition, closesAt: change.closesAt };
        break;
      case "postponement":
        definition = { ...definition, opensAt: change.opensAt, closesAt: change.closesAt };
        firstClosesAt = change.closesAt;
        break;
      case "correction":
        definition = withCorrections(definition, change.corrected, change.statedAt);
        break;
      case "withdrawal":
        definition = withWithdrawal(definition, change.candidateId, change.statedAt);
        break;
      case "cancellation":
        definition = withCancellation(definition, { at: change.statedAt, reason: change.reason });
        break;
      case "lot":
        definition = withLot(definition, change.lot);
        break;
      default:
        roll = change;
    }
  }
  return { roll, definition, firstClosesAt };
}

type RollLine = Readonly<{ hash: string; regionId: string; struck?: Strike | undefined }>;

/** A voter, or a code that was struck off, as a leaf of the roll's Merkle tree; the hash is keyed with the election's pepper, so the root tells nothing. */
export function rollLine({ hash, regionId, struck }: RollLine): string {
  return struck === undefined ? `${hash} ${regionId}` : `${hash} ${regionId} ${struck}`;
}
