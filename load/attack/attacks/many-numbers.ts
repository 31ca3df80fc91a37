import type { Attack } from "#load/attack/attack.ts";
import { addressNo, post, RECEIVED, statusOf } from "#load/attack/shared/posting.ts";
import { untilDecided } from "#load/attack/shared/queue.ts";
import { requestOf } from "#load/shared/ballots.ts";
import { openElection } from "#load/shared/elections.ts";
import { enrolElectorate } from "#load/shared/electorate.ts";
import { nationalElection } from "#load/shared/national-election.ts";
import { grouped } from "#load/shared/report.ts";
import { connectTo } from "#load/shared/running-system.ts";

const NUMBERS = 1_200;
const AT_ONCE = 40;
const TRUE_VOTERS = 30;
/** A hundred an hour are free, as many again until it is clear that half are wrong; the table is told a hundred at a time. */
const FREE = 300;
const DECIDED_A_SECOND = 10;
const DECIDED_WITHIN_MS = 30_000;

export const manyNumbers: Attack = {
  name: "many-numbers",
  attacker: "outsider",
  told: `one address tries a code for each of ${grouped(NUMBERS)} numbers, one wrong ballot repeated twice in between, while ${TRUE_VOTERS} true voters behind the same address vote`,
  isShort: false,
  async run({ system, random }) {
    using connection = connectTo(system);
    const definition = nationalElection(`numbers-${random(1_000_000_000)}`, 1, 2);
    const election = await openElection(connection, definition, "attack");
    const [model, ...voters] = await enrolElectorate(system, TRUE_VOTERS + 1, random, [election]);
    if (model === undefined) throw new RangeError("nobody was enrolled");
    const from = addressNo(random(1_000_000));
    const tryNumber = (number: number) => {
      const voter = { ...model.voter, nas: String(900_000_000 + number), code: "WRONG1" };
      return post(system.url, { ...requestOf({ ...model, voter }), from });
    };

    const beganMs = Date.now();
    const requestIds: string[] = [];
    for (let start = 1; start <= NUMBERS; start += AT_ONCE) {
      const numbers = Array.from({ length: AT_ONCE }, (_, index) => start + index);
      const posted = await Promise.all(numbers.flatMap((number) => [tryNumber(number), tryNumber(0), tryNumber(0)]));
      requestIds.push(
        ...posted.flatMap(({ requestId }, index) => (index % 3 === 0 && requestId !== undefined ? [requestId] : [])),
      );
      // Nobody knows how many codes are wrong before they are decided, and a laptop is slow at that.
      if (start < FREE) await untilDecided(connection, DECIDED_A_SECOND, DECIDED_WITHIN_MS);
    }
    const votes = await Promise.all(voters.map((voter) => post(system.url, { ...requestOf(voter), from })));
    const turnedAway = votes.filter(({ status }) => status !== RECEIVED).length;

    await untilDecided(connection, DECIDED_A_SECOND, DECIDED_WITHIN_MS);
    let decided = 0;
    for (let start = 0; start < requestIds.length; start += AT_ONCE) {
      const asked = requestIds.slice(start, start + AT_ONCE).map((requestId) => statusOf(system.url, requestId));
      decided += (await Promise.all(asked)).filter(({ status }) => status !== "queued").length;
    }
    const seconds = Math.ceil((Date.now() - beganMs) / 1000);
    const most = FREE + DECIDED_A_SECOND * seconds;
    return {
      // A machine that is too slow for the attack shows nothing.
      tried: most < NUMBERS ? NUMBERS + voters.length : 0,
      learnt: `whether ${grouped(decided)} of ${grouped(NUMBERS)} codes are right, in ${seconds} s; ${turnedAway} of ${voters.length} true voters turned away`,
      isRepelled: decided <= most && turnedAway === 0,
    };
  },
};
