import { createHash } from "node:crypto";
import type { Attack } from "#load/attack/attack.ts";
import { castBallots, countedVotes, type StoredBallot, storedBallots } from "#load/attack/shared/stored-ballots.ts";
import { seal } from "#load/shared/ballots.ts";
import { enrolElectorate } from "#load/shared/electorate.ts";
import { grouped } from "#load/shared/report.ts";
import { connectTo } from "#load/shared/running-system.ts";
import { watchCount } from "#load/shared/tallies.ts";
import { votesTable } from "#storage/votes-table.ts";

export const smuggledBallots: Attack = {
  name: "smuggled-ballots",
  attacker: "thief of a role",
  told: "whoever stole the role of validate writes to the votes table under other hashes: copies of stored ballots, stamp included, and envelopes of their own",
  isShort: true,
  async run({ system, isFull, random }) {
    const voters = await enrolElectorate(system, isFull ? 50 : 3, random);
    using count = watchCount(system);
    using connection = connectTo(system);
    const stored = await storedBallots(system, await castBallots(system, count, voters));
    const before = await count.read();

    const under = (name: string, ballot: StoredBallot): StoredBallot => {
      return { ...ballot, hash: createHash("sha256").update(`${name} ${ballot.hash}`).digest("base64url") };
    };
    const own = voters.map(async (voter): Promise<StoredBallot> => {
      const { envelope, oneTimeKey, trackingCode } = await seal(voter);
      const copied = [...stored.values()].find(({ electionId, regionId }) => {
        return electionId === voter.voter.electionId && regionId === voter.voter.regionId;
      });
      if (copied === undefined) throw new Error("a ballot that was counted is not in the box");
      const sealed = {
        envelope: Buffer.from(envelope, "base64url"),
        oneTimeKey: Buffer.from(oneTimeKey.publicKey, "base64url"),
      };
      return under(trackingCode, { ...copied, ...sealed, trackingCode });
    });
    const smuggled = [...[...stored.values()].map((ballot) => under("copy", ballot)), ...(await Promise.all(own))];
    const outcomes = await votesTable(connection.dynamodb, connection.votesTable).cast(smuggled);
    const written = outcomes.filter((outcome) => outcome === "stored").length;
    const { after } = await count.settle(before, Promise.resolve(written));
    const counted = countedVotes(before, after);
    return {
      tried: written,
      learnt: `${grouped(counted)} of ${grouped(written)} written ballots counted as votes`,
      isRepelled: counted === 0,
    };
  },
};
