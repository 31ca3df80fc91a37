import type { LineFault } from "#admin/certification/box-count.ts";
import type { Certificate } from "#core/ballot-box.ts";
import type { CertifiedActs } from "#core/certified-acts.ts";
import type { ContestResult } from "#core/certified-result.ts";
import type { DrawnLot } from "#core/officers-acts.ts";

/** The checks on a bundle, and what each found. */

export type OpeningFault =
  | "missing"
  | "another"
  | "not-certified"
  | "not-signed"
  | "another-signer"
  | "not-asked-for"
  | "holds-later-acts";

/** What can be wrong with a change after the opening statement. */
export type ChangeFault =
  | "not-signed"
  | "another-signer"
  | "does-not-follow"
  | "out-of-order"
  | "after-closing"
  | "not-later"
  | "not-ahead"
  | "before-first-closing"
  | "after-opening"
  | "another-text"
  | "name-of-another"
  | "unknown-region"
  | "unknown-candidate"
  | "cancelled"
  | "lot-before-closing"
  | "published-missing";

/** What can be wrong with the dates of a certificate, its opening and the changes after it. */
export type TimeFault = "certified-before-closing" | "stated-after-opening" | "changed-after-certification";

/** Where a certified value differs from the recount; undefined where one side lacks it. */
export type Difference = Readonly<{ path: string; certified: unknown; recounted: unknown }>;

/** What a check found, in values. */
export type Finding =
  | Readonly<{ kind: "signature"; fits: boolean; fingerprint: string; signedBy: string | undefined }>
  | Readonly<{ kind: "counts"; counts: Certificate["counts"]; contradictions: readonly string[] }>
  /** `lines` are the first faulty ones, from 1. */
  | Readonly<{ kind: "lines"; fault: LineFault; lines: readonly number[] }>
  | Readonly<{ kind: "value"; of: "merkleRoot" | "ballots" | "setAside"; certified: unknown; found: unknown }>
  | Readonly<{ kind: "ballot-key"; key: "fits" | "missing" | "with-auditors" | "another" }>
  | Readonly<{ kind: "envelopes"; ballots: number; certifiedSpoiled: number; spoiled: number; shared: number }>
  | Readonly<{ kind: "contests"; certified: number; defined: number }>
  | Readonly<{ kind: "recount"; recounted: ContestResult; differences: readonly Difference[] }>
  /** `named` is how many of its digits were expected. */
  | Readonly<{
      kind: "opening";
      fault: OpeningFault | undefined;
      sha256: string | undefined;
      named: number | undefined;
    }>
  | Readonly<{
      kind: "definition";
      fields: readonly string[];
      closing: Readonly<{ stated: string; certified: string }>;
    }>
  /**
   * Texts named in the definition, and those that the file lacks; `foreign` are its other lines, from 1; `corrected` are candidates whose
   * biography did not say what was corrected.
   */
  | Readonly<{
      kind: "biographies";
      named: number;
      missing: number;
      foreign: readonly number[];
      corrected: readonly string[];
    }>
  | Readonly<{ kind: "sealed-to"; stated: string; certified: string }>
  | Readonly<{
      kind: "roll";
      regions: readonly string[];
      stated: number;
      certified: number;
      changes: number;
      struck: Certificate["struck"];
    }>
  /** `change` is the first faulty one, from 1. */
  | Readonly<{
      kind: "changes";
      fault: ChangeFault | "missing" | undefined;
      change: number | undefined;
      /** Of the closing, or of both times. */
      extensions: number;
      /** Of the roll, those signed after closing among them. */
      rolls: number;
      withdrawals: number;
      corrections: number;
      lots: number;
      lateRolls: number;
      /** Withdrawals and corrections after the newest change that is known to be published. */
      unpublished: number;
    }>
  | Readonly<{
      kind: "times";
      faults: readonly TimeFault[];
      statedAt: string | undefined;
      opensAt: string;
      closesAt: string;
      certifiedAt: string;
    }>
  | Readonly<{ kind: "roll-regions"; unknown: readonly string[] }>
  /** As certified, beside what the signed changes come to. */
  | Readonly<{ kind: "acts"; certified: CertifiedActs; signed: CertifiedActs["signed"] }>
  /** Drawn after closing. */
  | Readonly<{ kind: "lots"; lots: readonly (DrawnLot & Readonly<{ witnesses: readonly string[]; by: string }>)[] }>
  /** Places of the lots, from 1, that name others than those tied. */
  | Readonly<{ kind: "stray-lots"; lots: readonly number[] }>
  /** Regions in which the rules of an old format and today's come to different outcomes. */
  | Readonly<{ kind: "old-rules"; regions: readonly string[] }>
  /** In words: of an election whose key trustees hold. */
  | Readonly<{ kind: "told"; words: string }>
  | Readonly<{ kind: "not-certified" }>
  | Readonly<{ kind: "not-recounted" }>;

/** `isTrue` is undefined for a check that could not be made. */
export type Check = Readonly<{ name: string; isTrue: boolean | undefined; finding: Finding }>;
