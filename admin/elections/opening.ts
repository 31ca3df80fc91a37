import type { Connection } from "#admin/connection/connection.ts";
import { requireStored } from "#admin/elections/registered.ts";
import { recordStateChange } from "#admin/elections/state-changes.ts";
import { removeMarks } from "#admin/roll/import-marks.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { isTrustees, phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { CHANGE_FORMAT, ChangeStatement, inForce, type RollCommitment } from "#core/opening.ts";
import type { Recorded } from "#core/recorded-words.ts";
import { Refusal } from "#core/refusal.ts";
import { sha256Hex } from "#storage/definition-parts.ts";
import { recordStated, stateChange } from "#storage/election-changes.ts";
import { type Opened, requireStatable, stateFirst, votersOn } from "#storage/opening-statement.ts";
import type { StateChange, Stored } from "#storage/registered-elections.ts";
import { commitToRoll } from "#storage/roll-commitment.ts";
import { otherRoll } from "#storage/signed-opening.ts";
import { ensureSigningKey, fingerprintOf, signStatement } from "#storage/signing-key.ts";
import { newestOf, type StatedOpening } from "#storage/stated-opening.ts";

/** Stating what is fixed before voting opens, and, in a signed chain after that, each change of the roll and of the closing. */

export type Statement = Opened &
  Readonly<{
    outcome: "stated" | "roll-changed" | "late-roll" | "unchanged";
    /** SHA-256 of the newest change since, or of the opening; to be published too. */
    newest: string;
  }>;

type Options = Readonly<{
  who: string;
  atMs?: number;
  /** What an officer did to the roll, for the record. */
  what?: Recorded;
}>;

/** Several officers may act at once. */
const TRIES = 20;

/** @param attempt undefined when somebody else changed the election meanwhile */
async function untilRecorded<T>(electionId: string, attempt: () => Promise<T | undefined>): Promise<T> {
  for (let tried = 0; tried < TRIES; tried++) {
    const done = await attempt();
    if (done !== undefined) return done;
  }
  throw new Refusal(
    `Others keep changing election ${electionId}: look at it and try again.`,
    `D’autres personnes ne cessent de modifier l’élection ${electionId}\u00a0: regardez-la et recommencez.`,
  );
}

/**
 * States the definition, the ballots' public key and the roll of an election, once. Nobody can vote before: where that comes late,
 * voting opens with it, and opensAt moves to the minute in which it is stated. From then on only the closing time can change.
 * Stated again, it adds a change of the roll, or changes nothing. Throws Refusal once voting has closed, and while the roll is
 * being imported.
 */
export function stateOpening(connection: Connection, electionId: string, options: Options): Promise<Statement> {
  return untilRecorded(electionId, () => tryToState(connection, electionId, options));
}

/** What stating a roll did: nothing is signed before the opening is stated. */
export type RollStatement = Readonly<{
  outcome: "not-opened" | "roll-changed" | "late-roll" | "unchanged";
  /** SHA-256 of the newest change, or of the opening, in hexadecimal; to be published elsewhere. */
  newest: string | undefined;
  /** Imports that are no longer taken to be under way. */
  ended: readonly string[];
}>;

/**
 * Signs the roll as it is now, when it is not the one last stated, and takes imports off the election's list of those under way. After
 * closing too: what an import that was killed put on the roll before, voters may have voted with. It is then signed as late.
 * @param ending which of the imports under way have ended
 */
export function stateRoll(
  connection: Connection,
  electionId: string,
  ending: (imports: readonly string[]) => readonly string[],
  options: Options,
): Promise<RollStatement> {
  return untilRecorded(electionId, async () => {
    const stored = await requireStored(connection, electionId);
    const ended = ending(stored.election.rollImports);
    const { opening } = stored.election;
    if (opening === undefined) {
      const removed = await removeMarks(connection, electionId, ended, false);
      if (removed) await recordAct(connection, electionId, options);
      return removed ? { outcome: "not-opened", newest: undefined, ended } : undefined;
    }
    const roll = await commitToRoll(connection, electionId);
    const recorded = await recordRoll(connection, stored, opening, roll, ended, options);
    return recorded === undefined ? undefined : { ...recorded, ended };
  });
}

