import type { ElectionDefinition } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import type { Selection } from "#core/selection.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";

/** What the page and the script that seals beside it say to each other. Of secrets, only a tested ballot's seed leaves the script. */

export type AskedDevice =
  /** What the page shows, to be compared with what the trustees signed. */
  | Readonly<{
      kind: "know";
      definition: ElectionDefinition;
      ceremony: Ceremony;
      words: Readonly<Record<Language, string>>;
    }>
  /** Number and code as core/credential.ts normalises them. */
  | Readonly<{ kind: "seal"; regionId: string; selection: Selection; number: string; code: string }>
  | Readonly<{ kind: "cast" }>
  | Readonly<{ kind: "test" }>
  | Readonly<{ kind: "forget" }>;

/** Base64url, but for the tracking code. */
export type SignedBallot = Readonly<{ voterKey: string; ballot: string; signature: string; trackingCode: string }>;

/** The page asks another question than the trustees signed, or shows another ceremony or other words than theirs. */
export type CeremonyRefusal = "question" | "ceremony";

export type ToldDevice =
  | Readonly<{ kind: "known"; fault: CeremonyRefusal | undefined }>
  | Readonly<{ kind: "sealed"; trackingCode: string }>
  | Readonly<{ kind: "signed"; signed: SignedBallot }>
  /** The fragment of a link to the page that tests devices. */
  | Readonly<{ kind: "opened"; fragment: string }>
  | Readonly<{ kind: "forgotten" }>
  | Readonly<{ kind: "failed" }>;
