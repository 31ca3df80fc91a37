/**
 * The audit: every act in the office, from the console's own record and from what is recorded with each election, by the command line
 * and the system too. Each act is there once.
 */

export const AUDIT_OUTCOMES = ["done", "proposed", "refused", "failed"] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** Of what is recorded with an election and was not done in the console. */
export const RECORDED = "recorded";

/** What the console recorded of a request. */
export type ConsoleAct = Readonly<{
  /** Orders acts, and is another for each: the instant, then what tells those of one instant apart. */
  id: string;
  /** Undefined where it is about no election, or a new one. */
  electionId: string | undefined;
  atMs: number;
  /** When it ended: what was recorded with the election until then, by the same person, is part of it. */
  untilMs: number;
  act: string;
  who: string;
  subject: string;
  address: string;
  reason: string | undefined;
  outcome: AuditOutcome;
}>;

/** What is recorded with an election. */
export type RecordedChanges = Readonly<{
  electionId: string;
  changes: readonly Readonly<{ at: string; what: string; who: string }>[];
}>;

export type AuditEntry = Readonly<{
  id: string;
  /** ISO 8601, UTC. */
  at: string;
  electionId: string | undefined;
  /** Name of the act, or RECORDED. */
  act: string;
  outcome: AuditOutcome;
  who: string;
  /** The identity provider's id of whoever it was, and where they were signed in; undefined outside the console. */
  subject: string | undefined;
  address: string | undefined;
  reason: string | undefined;
  /** What is recorded with the election of it, oldest first. */
  recorded: readonly string[];
}>;

export type AuditFilter = Readonly<{
  electionId?: string | undefined;
  /** A part of the name, in any case. */
  who?: string | undefined;
  act?: string | undefined;
  /** Inclusive. */
  fromMs?: number | undefined;
  /** Exclusive. */
  toMs?: number | undefined;
}>;

/** Later first; of one instant by what tells them apart. */
export const inOrder = (entries: readonly AuditEntry[]): readonly AuditEntry[] =>
  [...entries].sort((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0));

/** The entry of an act in the console that a change belongs to. */
function partOf(acts: readonly ConsoleAct[], electionId: string, who: string, atMs: number): ConsoleAct | undefined {
  return acts.find(
    (act) =>
      act.who === who &&
      (act.electionId === undefined || act.electionId === electionId) &&
      act.atMs <= atMs &&
      atMs <= act.untilMs,
  );
}

/** Every act once, later first. */
export function mergeAudit(acts: readonly ConsoleAct[], recorded: readonly RecordedChanges[]): readonly AuditEntry[] {
  const byWho = Map.groupBy(acts, ({ who }) => who);
  const parts = new Map<ConsoleAct, { of: string; recorded: string[] }>();
  const alone: AuditEntry[] = [];
  for (const { electionId, changes } of recorded) {
    for (const [index, { at, what, who }] of changes.entries()) {
      const act = partOf(byWho.get(who) ?? [], electionId, who, Date.parse(at));
      if (act !== undefined) {
        const part = parts.get(act) ?? { of: electionId, recorded: [] };
        part.recorded.push(what);
        parts.set(act, part);
        continue;
      }
      alone.push({
        id: `${new Date(at).toISOString()}#${electionId}#${String(index).padStart(6, "0")}`,
        at: new Date(at).toISOString(),
        electionId,
        act: RECORDED,
        outcome: "done",
        who,
        subject: undefined,
        address: undefined,
        reason: undefined,
        recorded: [what],
      });
    }
  }
  const done = acts.map((act): AuditEntry => {
    const { atMs, untilMs: _, electionId, ...told } = act;
    const part = parts.get(act);
    // One that is registered names itself only by what is recorded with it.
    const of = electionId ?? part?.of;
    return { ...told, electionId: of, at: new Date(atMs).toISOString(), recorded: part?.recorded ?? [] };
  });
  return inOrder([...done, ...alone]);
}

export function filterAudit(
  entries: readonly AuditEntry[],
  { electionId, who, act, fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY }: AuditFilter,
): readonly AuditEntry[] {
  const named = who?.toLocaleLowerCase();
  return entries.filter((entry) => {
    const atMs = Date.parse(entry.at);
    if (electionId !== undefined && entry.electionId !== electionId) return false;
    if (named !== undefined && !entry.who.toLocaleLowerCase().includes(named)) return false;
    return (act === undefined || entry.act === act) && fromMs <= atMs && atMs < toMs;
  });
}

/** A page of entries that are ordered later first. @param after the last entry of the page before */
export function pageOfAudit(
  entries: readonly AuditEntry[],
  after: string | undefined,
  most: number,
): Readonly<{ page: readonly AuditEntry[]; next: string | undefined }> {
  const rest = after === undefined ? entries : entries.filter(({ id }) => id < after);
  const page = rest.slice(0, most);
  return { page, next: rest.length > most ? page.at(-1)?.id : undefined };
}
