import { useEffect, useState } from "preact/hooks";
import type { Credentials } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { readSelection, type Selection, writeSelection } from "#core/selection.ts";
import { forgetAccepted } from "#web/accepted-ballots.ts";
import type { SealedBallot } from "#web/sealing.ts";
import { type Casting, isUnsent } from "#web/vote/casting.ts";
import { forget, type KeptAt, keep, keptElections, keptFor } from "#web/vote/kept.ts";

/** A ballot that was sealed before the page was loaded anew, waiting for its voter to identify themselves again. */
export type WaitingBallot = SealedBallot & Readonly<{ regionId: string; sealedAtMs: number }>;

/**
 * What a voter has filled in for one election. It lives in this page's memory; what of it outlives a reload, and never who
 * the voter is, see kept.ts. None of it is ever in the address or the history.
 */
export type Session = Readonly<{
  regionId?: string | undefined;
  selection?: Selection | undefined;
  waiting?: WaitingBallot | undefined;
  credentials: Credentials;
  /** What the server found wrong, by credential field name. */
  refusals: Credentials;
  casting?: Casting | undefined;
  /** When the ballot was cast, in milliseconds since 1970; with `casting`. */
  castAtMs?: number | undefined;
  /** Ends the wait for the outcome of this voter's ballot. */
  attempt?: AbortController | undefined;
}>;

const EMPTY: Session = { credentials: {}, refusals: {} };

type Listener = (session: Session) => void;

const sessions = new Map<string, Session>();
const listeners = new Map<string, Set<Listener>>();
/** Marks of before a reload whose ballot has not been shown again yet. */
const marksOfBefore = new Map<string, KeptAt>();

export function sessionOf(electionId: string): Session {
  return sessions.get(electionId) ?? EMPTY;
}

/** Changes part of a session; a page that shows it follows. */
export function updateSession(electionId: string, change: Partial<Session>): void {
  const session = { ...sessionOf(electionId), ...change };
  sessions.set(electionId, session);
  for (const listener of listeners.get(electionId) ?? []) listener(session);
}

/**
 * When the voter leaves: who they are is forgotten, for the next voter may use the same device. A mark made and not cast
 * waits, a ballot on its way goes on, and a receipt stays kept for the history's back button and nobody else.
 */
export function leaveSession(electionId: string): void {
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

/** The receipt that is kept for an election, if one is. */
export function keptReceipt(electionId: string) {
  const found = keptFor(electionId);
  return found?.kept.kind === "receipt" ? { ...found.kept, castAtMs: found.atMs } : undefined;
}

/** Takes up again what the voter had marked or sealed before the page was loaded anew. */
export function resumeSession(definition: ElectionDefinition): void {
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
    const { envelope, trackingCode, regionId } = kept;
    sessions.set(electionId, { ...EMPTY, waiting: { envelope, trackingCode, regionId, sealedAtMs: atMs } });
  }
}

/** Marks are in the tab's storage only while the page is out of sight: a reload begins by hiding it, and so does a phone that
 * puts it away to make room. */
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

/** Lets ballots in progress outlive a reload. To be called once, when the page is loaded. */
export function surviveReloads(): void {
  takeMarksBack();
  addEventListener("pagehide", keepMarks);
  addEventListener("pageshow", takeMarksBack);
  document.addEventListener("visibilitychange", () => (document.hidden ? keepMarks() : takeMarksBack()));
}

/** The session of an election, followed while the page is shown. */
export function useSession(definition: ElectionDefinition): readonly [Session, (change: Partial<Session>) => void] {
  const { electionId } = definition;
  const [, setShown] = useState<Session>(() => {
    resumeSession(definition);
    return EMPTY;
  });
  useEffect(() => {
    const followers = listeners.get(electionId) ?? new Set();
    listeners.set(electionId, followers.add(setShown));
    return () => {
      followers.delete(setShown);
      leaveSession(electionId);
    };
  }, [electionId]);
  return [sessionOf(electionId), (change) => updateSession(electionId, change)];
}
