import type { Attack } from "#load/attack/attack.ts";
import { requestOf } from "#load/shared/ballots.ts";
import { enrolElectorate } from "#load/shared/electorate.ts";
import { exchange } from "#load/shared/exchange.ts";
import { grouped } from "#load/shared/report.ts";

const RECEIVED = 202;
/** Five are free in each environment of `submit`, of which a laptop has few; then one a minute. */
const FREE = 5;
const MOST_ENVIRONMENTS = 8;

export const manyCodes: Attack = {
  name: "many-codes",
  attacker: "outsider",
  told: "whoever knows a voter's number tries codes for it from one address, many at once, one wrong ballot repeated in between",
  isShort: true,
  async run({ system, isFull, random }) {
    const [victim] = await enrolElectorate(system, 1, random);
    if (victim === undefined) throw new RangeError("nobody was enrolled");
    const codes = Array.from({ length: isFull ? 2_000 : 80 }, (_, code) => `X${String(code).padStart(5, "0")}`);
    const post = async (code: string): Promise<number> => {
      const { path, body } = requestOf({ ...victim, voter: { ...victim.voter, code } });
      return (await exchange(`${system.url}${path}`, body)).status;
    };
    const statuses: number[] = [];
    for (let start = 0; start < codes.length; start += 40) {
      const batch = codes.slice(start, start + 40);
      statuses.push(...(await Promise.all(batch.flatMap((code) => [post(code), post(codes[0] ?? code)]))));
    }
    const received = statuses.filter((status, post) => post % 2 === 0 && status === RECEIVED).length;
    return {
      tried: codes.length,
      learnt: `whether ${grouped(received)} of ${grouped(codes.length)} codes are right`,
      isRepelled: received <= FREE * MOST_ENVIRONMENTS + codes.length / 100,
    };
  },
};
