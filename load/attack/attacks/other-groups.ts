import type { Attack } from "#load/attack/attack.ts";
import { ask, bearer, OFFICE_ROUTES, officeOf, signIn } from "#load/attack/shared/office.ts";
import { grouped } from "#load/shared/report.ts";
import { OFFICE_ACCOUNTS } from "#local/identity/accounts.ts";

const FORBIDDEN = 403;
/** Their accounts are named after the groups. */
const GROUPS = ["officer", "registrar", "auditor", "observer"] as const;

export const otherGroups: Attack = {
  name: "other-groups",
  attacker: "observer",
  told: "everybody who is signed in to the office asks for each route that is not their group's: observers and auditors for every act, observers for the audit, registrars for what only officers do",
  isShort: true,
  async run({ system }) {
    const office = officeOf(system);
    let tried = 0;
    let done = 0;
    let known = 0;
    for (const group of GROUPS) {
      const headers = bearer((await signIn(office, group)).access_token);
      const { json } = await ask(office, "GET /office/me", { headers });
      if (json.name === OFFICE_ACCOUNTS[group]?.name) known++;
      for (const [route] of OFFICE_ROUTES.filter(([, { groups }]) => !groups.includes(group))) {
        tried++;
        if ((await ask(office, route, { headers })).status !== FORBIDDEN) done++;
      }
    }
    return {
      tried,
      learnt: `${grouped(done)} requests of another group's were not refused`,
      isRepelled: done === 0 && known === GROUPS.length,
    };
  },
};
