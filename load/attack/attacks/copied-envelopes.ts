import type { Attack } from "#load/attack/attack.ts";
import { castBallots, countedVotes, storedBallots } from "#load/attack/shared/stored-ballots.ts";
import { requestOf, seal } from "#load/shared/ballots.ts";
import { enrolElectorate, enrolLike } from "#load/shared/electorate.ts";
import { exchange } from "#load/shared/exchange.ts";
import { grouped } from "#load/shared/report.ts";
import { watchCount } from "#load/shared/tallies.ts";

const RECEIVED = 202;

export const copiedEnvelopes: Attack = {
  name: "copied-envelopes",
  attacker: "thief of a role",
  told: "whoever can read the votes table casts envelopes from it with other cards, under their one-time keys and under keys of their own, and watches the live count",
  isShort: true,
  async run({ system, isFull, random }) {
    const voters = await enrolElectorate(system, isFull ? 50 : 3, random);
    const thieves = await enrolLike(system, voters);
    using count = watchCount(system);
    const codes = await castBallots(system, count, voters);
    const stored = await storedBallots(system, codes);
    const before = await count.read();

    const statuses = await Promise.all(
      thieves.map(async (thief, index) => {
        const copied = stored.get(codes[index] ?? "");
        if (copied === undefined) throw new Error("a ballot that was counted is not in the box");
        const { signed } = await seal(thief, Buffer.from(copied.envelope).toString("base64url"));
        const withItsKey = { ...signed, one_time_key: Buffer.from(copied.oneTimeKey).toString("base64url") };
        const posts = [withItsKey, signed].map((ballot) => requestOf(thief, ballot));
        const answers: number[] = [];
        for (const { path, body } of posts) answers.push((await exchange(`${system.url}${path}`, body)).status);
        return answers;
      }),
    );
    const taken = statuses.filter(([withItsKey]) => withItsKey === RECEIVED).length;
    const due = statuses.flat().filter((status) => status === RECEIVED).length;
    const { after } = await count.settle(before, Promise.resolve(due));
    const shown = countedVotes(before, after);
    return {
      tried: statuses.flat().length,
      learnt: `${grouped(shown)} of ${grouped(thieves.length)} votes shown; ${grouped(taken)} copies received under their own key`,
      isRepelled: shown === 0 && taken === 0 && due === thieves.length,
    };
  },
};
