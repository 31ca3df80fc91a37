import { ensureSigningKey, fingerprintOf, publicPartOf, signStatement } from "#admin/certification/signing-key.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { commitToRoll, type RollCommitment } from "#admin/roll/commitment.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { phaseAt } from "#core/contest.ts";
import type { OpeningStatement, RollChange } from "#core/opening.ts";
import { Refusal } from "#core/refusal.ts";
import { findStored, recordOpening, stateChange } from "#storage/election-register.ts";
import { type StatedOpening, sha256Hex } from "#storage/stated-opening.ts";

/** Stating what is fixed before voting opens, and, after that, each change of the roll. */

export type Statement = Readonly<{
  outcome: "stated" | "roll-changed" | "unchanged";
  /** Of the opening's file, in hexadecimal; to be published elsewhere. */
  sha256: string;
  /** Of the signing key. */
  fingerprint: string;
  voters: number;
}>;

/** The SHA-256 of the last statement, which the next one names. */
function lastSha256({ sha256, rollChanges }: StatedOpening): string {
  const last = rollChanges.at(-1);
  return last === undefined ? sha256 : sha256Hex(canonicalText(last));
}

/** The roll as it was last stated. */
export function lastStatedRoll({ stated, rollChanges }: StatedOpening): RollCommitment {
  return rollChanges.at(-1)?.statement ?? stated;
}

type Options = Readonly<{ who: string; atMs?: number }>;

/** Several imports may end at once. */
const TRIES = 5;

/**
 * States the definition, the ballots' public key and the roll of an election, once; from then on only the closing time can
 * change. Stated again, it adds a change of the roll, or changes nothing. Throws Refusal once voting has closed.
 */
export async function stateOpening(connection: Connection, electionId: string, options: Options): Promise<Statement> {
  for (let tried = 0; tried < TRIES; tried++) {
    const statement = await tryToState(connection, electionId, options);
    if (statement !== undefined) return statement;
  }
  throw new Refusal(`Others keep changing election ${electionId}: look at it and try again.`);
}

/** Undefined when somebody else changed the election meanwhile. */
async function tryToState(
  connection: Connection,
  electionId: string,
  { who, atMs = Date.now() }: Options,
): Promise<Statement | undefined> {
  const stored = await findStored(connection, electionId);
  if (stored === undefined) throw new Refusal(`There is no election ${electionId}: apply its definition first.`);
  const { definition, publicKey, opening } = stored.election;
  if (phaseAt(definition, atMs) === "closed") {
    throw new Refusal(`Voting in election ${electionId} has closed: what it was about can no longer be stated.`);
  }
  const key = await ensureSigningKey(connection, electionId);
  const fingerprint = fingerprintOf({ publicKey: publicPartOf(key) });
  const roll = await commitToRoll(connection, electionId);
  const voters = Object.values(roll.onRoll).reduce((sum, count) => sum + count, 0);
  const statedAt = new Date(atMs).toISOString();

  if (opening === undefined) {
    const stated = { statedAt, publicKey, signingKey: fingerprint, ...roll };
    const statement: OpeningStatement = { format: "scrutin-opening-1", definition, ...stated };
    const signature = signStatement(key, statement);
    const sha256 = sha256Hex(canonicalText({ statement, signature }));
    const kept: StatedOpening = { stated, closesAt: definition.closesAt, signature, sha256, rollChanges: [] };
    const change = stateChange(`opening stated, SHA-256 ${sha256}`, { who, atMs });
    const written = await recordOpening(connection, stored, kept, change);
    return written ? { outcome: "stated", sha256, fingerprint, voters } : undefined;
  }

  const { sha256, rollChanges } = opening;
  if (lastStatedRoll(opening).rollRoot === roll.rollRoot) {
    return { outcome: "unchanged", sha256, fingerprint, voters };
  }
  const previous = lastSha256(opening);
  const statement: RollChange = { format: "scrutin-roll-change-1", previous, statedAt, ...roll };
  const changed = [...rollChanges, { statement, signature: signStatement(key, statement) }];
  const change = stateChange(`roll stated again, ${voters} voters`, { who, atMs });
  const written = await recordOpening(connection, stored, { ...opening, rollChanges: changed }, change);
  return written ? { outcome: "roll-changed", sha256, fingerprint, voters } : undefined;
}
