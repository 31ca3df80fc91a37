import { createHash, createSecretKey } from "node:crypto";
import { stateOpening } from "#admin/elections/opening.ts";
import { importRoll } from "#admin/roll/import.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { envelopeBytes, type KeyedEnvelope, sealEnvelope } from "#core/envelope.ts";
import { type Selection, SPOILED, writeSelection } from "#core/selection.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import { makeOneTimeKey } from "#storage/ed25519.ts";
import { applyElection } from "#storage/election-register.ts";
import { readPepper, readStampKey } from "#storage/election-secrets.ts";
import { sealerTo } from "#storage/hpke.ts";
import { groupByRow } from "#storage/increment.ts";
import type { Rejection } from "#storage/keys.ts";
import { findElection } from "#storage/registered-elections.ts";
import { rejectedAttemptsTable } from "#storage/rejected-attempts-table.ts";
import { isStamped, stampOf } from "#storage/stamp.ts";
import { talliesTable } from "#storage/tallies-table.ts";
import { towardsTurnout } from "#storage/turnout-sheet.ts";
import { voterHash } from "#storage/voter-hash.ts";
import { votesTable } from "#storage/votes-table.ts";
import { importPublicKey } from "#storage/x25519.ts";
import type { Office } from "#test/admin/office.ts";

/** An election that was held, with ballots in the box, counts in the tallies, and rejected attempts. */

/**
 * A ballot, an envelope that does not open, one sealed for another opening statement, the previous envelope copied by a voter who has not its key, or the very ballot of
 * the previous voter, who lent the key. Or a copy of the previous ballot, stamp included, that `validate`'s role wrote.
 */
export type HandedIn = Readonly<{
  regionId: string;
  selection: Selection | "garbage" | "other-opening" | "copy" | "lent" | "smuggled";
  /** False for credentials that somebody made up, whose ballot `validate`'s role wrote to the box. */
  isOnRoll?: boolean;
}>;

const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url");
const codeOf = (sealed: KeyedEnvelope): string =>
  trackingCodeOf(createHash("sha256").update(trackedBytes(sealed)).digest());
const CODE = "ABC123";
const CAST_AT = "2025-01-01T12:00:00.000Z";

const NOTHING: KeyedEnvelope = { oneTimeKey: new Uint8Array(), envelope: new Uint8Array() };
const OTHER_OPENING = "6".repeat(64);

/** Two tally shards take turns, as they do in a large election. */
const SHARDS = ["shard-0", "shard-1"] as const;
const BATCH = 20;

/**
 * Registers an election with this many voters per region on its roll, and makes ballots for the box. Their hashes are those of voters of the roll, in
 * order.
 */
