import type { StoredBallot } from "#admin/certification/stored-ballots.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { readEntries } from "#admin/roll/table.ts";
import type { BallotReader } from "#storage/ballot-reader.ts";

/**
 * Which stored ballots a voter cast. The others were written to the box by somebody: `submit` did not receive them, or
 * `validate` did not let them pass. They are set aside, which spoils them.
 */

export type Standing = "cast" | "unstamped" | "not-on-roll";

export type JudgedBallot = Readonly<{
  ballot: StoredBallot;
  /** Where it is counted. */
  regionId: string;
  /** What the tallies count it as, which know stamps and no roll. */
  interpretation: string;
  standing: Standing;
}>;

export async function judge(
  connection: Connection,
  read: BallotReader,
  ballots: readonly StoredBallot[],
): Promise<readonly JudgedBallot[]> {
  const found = [];
  for (const ballot of ballots) found.push({ ballot, ...(await read(ballot)) });
  const stamped = found.filter(({ isStamped }) => isStamped);
  const entries = await readEntries(
    connection,
    stamped.map(({ ballot }) => ballot.hash),
  );
  return found.map(({ ballot, regionId, interpretation, isStamped }) => {
    const isOnRoll = entries.get(ballot.hash)?.regionId === regionId;
    return { ballot, regionId, interpretation, standing: !isStamped ? "unstamped" : isOnRoll ? "cast" : "not-on-roll" };
  });
}
