import type { Attack } from "#load/attack/attack.ts";
import { requestOf } from "#load/shared/ballots.ts";
import { enrolElectorate } from "#load/shared/electorate.ts";
import { exchange } from "#load/shared/exchange.ts";
import { grouped } from "#load/shared/report.ts";

/** What a browser sends to another site without asking it first: the types of a form, and no type. */
const SENT_UNASKED = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""];
const NOT_JSON = 415;

export const foreignPage: Attack = {
  name: "foreign-page",
  attacker: "outsider",
  told: "a page of another site makes its visitors' browsers post ballots with right credentials, as a form, as plain text and without a type",
  isShort: true,
  async run({ system, isFull, random }) {
    const ballots = await enrolElectorate(system, isFull ? 50 : 2, random);
    const posts = ballots.flatMap((ballot) => SENT_UNASKED.map((type) => ({ type, ...requestOf(ballot) })));
    const statuses = await Promise.all(
      posts.map(async ({ type, path, body }) => {
        const headers = { "content-type": type, origin: "https://elsewhere.example" };
        return (await exchange(`${system.url}${path}`, body, { headers })).status;
      }),
    );
    const received = statuses.filter((status) => status !== NOT_JSON).length;
    return { tried: posts.length, learnt: `${grouped(received)} ballots received`, isRepelled: received === 0 };
  },
};
