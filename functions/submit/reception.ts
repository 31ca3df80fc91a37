import type { Language } from "#core/language.ts";
import type { HttpAnswer, HttpEvent } from "#functions/runtime/http.ts";
import type { VoteReceipt } from "#functions/submit/contract.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";
import type { VoteMessage } from "#storage/vote-message.ts";

/** What a voter sent for an election that is open, whose opening is stated. */
export type Sent = Readonly<{
  event: HttpEvent;
  body: unknown;
  election: RegisteredElection & Readonly<{ opening: string }>;
  language: Language;
  atMs: number;
}>;

/** What a ballot is stored as, but for what every ballot is given alike. */
export type ReceivedBallot = Pick<
  VoteMessage,
  "hash" | "regionId" | "oneTimeKey" | "envelope" | "signature" | "guessedIdentity" | "guessingAddress"
>;

/** A ballot that is received, and what its voter is told; or else the refusal. */
export type Reception =
  | Readonly<{
      ok: true;
      ballot: ReceivedBallot;
      /** How long its decision is delayed. */
      delaySeconds: number;
      message: string;
    }>
  | Readonly<{ ok: false; answer: HttpAnswer }>;

/** One of the ways to vote: by credentials, or with a signed ballot that trustees will open. */
export type Receive = (sent: Sent) => Promise<Reception>;

/** The office's signature that it accepted a ballot; undefined where it makes none. */
export type Acknowledge = (
  vote: Pick<VoteMessage, "electionId" | "trackingCode" | "castAt">,
) => Promise<VoteReceipt["accepted"]>;