/** Undefined when somebody else changed the election meanwhile. */
async function tryToState(
  connection: Connection,
  electionId: string,
  { who, atMs = Date.now() }: Options,
): Promise<Statement | undefined> {
  const stored = await requireStored(connection, electionId);
  const { opening } = stored.election;
  if (opening === undefined) {
    const opened = await stateFirst(connection, stored, { who, atMs });
    return opened === undefined ? undefined : { ...opened, outcome: "stated", newest: opened.sha256 };
  }
  requireStatable(stored.election, atMs);
  const { opensAt } = stored.election.definition;
  const roll = await commitToRoll(connection, electionId);
  const recorded = await recordRoll(connection, stored, opening, roll, [], { who, atMs });
  if (recorded === undefined) return undefined;
  const fingerprint = fingerprintOf(opening.opening.signature);
  return { sha256: opening.sha256, fingerprint, voters: votersOn(roll.onRoll), opensAt, ...recorded };
}

/** Records what an officer did, where no signed change goes with it. */
async function recordAct(connection: Connection, electionId: string, { who, atMs = Date.now(), what }: Options) {
  if (what !== undefined) await recordStateChange(connection, electionId, stateChange(what, { who, atMs }));
}

/** Adds a change of the roll, if it is another than the one last stated. Undefined when somebody else changed the election meanwhile. */
async function recordRoll(
  connection: Connection,
  stored: Stored,
  opening: StatedOpening,
  roll: RollCommitment,
  ended: readonly string[],
  { who, atMs = Date.now(), what: act }: Options,
): Promise<Readonly<{ outcome: "roll-changed" | "late-roll" | "unchanged"; newest: string }> | undefined> {
  const { definition } = stored.election;
  if (inForce(opening.opening, opening.changes).roll.rollRoot === roll.rollRoot) {
    const removed = await removeMarks(connection, definition.electionId, ended, true);
    if (removed && act !== undefined) await recordAct(connection, definition.electionId, { who, atMs, what: act });
    return removed ? { outcome: "unchanged", newest: newestOf(opening) } : undefined;
  }
  if (isTrustees(definition)) throw otherRoll(definition.electionId);
  const isLate = phaseAt(definition, atMs) === "closed";
  const restated: Recorded = `roll stated again${isLate ? " after closing" : ""}, ${votersOn(roll.onRoll)} voters`;
  const record = stateChange(act === undefined ? restated : `${act}; ${restated}`, { who, atMs });
  const changed = { kind: isLate ? "late-roll" : "roll", ...roll } as const;
  const newest = await recordSigned(connection, stored, opening, changed, record, { ended });
  return newest === undefined ? undefined : { outcome: isLate ? "late-roll" : "roll-changed", newest };
}

type WithoutLink<T> = T extends unknown ? Omit<T, "format" | "previous" | "statedAt"> : never;

/**
 * Adds a signed change to what was stated of an election, with the definition that follows from it, and ends imports. Returns its SHA-256; undefined when somebody else
 * changed the election meanwhile.
 */
export async function recordSigned(
  connection: Connection,
  stored: Stored,
  opening: StatedOpening,
  changed: WithoutLink<ChangeStatement>,
  record: StateChange,
  {
    definition = stored.election.definition,
    ended = [],
  }: Readonly<{ definition?: ElectionDefinition; ended?: readonly string[] }> = {},
): Promise<string | undefined> {
  const key = await ensureSigningKey(connection, definition.electionId);
  const previous = newestOf(opening);
  const before = opening.changes.at(-1)?.statement.statedAt ?? opening.opening.statement.statedAt;
  // Others may have signed a change since this one began.
  const statedAt = Date.parse(before) > Date.parse(record.at) ? before : record.at;
  // What could not be read again would leave the election unreadable, and nothing signed can be taken back.
  const statement = ChangeStatement.parse({ format: CHANGE_FORMAT, previous, statedAt, ...changed });
  const change = { statement, signature: signStatement(key, statement) };
  const stated = { opening: opening.text, changes: canonicalText([...opening.changes, change]), definition };
  const written = await recordStated(connection, stored, stated, record, ended);
  return written ? sha256Hex(canonicalText(change)) : undefined;
}
