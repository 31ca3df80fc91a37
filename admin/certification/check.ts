import type { LineFault } from "#admin/certification/box-count.ts";
import type { Certificate } from "#core/ballot-box.ts";
import type { ContestResult } from "#core/certified-result.ts";

/** The checks on a bundle, and what each found. */

export type OpeningFault = "missing" | "another" | "not-signed" | "another-signer" | "not-asked-for";

/** Where a certified value differs from the recount; undefined where one side lacks it. */
export type Difference = Readonly<{ path: string; certified: unknown; recounted: unknown }>;

/** What a check found, in values. */
export type Finding =
  | Readonly<{ kind: "signature"; fits: boolean; fingerprint: string; signedBy: string | undefined }>
  | Readonly<{ kind: "counts"; counts: Certificate["counts"]; contradictions: readonly string[] }>
  /** `lines` are the first faulty ones, from 1. */
  | Readonly<{ kind: "lines"; fault: LineFault; lines: readonly number[] }>
  | Readonly<{ kind: "value"; of: "merkleRoot" | "ballots" | "unstamped"; certified: unknown; found: unknown }>
  | Readonly<{ kind: "ballot-key"; key: "fits" | "missing" | "with-auditors" | "another" }>
  | Readonly<{ kind: "envelopes"; ballots: number; certifiedSpoiled: number; spoiled: number; shared: number }>
  | Readonly<{ kind: "contests"; certified: number; defined: number }>
  | Readonly<{ kind: "recount"; recounted: ContestResult; differences: readonly Difference[] }>
  | Readonly<{ kind: "opening"; fault: OpeningFault | undefined; sha256: string | undefined }>
  | Readonly<{
      kind: "definition";
      fields: readonly string[];
      closing: Readonly<{ stated: string; certified: string }>;
    }>
  | Readonly<{ kind: "sealed-to"; stated: string; certified: string }>
  | Readonly<{ kind: "roll"; regions: readonly string[]; stated: number; certified: number; changes: number }>
  | Readonly<{ kind: "times"; certifiedAt: string; closesAt: string }>
  | Readonly<{ kind: "roll-regions"; unknown: readonly string[] }>
  | Readonly<{ kind: "not-certified" }>
  | Readonly<{ kind: "not-recounted" }>;

/** `isTrue` is undefined for a check that could not be made. */
export type Check = Readonly<{ name: string; isTrue: boolean | undefined; finding: Finding }>;
