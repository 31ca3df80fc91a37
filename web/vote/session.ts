import { useEffect, useState } from "preact/hooks";
import type { Credentials } from "#core/credential.ts";
import type { Selection } from "#core/selection.ts";
import { type Casting, isUnsent } from "#web/vote/casting.ts";

/**
 * What a voter has filled in for one election. It lives in this page's memory only: never in the address, the history or
 * any storage of the browser.
 */
export type Session = Readonly<{
  regionId?: string | undefined;
  selection?: Selection | undefined;
  credentials: Credentials;
  /** What the server found wrong, by credential field name. */
  refusals: Credentials;
  casting?: Casting | undefined;
  /** Ends the wait for the outcome of this voter's ballot. */
  attempt?: AbortController | undefined;
}>;

const EMPTY: Session = { credentials: {}, refusals: {} };

type Listener = (session: Session) => void;

const sessions = new Map<string, Session>();
const listeners = new Map<string, Set<Listener>>();

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
 * When the voter leaves: who they are is forgotten, and so is a ballot whose outcome is known, for the next voter may use
 * the same device. A mark made and not cast waits, and a ballot on its way goes on.
 */
export function leaveSession(electionId: string): void {
  const { casting, attempt, regionId, selection } = sessionOf(electionId);
  if (casting === undefined) sessions.set(electionId, { ...EMPTY, regionId, selection });
  else if (!isUnsent(casting)) {
    attempt?.abort();
    sessions.delete(electionId);
  }
}

/** The session of an election, followed while the page is shown. */
export function useSession(electionId: string): readonly [Session, (change: Partial<Session>) => void] {
  const [, setShown] = useState<Session>(EMPTY);
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
