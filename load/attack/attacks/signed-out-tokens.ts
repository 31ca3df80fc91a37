import type { Attack } from "#load/attack/attack.ts";
import { ask, bearer, OFFICE_ROUTES, officeOf, signIn } from "#load/attack/shared/office.ts";
import { grouped } from "#load/shared/report.ts";

const UNKNOWN = 401;
const COPIES = 3;
/** Signing out ends all sessions of an account: one that no other attack signs in. */
const ACCOUNT = "observer2";

export const signedOutTokens: Attack = {
  name: "signed-out-tokens",
  attacker: "outsider",
  told: "whoever copied tokens of several sessions goes on with them, on every route, after their owner signed out in one",
  isShort: true,
  async run({ system }) {
    const office = officeOf(system);
    const tokens: string[] = [];
    for (let copy = 0; copy < COPIES; copy++) tokens.push((await signIn(office, ACCOUNT)).access_token);
    const asking = tokens.map((token) => ask(office, "GET /office/me", { headers: bearer(token) }));
    const good = (await Promise.all(asking)).filter(({ status }) => status === 200).length;
    await ask(office, "POST /office/sign-out", { headers: bearer(tokens[0] ?? "") });
    let tried = 0;
    let answered = 0;
    for (const token of tokens) {
      for (const [route] of OFFICE_ROUTES) {
        tried++;
        if ((await ask(office, route, { headers: bearer(token) })).status !== UNKNOWN) answered++;
      }
    }
    return {
      tried,
      learnt: `${grouped(answered)} requests answered after signing out`,
      isRepelled: answered === 0 && good === COPIES,
    };
  },
};
