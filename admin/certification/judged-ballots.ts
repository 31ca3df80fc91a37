import type { Connection } from "#admin/connection/connection.ts";
import { readEntries } from "#admin/roll/table.ts";
import { SPOILED } from "#core/selection.ts";
import type { BallotReader } from "#storage/ballot-reader.ts";
import type { Stamped } from "#storage/stamp.ts";

/**
 * Which stored ballots a voter cast. The others were written to the box by somebody: `submit` did not receive them, or `validate` did
 * not let them pass. They are set aside, which spoils them. Marks of codes that were struck off are no ballots, where the roll says
 * the same.
 */

export type Standing = "cast" | "unstamped" | "not-on-roll" | "strike-not-on-roll";

export type JudgedBallot = Readonly<{
  ballot: Stamped;
  /** Where it is counted. */
  regionId: string;
  /** What the tallies count it as, which know stamps and no roll. */
  interpretation: string;
  standing: Standing;
}>;

export async function judge(
  connection: Connection,
  read: BallotReader,
  ballots: readonly Stamped[],
): Promise<readonly JudgedBallot[]> {
  const found = [];
  for (const ballot of ballots) found.push({ ballot, ballotRead: await read(ballot) });
  const stamped = found.filter(({ ballotRead }) => ballotRead?.isStamped !== false);
  const entries = await readEntries(
    connection,
    stamped.map(({ ballot }) => ballot.hash),
  );
  return found.flatMap(({ ballot, ballotRead }): JudgedBallot[] => {
    const { hash, regionId, trackingCode } = ballot;
    const entry = entries.get(hash);
    if (ballotRead === undefined) {
      if (entry?.struck === trackingCode) return [];
      // Stamped by whoever has the stamp key, and of nothing that was signed: it silenced a voter.
      return [{ ballot, regionId, interpretation: SPOILED, standing: "strike-not-on-roll" }];
    }
    const isVoters = entry?.struck === undefined && entry?.regionId === ballotRead.regionId;
    const { isStamped, ...counted } = ballotRead;
    return [{ ballot, ...counted, standing: !isStamped ? "unstamped" : isVoters ? "cast" : "not-on-roll" }];
  });
}
