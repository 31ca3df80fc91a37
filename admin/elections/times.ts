import type { Connection } from "#admin/connection/connection.ts";
import { recordSigned } from "#admin/elections/opening.ts";
import { requireStored } from "#admin/elections/registered.ts";
import { offsetFault } from "#core/clock-times.ts";
import { closingSlip } from "#core/closing-slip.ts";
import { phaseAt } from "#core/contest.ts";
import { describeFault } from "#core/definition-faults.ts";
import { ElectionDefinition } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import { inForce } from "#core/opening.ts";
import { Refusal } from "#core/refusal.ts";
import { changedMeanwhile, recordChange, stateChange } from "#storage/election-changes.ts";
import type { StateChange, Stored } from "#storage/registered-elections.ts";

/** Moving the times of an election: the closing, to later and back, and until voting opens both. */

export type TimesOptions = Readonly<{
  /** Who is recorded as having made the change. */
  who: string;
  reason?: string;
  atMs?: number;
  /** Asked when the new time may be a slip; without an answer it is refused. */
  confirm?: (question: string) => Promise<boolean>;
}>;

export type Moved = Readonly<{
  record: StateChange;
  /** SHA-256 of the change that was signed, in hexadecimal; undefined while no opening is stated. */
  newest: string | undefined;
}>;

/** Functions know of a moved time after some seconds. */
const NOTICE_MS = 60_000;

const inFrench = ({ timeZone }: ElectionDefinition, instant: string): string => formatInstant("fr", instant, timeZone);

type Times = Partial<Pick<ElectionDefinition, "opensAt" | "closesAt">>;

/** The definition with other times. Throws Refusal, naming the field and the rule. */
function withTimes(definition: ElectionDefinition, times: Times): ElectionDefinition {
  const moved = { ...definition, ...times };
  const parsed = ElectionDefinition.safeParse(moved);
  if (!parsed.success) throw Refusal.ofEach(parsed.error.issues.map((issue) => describeFault(issue, moved)));
  for (const [name, instant] of Object.entries(times)) {
    const wrongOffset = offsetFault(instant, definition.timeZone);
    if (wrongOffset === undefined) continue;
    const { timeZone } = definition;
    throw new Refusal(
      `${name}: ${wrongOffset}.`,
      `${name}\u00a0: ce jour-là, les horloges de ${timeZone} n’ont pas ce décalage. Vérifiez l’heure.`,
    );
  }
  return parsed.data;
}

async function requireMeant(
  definition: ElectionDefinition,
  to: string,
  confirm: TimesOptions["confirm"],
): Promise<void> {
  const slip = closingSlip(definition, to);
  if (slip === undefined) return;
  const far = slip.kind === "another-year" ? `into another year, ${slip.year}` : `by ${slip.days} days`;
  const question = `The closing of election ${definition.electionId} would move ${far}: from ${definition.closesAt} to ${to}.`;
  if (await confirm?.(question)) return;
  const loin = slip.kind === "another-year" ? `dans une autre année, ${slip.year}` : `${slip.days} jours plus tard`;
  throw new Refusal(
    `${question} Nothing was changed: say that it is meant.`,
    `La fermeture passerait ${loin}\u00a0: du ${inFrench(definition, definition.closesAt)} au ${inFrench(definition, to)}. Rien n’a été changé\u00a0: dites que c’est voulu.`,
  );
}

const because = (reason: string | undefined): string =>
  reason === undefined ? ", reason not given" : `, reason: ${reason}`;

async function record(
  connection: Connection,
  stored: Stored,
  definition: ElectionDefinition,
  kind: "extension" | "extension-taken-back" | "postponement",
  change: StateChange,
  reason: string | undefined,
): Promise<Moved> {
  const { opening } = stored.election;
  if (opening === undefined) {
    await recordChange(connection, stored, change, definition);
    return { record: change, newest: undefined };
  }
  const { opensAt, closesAt } = definition;
  const act = { by: change.who, ...(reason !== undefined && { reason }) };
  const moved =
    kind === "extension"
      ? { kind, closesAt }
      : kind === "postponement"
        ? { kind, opensAt, closesAt, ...act }
        : { kind, closesAt, ...act };
  const newest = await recordSigned(connection, stored, opening, moved, change, { definition });
  if (newest !== undefined) return { record: change, newest };
  const { electionId } = definition;
  throw changedMeanwhile(electionId);
}

