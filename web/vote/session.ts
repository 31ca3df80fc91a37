import { useEffect, useState } from "preact/hooks";
import type { Credentials } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { canBeCast, readSelection, type Selection, writeSelection } from "#core/selection.ts";
import { forgetAccepted } from "#web/accepted-ballots.ts";
import type { SealedBallot } from "#web/sealing.ts";
import { type Casting, isUnsent, type TrackingCodes } from "#web/vote/casting.ts";
import { forget, type KeptAt, keep, keptElections, keptFor } from "#web/vote/kept.ts";

/** Sealed before a reload; its voter must identify again. */
export type WaitingBallot = SealedBallot & Readonly<{ regionId: string; sealedAtMs: number }>;

/**
 * One voter's entries for one election, in memory; kept.ts says what survives a reload. Never in the address or
 * history.
 */
export type Session = Readonly<{
  regionId?: string | undefined;
  selection?: Selection | undefined;
  waiting?: WaitingBallot | undefined;
  /** As it was sealed in this visit, to be sent again unchanged. */
  sealed?: SealedBallot | undefined;
  /** Of a paper: the voter does not vote on this question. */
  isLeftOut?: boolean;
  credentials: Credentials;
  /** By credential field. */
  refusals: Credentials;
  casting?: Casting | undefined;
  /** When the ballot was cast, in milliseconds since 1970; with `casting`. */
  castAtMs?: number | undefined;
  /** The two codes of a ballot that the server altered, whatever it says later. */
  altered?: TrackingCodes | undefined;
  /** The voter has noted them. */
  isAlteredNoted?: boolean;
  /** Stops waiting for the outcome. */
  attempt?: AbortController | undefined;
}>;

const EMPTY: Session = { credentials: {}, refusals: {} };

const sessions = new Map<string, Session>();
/** Of the pages that show a session. */
const listeners = new Set<(session: Session) => void>();
/** Marks restored from before a reload, not shown yet. */
const marksOfBefore = new Map<string, KeptAt>();

export function sessionOf(electionId: string): Session {
  return sessions.get(electionId) ?? EMPTY;
}

/** Pages that show the session follow. */
export function updateSession(electionId: string, change: Partial<Session>): void {
  const session = { ...sessionOf(electionId), ...change };
  sessions.set(electionId, session);
  for (const listener of listeners) listener(session);
}

/**
 * Forgets who the voter is: the next one may use the same device. A mark waits, a ballot on its way goes on, a receipt
 * stays for the Back button.
 */
function leaveSession(electionId: string): void {
  const { casting, attempt, regionId, selection, waiting } = sessionOf(electionId);
  if (casting === undefined) sessions.set(electionId, { ...EMPTY, regionId, selection, waiting });
  else if (!isUnsent(casting)) {
    attempt?.abort();
    sessions.delete(electionId);
  }
}

/** Forgets everything about a voter's ballot, on this page and in the tab. */
export function endSession(electionId: string): void {
  sessionOf(electionId).attempt?.abort();
  sessions.delete(electionId);
  forget(electionId);
  forgetAccepted(electionId);
}

export function keptReceipt(electionId: string) {
  const found = keptFor(electionId);
  return found?.kept.kind === "receipt" ? { ...found.kept, castAtMs: found.atMs } : undefined;
}

/** Restores the mark or sealed ballot after a reload. */
function resumeSession(definition: ElectionDefinition): void {
  const { electionId } = definition;
  if (sessions.has(electionId)) return;
  const { kept, atMs } = marksOfBefore.get(electionId) ?? keptFor(electionId) ?? {};
  marksOfBefore.delete(electionId);
  if (kept?.kind === "mark") {
    sessions.set(electionId, {
      ...EMPTY,
      regionId: kept.regionId,
      selection: readSelection(definition, kept.selection),
    });
  }
  if (kept?.kind === "sealed" && atMs !== undefined) {
    const { kind: _, ...waiting } = kept;
    sessions.set(electionId, { ...EMPTY, waiting: { ...waiting, sealedAtMs: atMs } });
  }
}

/** A reload, like a phone that unloads the page, hides it first: marks are stored only while hidden. */
function keepMarks(): void {
  for (const [electionId, { kept, atMs }] of marksOfBefore) keep(electionId, kept, atMs);
  for (const [electionId, { casting, regionId, selection }] of sessions) {
    if (casting !== undefined || regionId === undefined || selection === undefined) continue;
    keep(electionId, { kind: "mark", regionId, selection: writeSelection(selection) });
  }
}

function takeMarksBack(): void {
  for (const electionId of keptElections()) {
    const found = keptFor(electionId);
    if (found?.kept.kind !== "mark") continue;
    if (!sessions.has(electionId)) marksOfBefore.set(electionId, found);
    forget(electionId);
  }
}

/** Call once, at page load. */
export function surviveReloads(): void {
  takeMarksBack();
  addEventListener("pagehide", keepMarks);
  addEventListener("pageshow", takeMarksBack);
  document.addEventListener("visibilitychange", () => (document.hidden ? keepMarks() : takeMarksBack()));
}

/** Restores the sessions of elections, and follows them while the page is shown. */
export function useSessions(definitions: readonly ElectionDefinition[]): void {
  const [, follow] = useState<Session>(() => {
    definitions.forEach(resumeSession);
    return EMPTY;
  });
  useEffect(() => {
    listeners.add(follow);
    return () => {
      listeners.delete(follow);
      for (const { electionId } of definitions) leaveSession(electionId);
    };
  }, []);
}

/** What would be cast: the ballot sealed before a reload, or a mark that fits the region. */
export function ballotOf(
  definition: ElectionDefinition,
  regionId: string,
  { waiting, selection, regionId: markedIn }: Session,
): Selection | WaitingBallot | undefined {
  if (waiting !== undefined) return waiting;
  const isMarked = selection !== undefined && markedIn === regionId && canBeCast(definition, regionId, selection);
  return isMarked ? selection : undefined;
}