export async function prepareBallots(
  { connection, file }: Pick<Office, "connection" | "file">,
  definition: ElectionDefinition,
  roll: Readonly<Record<string, number>>,
  handedIn: readonly HandedIn[],
) {
  const { electionId } = definition;
  await applyElection(connection, definition, { who: "Ada" });
  const voters = Object.entries(roll).flatMap(([regionId, count], region) =>
    Array.from({ length: count }, (_, voter) => ({ nas: `${region}${String(voter).padStart(8, "0")}`, regionId })),
  );
  const rows = voters.map(({ nas, regionId }) => `${nas},${CODE},${regionId}`);
  await importRoll(
    connection,
    electionId,
    await file(`${electionId}.csv`, ["nas,code,region_id", ...rows, ""].join("\n")),
    { atMs: Date.parse(definition.opensAt) },
  );
  const { sha256: opening } = await stateOpening(connection, electionId, {
    who: "Ada",
    atMs: Date.parse(definition.opensAt),
  });

  const election = await findElection(connection, electionId);
  const seal = sealerTo(importPublicKey(election?.publicKey ?? ""));
  const pepper = createSecretKey((await readPepper(connection, electionId)) ?? new Uint8Array());
  const stampKey = createSecretKey((await readStampKey(connection, electionId)) ?? new Uint8Array());
  const waiting = Map.groupBy(voters, ({ regionId }) => regionId);
  const nextVoter = (regionId: string): string => {
    const voter = waiting.get(regionId)?.shift();
    if (voter === undefined) throw new RangeError(`more ballots than voters in region ${regionId}`);
    return voterHash(pepper, [voter.nas, CODE], electionId);
  };

  const sealed: KeyedEnvelope[] = [];
  for (const [index, { regionId, selection }] of handedIn.entries()) {
    const before = sealed.at(-1) ?? NOTHING;
    const oneTimeKey = makeOneTimeKey();
    const garbage = new Uint8Array(envelopeBytes(definition)).fill(index + 1);
    if (selection === "lent" || selection === "smuggled") sealed.push(before);
    else if (selection === "copy") sealed.push({ ...before, oneTimeKey });
    else if (selection === "garbage") sealed.push({ oneTimeKey, envelope: garbage });
    else {
      const isOther = selection === "other-opening";
      const election = { definition, opening: isOther ? OTHER_OPENING : opening };
      const choice = isOther ? ({ kind: "choice", choice: "oui" } as const) : selection;
      const envelope = await sealEnvelope(seal, election, { regionId, oneTimeKey }, choice);
      sealed.push({ oneTimeKey, envelope });
    }
  }
  let stampedAs = "";
  const votes = handedIn.map(({ regionId, selection, isOnRoll = true }, index) => {
    const lender = handedIn[index - 1];
    // An envelope is bound to its region: one that is lent counts only in the same one.
    const lentCounts = lender?.regionId === regionId ? lender.selection : "garbage";
    const counts = selection === "lent" ? lentCounts : selection;
    const { oneTimeKey, envelope } = sealed[index] ?? NOTHING;
    const ballot = {
      sequenceNumber: String(index + 1),
      shard: SHARDS[index % SHARDS.length],
      hash: isOnRoll ? nextVoter(regionId) : hashOf(`${electionId} ${index}`),
      electionId,
      regionId,
      oneTimeKey,
      envelope,
      trackingCode: codeOf({ oneTimeKey, envelope }),
      castAt: CAST_AT,
      interpretation: typeof counts === "string" ? SPOILED : writeSelection(counts),
    };
    const received = selection === "smuggled" ? { ...ballot, hash: stampedAs } : ballot;
    stampedAs = received.hash;
    return { ...ballot, stamp: stampOf(stampKey, received) };
  });
  return { votes, codes: sealed.map(codeOf), stampKey };
}

/**
 * Registers an election with this many voters per region on its roll, casts ballots and counts them. Returns their tracking
 * codes, in order.
 * @param onCounted called after each batch of ballots is counted
 */
export async function holdElection(
  office: Office,
  definition: ElectionDefinition,
  roll: Readonly<Record<string, number>>,
  handedIn: readonly HandedIn[],
  refused: readonly Rejection[] = [],
  onCounted: (ballots: number) => void = () => {},
): Promise<readonly string[]> {
  const { connection } = office;
  const { electionId } = definition;
  const { votes, codes, stampKey } = await prepareBallots(office, definition, roll, handedIn);
  const box = votesTable(connection.dynamodb, connection.votesTable);
  const tallies = talliesTable(connection.dynamodb, connection.talliesTable);
  const rejectedAttempts = rejectedAttemptsTable(connection.dynamodb, connection.rejectedAttemptsTable);
  for (let start = 0; start < votes.length; start += BATCH) {
    const batch = votes.slice(start, start + BATCH);
    await box.cast(batch);
    for (const shard of SHARDS) {
      const counted = batch.filter((vote) => vote.shard === shard);
      const stamped = counted.filter((vote) => isStamped(stampKey, vote));
      const toCount = [...counted, ...stamped.map(towardsTurnout)];
      for (const increment of groupByRow(shard, toCount, definition)) await tallies.add(increment);
    }
    onCounted(batch.length);
  }
  for (const [index, outcome] of refused.entries()) {
    const trackingCode = codeOf({ ...NOTHING, envelope: Uint8Array.of(index) });
    await rejectedAttempts.record({ hash: hashOf(`${index}`), electionId, trackingCode, castAt: CAST_AT, outcome });
  }
  return codes;
}
