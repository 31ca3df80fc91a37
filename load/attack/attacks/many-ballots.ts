import type { Attack } from "#load/attack/attack.ts";
import { handIn } from "#load/faults/voters.ts";
import { growth, sumOf } from "#load/shared/accounting.ts";
import { choose, optionOf, requestOf, seal } from "#load/shared/ballots.ts";
import { enrolElectorate } from "#load/shared/electorate.ts";
import { grouped } from "#load/shared/report.ts";
import { watchCount } from "#load/shared/tallies.ts";

const BALLOTS_EACH = 8;

export const manyBallots: Attack = {
  name: "many-ballots",
  attacker: "voter",
  told: `each of several voters casts ${BALLOTS_EACH} ballots, drawn anew, at the same moment`,
  isShort: true,
  async run({ system, isFull, random, onProgress }) {
    const voters = await enrolElectorate(system, isFull ? 100 : 5, random);
    const sealed = voters.map((ballot) =>
      Promise.all(
        Array.from({ length: BALLOTS_EACH }, async () => {
          const drawn = { ...ballot, selection: choose(ballot.definition, ballot.voter.regionId, random) };
          const { signed, trackingCode } = await seal(drawn);
          return { ...requestOf(drawn, signed), trackingCode, option: optionOf(drawn) };
        }),
      ),
    );
    using count = watchCount(system);
    const before = await count.read();
    const handed = handIn(system.url, await Promise.all(sealed), (done) =>
      onProgress({ step: "voting", done, total: voters.length }),
    );
    const { after } = await count.settle(
      before,
      handed.then(() => voters.length),
    );
    const counted = sumOf(growth(before, after));
    return {
      tried: (await handed).flat().length,
      learnt: `${grouped(counted)} ballots of ${grouped(voters.length)} voters counted`,
      isRepelled: counted === voters.length,
    };
  },
};
