import type { AuditEntry } from "#core/audit.ts";
import type { Change, ChangeStatement, Opening } from "#core/opening.ts";

/** What of the audit everybody may see: what was stated of an election, which is signed and published. */

type StatedElection = Readonly<{
  electionId: string;
  opening: Opening;
  /** Oldest first. */
  changes: readonly Change[];
  /** When it was certified, with what was recorded; undefined until it is. */
  certified: Readonly<{ at: string; what: string }> | undefined;
}>;

/** Names of what is published, beside the kinds of changes. */
export const OPENING_STATED = "opening";
export const CERTIFIED = "certification";

function reasonOf(statement: ChangeStatement): string | undefined {
  if (!("reason" in statement)) return undefined;
  const { reason } = statement;
  return typeof reason === "object" ? `${reason.fr} / ${reason.en}` : reason;
}

/** Later first. Names are those that the statements themselves tell. */
export function publicAudit({ electionId, opening, changes, certified }: StatedElection): readonly AuditEntry[] {
  const entry = (index: number, at: string, act: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
    id: `${new Date(at).toISOString()}#${electionId}#${String(index).padStart(6, "0")}`,
    at: new Date(at).toISOString(),
    electionId,
    act,
    outcome: "done",
    who: "",
    subject: undefined,
    address: undefined,
    reason: undefined,
    recorded: [],
    ...more,
  });
  return [
    entry(0, opening.statement.statedAt, OPENING_STATED),
    ...changes.map(({ statement }, index) =>
      entry(index + 1, statement.statedAt, statement.kind, {
        who: "by" in statement ? statement.by : "",
        reason: reasonOf(statement),
      }),
    ),
    ...(certified === undefined
      ? []
      : [entry(changes.length + 1, certified.at, CERTIFIED, { recorded: [certified.what] })]),
  ].reverse();
}
