import * as z from "zod";
import { CertifiedActs } from "#core/certified-acts.ts";
import { ContestResult } from "#core/certified-result.ts";
import { isTrustees } from "#core/contest.ts";
import { ElectionDefinition } from "#core/election.ts";
import { StruckCounts } from "#core/opening.ts";

/**
 * What is published when an election is certified: the ballot box as lines, a Merkle root over them, and the signed
 * certificate.
 */

const TrackingCode = z.string().regex(/^[A-Z2-7]{20}$/);
const RegionId = z.string().min(1).max(40);

const SealedLine = z.strictObject({
  trackingCode: TrackingCode,
  regionId: RegionId,
  /** The public part of the ballot's one-time key, 32 bytes; as the envelope, base64url without padding. */
  oneTimeKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  envelope: z.string().regex(/^[A-Za-z0-9_-]+$/),
});

/**
 * A ballot that the receiving function did not stamp, or whose voter is not on the roll of its region: somebody wrote it to the
 * box. Spoiled, whatever it held.
 */
const SetAsideLine = z.strictObject({
  trackingCode: TrackingCode,
  regionId: RegionId,
  setAside: z.literal(true),
});

/** A ballot in the public box: nothing says who cast it, or when. */
export const BoxLine = z.union([SealedLine, SetAsideLine]);
export type BoxLine = Readonly<z.infer<typeof BoxLine>>;

/**
 * The canonical form of a line. It begins with the tracking code, so sorting the lines as strings sorts the box by tracking
 * code.
 */
export function writeBoxLine(line: BoxLine): string {
  const { trackingCode, regionId } = line;
  if ("setAside" in line) return JSON.stringify({ trackingCode, regionId, setAside: true });
  return JSON.stringify({ trackingCode, regionId, oneTimeKey: line.oneTimeKey, envelope: line.envelope });
}

