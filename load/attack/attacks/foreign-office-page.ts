import type { Attack } from "#load/attack/attack.ts";
import { ask, isTurnedAway, OFFICE_ROUTES, officeOf, signIn } from "#load/attack/shared/office.ts";
import { grouped } from "#load/shared/report.ts";

const ORIGIN = "https://elsewhere.example";
const TYPES = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/json",
];

export const foreignOfficePage: Attack = {
  name: "foreign-office-page",
  attacker: "outsider",
  told: "a page of another site makes a signed-in officer's browser send every act of the office: as a form, as plain text and as JSON, with the officer's own token in cookies and in the address; and asks whether it may send a token",
  isShort: true,
  async run({ system }) {
    const office = officeOf(system);
    const { access_token: token } = await signIn(office, "officer");
    const cookie = ["access_token", "authorization", "token", "session", "id_token"].map((name) => `${name}=${token}`);
    const acts = OFFICE_ROUTES.filter(([route]) => !route.startsWith("GET "));
    let tried = 0;
    let done = 0;
    for (const [route] of acts) {
      for (const type of TYPES) {
        const headers = { origin: ORIGIN, "content-type": type, cookie: cookie.join("; ") };
        tried++;
        if (!isTurnedAway(await ask(office, route, { headers, query: `?access_token=${token}` }))) done++;
      }
      const [method = "", path = ""] = route.split(" ");
      const { headers } = await ask(office, `OPTIONS ${path}`, {
        headers: {
          origin: ORIGIN,
          "access-control-request-method": method,
          "access-control-request-headers": "authorization, content-type",
        },
      });
      tried++;
      if (headers.has("access-control-allow-origin")) done++;
    }
    return { tried, learnt: `${grouped(done)} requests got past the sign-in`, isRepelled: done === 0 };
  },
};
