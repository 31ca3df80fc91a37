import { Refusal } from "#core/refusal.ts";
import type { Attack } from "#load/attack/attack.ts";
import { withHeldElection } from "#load/attack/shared/held-election.ts";
import { addressNo, post } from "#load/attack/shared/posting.ts";
import { delayedMessages } from "#load/attack/shared/queue.ts";
import { requestOf } from "#load/shared/ballots.ts";
import { enrolElectorate } from "#load/shared/electorate.ts";
import { grouped } from "#load/shared/report.ts";
import { connectTo } from "#load/shared/running-system.ts";

export const heldUpCertification: Attack = {
  name: "held-up-certification",
  attacker: "outsider",
  told: "while wrong codes for a number of an open election, from many addresses, wait in the queue for up to a quarter of an hour, an officer certifies another election that has closed",
  isShort: true,
  async run(trial) {
    const { system, isFull, random } = trial;
    const [victim] = await enrolElectorate(system, 1, random);
    if (victim === undefined) throw new RangeError("nobody was enrolled");
    const first = random(1_000_000);
    const posts = Array.from({ length: isFull ? 50 : 9 }, (_, index) => {
      const voter = { ...victim.voter, code: `X${String(index).padStart(5, "0")}` };
      return { ...requestOf({ ...victim, voter }), from: addressNo(first + index) };
    });
    for (const request of posts) await post(system.url, request);

    using connection = connectTo(system);
    const waiting = await delayedMessages(connection);
    const certified = await withHeldElection(trial, 0, async () => "certified").catch((error: unknown) => {
      if (error instanceof Refusal) return "not certified";
      throw error;
    });
    return {
      tried: waiting,
      learnt: `the other election was ${certified} while ${grouped(waiting)} messages waited`,
      isRepelled: certified === "certified",
    };
  },
};
