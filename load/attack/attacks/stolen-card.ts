import type { Attack } from "#load/attack/attack.ts";
import { outcomeOf } from "#load/attack/shared/posting.ts";
import { requestOf } from "#load/shared/ballots.ts";
import { enrolElectorate } from "#load/shared/electorate.ts";
import { grouped } from "#load/shared/report.ts";

const AN_INSTANT = /\d\d:\d\d/;

export const stolenCard: Attack = {
  name: "stolen-card",
  attacker: "outsider",
  told: "whoever copied voters' cards casts a ballot after each of them, and asks when the first one was received",
  isShort: true,
  async run({ system, isFull, random }) {
    const voters = await enrolElectorate(system, isFull ? 50 : 2, random);
    const told = await Promise.all(
      voters.map(async (ballot) => {
        await outcomeOf(system.url, requestOf(ballot));
        return outcomeOf(system.url, requestOf(ballot));
      }),
    );
    const times = told.filter(({ status, text }) => status !== "duplicate" || AN_INSTANT.test(text));
    return {
      tried: told.length,
      learnt: `the time of ${grouped(times.length)} ballots`,
      isRepelled: times.length === 0,
    };
  },
};
