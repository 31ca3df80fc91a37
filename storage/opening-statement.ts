import { canonicalText } from "#core/canonical-json.ts";
import { isUnstated, phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { OPENING_FORMAT, type OpeningStatement, type RollCommitment } from "#core/opening.ts";
import { Refusal } from "#core/refusal.ts";
import { sha256Hex } from "#storage/definition-parts.ts";
import { recordStated, stateChange } from "#storage/election-changes.ts";
import type { ElectionSecrets } from "#storage/election-secrets.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";
import { refuseUnderWay } from "#storage/imports-under-way.ts";
import {
  type AdministeredElection,
  type ElectionItems,
  findStored,
  type Stored,
} from "#storage/registered-elections.ts";
import { commitToRoll } from "#storage/roll-commitment.ts";
import type { RollTable } from "#storage/roll-scan.ts";
import { acknowledgedBy } from "#storage/signed-opening.ts";
import { ensureSigningKey, fingerprintOf, publicPartOf, signStatement } from "#storage/signing-key.ts";

/**
 * Stating what is fixed before voting: by an officer's command, or by the function that does so when an election's hours come. Of
 * both at the same moment, the first that is stored stands.
 */

/** What an opening is stated from, and where it is kept. */
export type Stating = ElectionItems & ElectionSecrets & RollTable;

export type Opened = Readonly<{
  /** Of the opening's file, in hexadecimal; to be published elsewhere. */
  sha256: string;
  /** Of the signing key. */
  fingerprint: string;
  voters: number;
  /** When voting opens. */
  opensAt: string;
}>;

type Options = Readonly<{ who: string; atMs: number }>;

const MINUTE_MS = 60_000;

export const votersOn = (onRoll: RollCommitment["onRoll"]): number =>
  Object.values(onRoll).reduce((sum, count) => sum + count, 0);

/** When an opening is stated at an instant, and the definition that it fixes. */
function openingAt(
  definition: ElectionDefinition,
  atMs: number,
): Readonly<{ statedAt: string; definition: ElectionDefinition }> {
  const late = phaseAt(definition, atMs) === "open" && atMs > Date.parse(definition.opensAt);
  if (!late) return { statedAt: new Date(atMs).toISOString(), definition };
  // Ballots are dated to the minute.
  const minuteMs = Math.max(Math.floor(atMs / MINUTE_MS) * MINUTE_MS, Date.parse(definition.opensAt));
  const statedAt = new Date(minuteMs).toISOString();
  return { statedAt, definition: { ...definition, opensAt: statedAt } };
}

/** Throws Refusal once voting has closed, and while the roll is being imported. */
export function requireStatable(election: AdministeredElection, atMs: number): void {
  const { electionId } = election.definition;
  if (phaseAt(election.definition, atMs) === "closed") {
    throw new Refusal(
      `Voting in election ${electionId} has closed: what it was about can no longer be stated.`,
      `Le vote est terminé pour l’élection ${electionId}\u00a0: il est trop tard pour l’énoncé d’ouverture.`,
    );
  }
  refuseUnderWay(election);
}

/**
 * States the opening of an election that has none. Where that comes late, voting opens with it, and opensAt moves to the minute in
 * which it is stated. Undefined when somebody else changed the election meanwhile. Throws Refusal as requireStatable.
 */
export async function stateFirst(kept: Stating, stored: Stored, { who, atMs }: Options): Promise<Opened | undefined> {
  requireStatable(stored.election, atMs);
  const { publicKey } = stored.election;
  const { electionId } = stored.election.definition;
  const key = await ensureSigningKey(kept, electionId);
  const fingerprint = fingerprintOf({ publicKey: publicPartOf(key) });
  // An opening does not say what was struck off before it.
  const { onRoll, rollRoot } = await commitToRoll(kept, electionId);
  const acknowledged = acknowledgedBy(stored.election, { onRoll, rollRoot });

  const { statedAt, definition } = openingAt(stored.election.definition, atMs);
  const { $schema: _, ...fixed } = definition;
  const statement: OpeningStatement = {
    format: OPENING_FORMAT,
    ...{ statedAt, definition: fixed, publicKey, ...acknowledged, signingKey: fingerprint, onRoll, rollRoot },
  };
  const opening = canonicalText({ statement, signature: signStatement(key, statement) });
  const sha256 = sha256Hex(opening);
  const change = stateChange(`opening stated, SHA-256 ${sha256}`, { who, atMs });
  const isStored = await recordStated(kept, stored, { opening, changes: canonicalText([]), definition }, change);
  return isStored ? { sha256, fingerprint, voters: votersOn(onRoll), opensAt: definition.opensAt } : undefined;
}

const sizeOf = ({ rollCounts }: RegisteredElection): number => [...rollCounts.values()].reduce((a, b) => a + b, 0);

/** Whether the hours of an election have come, somebody is on its roll, and nobody can vote since its opening is not stated. */
export function isDue(election: RegisteredElection, atMs: number): boolean {
  return isUnstated(election, atMs) && sizeOf(election) > 0;
}

/** What became of an election whose hours had come. */
export type DueOutcome = Readonly<{ electionId: string }> &
  Readonly<{ opened: Opened } | { waits: string } | { failure: unknown }>;

/** Undefined when there is nothing more to state. Throws Refusal when it has to wait. */
async function stateDueOne(kept: Stating, electionId: string, options: Options): Promise<Opened | undefined> {
  const stored = await findStored(kept, electionId);
  if (stored === undefined || !isUnstated(stored.election, options.atMs)) return undefined;
  if (votersOn(stored.election.rollCounts) === 0) {
    throw new Refusal(
      `Nobody is on the roll of election ${electionId} yet: import it.`,
      `Personne n’est encore sur la liste de l’élection ${electionId}\u00a0: importez-la.`,
    );
  }
  return stateFirst(kept, stored, options);
}

/**
 * States the opening of every election whose hours have come, unless it has one, nobody is on its roll, or its roll is being
 * imported. Small rolls first, so that none waits for a large one. What fails leaves the others alone.
 */
export async function stateDue(
  kept: Stating,
  elections: readonly RegisteredElection[],
  { who, now }: Readonly<{ who: string; now: () => number }>,
): Promise<readonly DueOutcome[]> {
  const due = elections.filter((election) => isUnstated(election, now())).sort((a, b) => sizeOf(a) - sizeOf(b));
  const outcomes: DueOutcome[] = [];
  for (const { definition } of due) {
    const { electionId } = definition;
    try {
      const opened = await stateDueOne(kept, electionId, { who, atMs: now() });
      // Undefined: an officer was quicker, or changed it, and the next look tells.
      if (opened !== undefined) outcomes.push({ electionId, opened });
    } catch (failure) {
      outcomes.push(failure instanceof Refusal ? { electionId, waits: failure.message } : { electionId, failure });
    }
  }
  return outcomes;
}