/**
 * Moves the closing later, before or during voting; or takes such an extension back, to a time that is still ahead and not before the
 * closing that voters were told first. Once the opening is stated, the change is signed, and its SHA-256 is to be published. Throws
 * Refusal, naming the field and the rule.
 */
export async function extendElection(
  connection: Connection,
  electionId: string,
  closesAt: string,
  { who, reason, atMs = Date.now(), confirm }: TimesOptions,
): Promise<Moved> {
  const stored = await requireStored(connection, electionId);
  const { definition, opening } = stored.election;
  const moved = withTimes(definition, { closesAt });
  if (phaseAt(definition, atMs) === "closed") {
    throw new Refusal(
      `Voting in election ${electionId} has closed: closesAt can no longer change.`,
      `Le vote est terminé pour l’élection ${electionId}\u00a0: l’heure de fermeture ne peut plus changer.`,
    );
  }
  const told = `from ${definition.closesAt} to ${closesAt}${because(reason)}`;
  if (Date.parse(closesAt) > Date.parse(definition.closesAt)) {
    await requireMeant(definition, closesAt, confirm);
    return record(
      connection,
      stored,
      moved,
      "extension",
      stateChange(`closing extended ${told}`, { who, atMs }),
      reason,
    );
  }
  const first = opening === undefined ? definition.closesAt : inForce(opening.opening, opening.changes).firstClosesAt;
  const isSame = Date.parse(closesAt) === Date.parse(definition.closesAt);
  if (isSame || Date.parse(closesAt) < Date.parse(first)) {
    throw new Refusal(
      `The closing of election ${electionId} can only move later than ${formatInstant("en", first, definition.timeZone)}.`,
      `La fermeture de l’élection ${electionId} ne peut être reportée qu’après le ${inFrench(definition, first)}.`,
    );
  }
  if (Date.parse(closesAt) < atMs + NOTICE_MS) {
    throw new Refusal(
      "An extension is taken back to a time that is still ahead, by a minute at least.",
      "Une prolongation ne s’annule que pour une heure à venir, dans une minute au moins.",
    );
  }
  const change = stateChange(`extension taken back ${told}`, { who, atMs });
  return record(connection, stored, moved, "extension-taken-back", change, reason);
}

/**
 * Moves the opening and the closing later, until voting opens. Once the opening is stated, the change is signed, and its SHA-256 is to
 * be published. Throws Refusal, naming the field and the rule.
 */
export async function postponeElection(
  connection: Connection,
  electionId: string,
  times: Readonly<{ opensAt: string; closesAt: string }>,
  { who, reason, atMs = Date.now(), confirm }: TimesOptions,
): Promise<Moved> {
  const stored = await requireStored(connection, electionId);
  const { definition, opening } = stored.election;
  const moved = withTimes(definition, times);
  const opensMs = Date.parse(definition.opensAt);
  // Without a statement nobody can vote, whatever the hour.
  if (opening === undefined ? phaseAt(definition, atMs) === "closed" : atMs + NOTICE_MS > opensMs) {
    throw new Refusal(
      `Voting in election ${electionId} opens at ${definition.opensAt}: it can be postponed until a minute before.`,
      `Le vote de l’élection ${electionId} ouvre le ${inFrench(definition, definition.opensAt)}\u00a0: il ne peut être reporté que jusqu’à une minute avant.`,
    );
  }
  if (Date.parse(times.opensAt) <= Math.max(opensMs, atMs)) {
    throw new Refusal(
      `opensAt: an election is postponed to a later time than ${definition.opensAt}, still ahead.`,
      `Une élection se reporte à plus tard que le ${inFrench(definition, definition.opensAt)}, et à une heure à venir.`,
    );
  }
  await requireMeant(definition, times.closesAt, confirm);
  const told = `opening ${definition.opensAt} to ${times.opensAt}, closing ${definition.closesAt} to ${times.closesAt}`;
  const change = stateChange(`postponed: ${told}${because(reason)}`, { who, atMs });
  return record(connection, stored, moved, "postponement", change, reason);
}