/** Reads what writeBoxLine writes; undefined for any other text. */
export function readBoxLine(text: string): BoxLine | undefined {
  try {
    const parsed = BoxLine.safeParse(JSON.parse(text));
    return parsed.success && writeBoxLine(parsed.data) === text ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

const Whole = z.number().int().nonnegative();

/** Ballots and attempts by outcome; `contradictions` says what must hold between them. */
export const CertifiedCounts = z.strictObject({
  /** Voters on the roll. */
  onRoll: Whole,
  /** Ballots in the box: counted, blank and spoiled. */
  cast: Whole,
  counted: Whole,
  blank: Whole,
  spoiled: Whole,
  /** Spoiled ballots without a stamp, or whose voter is not on the roll of their region: somebody wrote them to the box. */
  setAside: Whole,
  /** Attempts after a voter's first ballot; not in the box. */
  duplicates: Whole,
  /** Attempts by nobody on the roll, in a wrong region, or with a code that was struck off; not in the box. */
  invalid: Whole,
});
export type CertifiedCounts = Readonly<z.infer<typeof CertifiedCounts>>;

/** Changes whenever a certificate, or a definition in it, may hold something else than before. */
export const CERTIFICATE_FORMAT = "scrutin-certificate-4";
/** Where trustees hold the key. */
export const TRUSTEES_CERTIFICATE_FORMAT = "scrutin-certificate-5";
/** Still verified, by the rules of its time. */
export const OLD_CERTIFICATE_FORMAT = "scrutin-certificate-3";

const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** The files of a box that trustees mixed and opened, each by its SHA-256 in hexadecimal. */
export const CertifiedTrustees = z.strictObject({
  /** SHA-256 of the ceremony's record, in base64url (core/trustees/ceremony/record.ts). */
  ceremony: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  /** Of the roll as registrar and trustees signed it, in canonical JSON. */
  signedRoll: Sha256Hex,
  /** Of `box.json`. */
  box: Sha256Hex,
  /** Of `mix-1.json` and so on. */
  mixes: z.array(Sha256Hex),
  /** Of the openings that were counted, by trustee. */
  openings: z.array(z.strictObject({ trustee: z.number().int().positive(), sha256: Sha256Hex })),
  /** Of `opened.bin`. */
  opened: Sha256Hex,
});
export type CertifiedTrustees = Readonly<z.infer<typeof CertifiedTrustees>>;

const CertificateShape = z.strictObject({
  format: z.enum([CERTIFICATE_FORMAT, TRUSTEES_CERTIFICATE_FORMAT, OLD_CERTIFICATE_FORMAT]),
  certifiedAt: z.iso.datetime(),
  /** SHA-256 of the opening statement that the ballots are sealed for, in hexadecimal (core/opening.ts). */
  opening: z.string().regex(/^[0-9a-f]{64}$/),
  definition: ElectionDefinition,
  /** X25519, 32 bytes, base64url: what the envelopes are sealed to; the trustees' key where they hold it. */
  publicKey: z.string(),
  /** What trustees made of the box. */
  trustees: z.optional(CertifiedTrustees),
  /** Over the lines of the box, in hexadecimal. */
  merkleRoot: z.string().regex(/^[0-9a-f]{64}$/),
  counts: CertifiedCounts,
  /** Voters on the roll by region. */
  onRoll: z.record(z.string(), Whole),
  /** Codes that officers struck off before a ballot was cast with them, by why; missing where that could not be. */
  struck: z.optional(StruckCounts),
  /** What officers did; missing where it was not counted yet. */
  acts: z.optional(CertifiedActs),
  /** The Merkle root over the roll, as an opening statement has it (core/opening.ts). */
  rollRoot: z.string().regex(/^[0-9a-f]{64}$/),
  /** One for each region of the definition, in its order. */
  contests: z.array(ContestResult),
  /** All contests together. */
  wholeCountry: ContestResult,
});

/** The statement that is signed. */
export const Certificate = CertificateShape.refine(({ format, trustees, definition }) => {
  const isOfTrustees = format === TRUSTEES_CERTIFICATE_FORMAT;
  return isOfTrustees === (trustees !== undefined) && isOfTrustees === isTrustees(definition);
});
export type Certificate = Readonly<z.infer<typeof Certificate>>;

/** Ballots in the box of a region, and how many of them were set aside. */
export type RegionLines = Readonly<{ ballots: number; setAside: number }>;

/**
 * Contradictions between the numbers of a certificate, a sentence each; empty when they add up.
 * @param box what lies in the box, by region
 */
export function contradictions(
  { definition, counts, onRoll, contests, wholeCountry }: Certificate,
  box: ReadonlyMap<string, RegionLines>,
): readonly string[] {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const found: string[] = [];
  const mustEqual = (what: string, said: number, parts: readonly number[]): void => {
    if (said !== sum(parts)) found.push(`${what} is ${said}, its parts add up to ${sum(parts)}`);
  };
  mustEqual("cast", counts.cast, [counts.counted, counts.blank, counts.spoiled]);
  mustEqual("on the roll", counts.onRoll, Object.values(onRoll));
  for (const [name, field] of [
    ["cast", "ballots"],
    ["counted", "total"],
    ["blank", "blank"],
    ["spoiled", "spoiled"],
  ] as const) {
    mustEqual(`${name} in the whole country`, wholeCountry[field], [counts[name]]);
    mustEqual(
      `${name} by region`,
      counts[name],
      contests.map((contest) => contest[field]),
    );
  }
  const voters = new Map(Object.entries(onRoll));
  for (const { regionId, ballots, total, votes } of [...contests, wholeCountry]) {
    const place = regionId ?? "the whole country";
    // A ballot that marks names is a vote for each.
    if (definition.votingMethod !== "choose") mustEqual(`counted in ${place}`, total, Object.values(votes));
    else if (Object.values(votes).some((marks) => marks > total)) {
      found.push(`${total} valid ballots in ${place}, fewer than the marks of one candidate`);
    }
    if (regionId === null) continue;
    const lines = box.get(regionId) ?? { ballots: 0, setAside: 0 };
    mustEqual(`ballots in region ${regionId}`, ballots, [lines.ballots]);
    const ofVoters = lines.ballots - lines.setAside;
    const most = voters.get(regionId) ?? 0;
    if (ofVoters > most)
      found.push(`${ofVoters} ballots not set aside in region ${regionId}, which has ${most} voters`);
  }
  const ofVoters = counts.cast - counts.setAside;
  if (ofVoters > counts.onRoll) found.push(`${ofVoters} ballots not set aside, of ${counts.onRoll} voters`);
  if (counts.setAside > counts.spoiled) found.push(`${counts.setAside} set aside among ${counts.spoiled} spoiled`);
  return found;
}
