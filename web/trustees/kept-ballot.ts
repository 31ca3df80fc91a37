import type { SignedBallot } from "#web/trustees/worker-messages.ts";
import { SEALED_KEPT_MS } from "#web/vote/kept.ts";

/**
 * What a reload keeps of a ballot that was cast at level "trustees", in the tab's own storage: the signed ballot until the voting service
 * has it, and the signed answer. Neither tells the choice, and neither lets anybody cast another ballot.
 */

/** The voting service's signature that it has a ballot, as the API gives it. */
export type Accepted = Readonly<{ minute: string; signature: string; public_key: string }>;

export type KeptBallot = Readonly<{
  regionId: string;
  atMs: number;
  trackingCode: string;
  /** Until the voting service has it. */
  signed?: SignedBallot | undefined;
  accepted?: Accepted | undefined;
}>;

const PREFIX = "scrutin-signed:";

function storage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

/** In memory too, where the browser forbids storage. */
const held = new Map<string, KeptBallot>();

export function keepBallot(electionId: string, ballot: KeptBallot): void {
  held.set(electionId, ballot);
  try {
    storage()?.setItem(PREFIX + electionId, JSON.stringify(ballot));
  } catch {
    // Full or forbidden.
  }
}

export function forgetBallot(electionId: string): void {
  held.delete(electionId);
  storage()?.removeItem(PREFIX + electionId);
}

/** Forgets what has expired. */
export function keptBallot(electionId: string, nowMs: number): KeptBallot | undefined {
  const ballot = held.get(electionId) ?? readKept(storage()?.getItem(PREFIX + electionId));
  if (ballot === undefined) return undefined;
  if (nowMs - ballot.atMs < SEALED_KEPT_MS) return ballot;
  forgetBallot(electionId);
  return undefined;
}

/** Written by keepBallot alone. */
function readKept(text: string | null | undefined): KeptBallot | undefined {
  try {
    return text == null ? undefined : (JSON.parse(text) as KeptBallot);
  } catch {
    return undefined;
  }
}
