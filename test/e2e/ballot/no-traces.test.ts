import type { Page, Request } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { race } from "#test/definitions.ts";
import { eventually, get } from "#test/e2e/api.ts";
import { button, headline, identify, newVisitor } from "#test/e2e/browser.ts";
import { register } from "#test/e2e/office.ts";
import { dayVoter, enrolDayVoters } from "#test/e2e/polling-day.ts";

/** Whoever uses the device next, or sits between it and the server, learns neither who voted nor how. */

const RACE = "traces";
const CHOSEN = "chosen-7f3a";
const NAME = "Quillfeather";

beforeAll(async () => {
  await register(
    race({
      electionId: RACE,
      candidates: [
        { candidateId: CHOSEN, firstName: "Ada", lastName: NAME, regionIds: ["1", "2"] },
        { candidateId: "other", firstName: "Bo", lastName: "Lee", regionIds: ["1", "2"] },
      ],
    }),
  );
  await enrolDayVoters([RACE]);
  await eventually(
    async () => (await get("/api/v1/elections")).text(),
    (list) => list.includes(`"${RACE}"`),
  );
});

/** Everything a browser keeps or reports of a page. */
async function keptBy(page: Page): Promise<string> {
  return page.evaluate(async () =>
    JSON.stringify({
      local: { ...localStorage },
      session: { ...sessionStorage },
      cookie: document.cookie,
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      state: history.state,
      href: location.href,
      title: document.title,
      referrer: document.referrer,
      windowName: window.name,
      loaded: performance.getEntries().map(({ name }) => name),
    }),
  );
}

/** What the server gets besides the ballot itself: address and headers. */
const toldBy = async (request: Request): Promise<string> =>
  JSON.stringify([request.url(), Object.entries(await request.allHeaders())]);

test("a vote leaves no trace of voter or choice in history, storage, addresses, referrers or titles", async () => {
  const visitor = await newVisitor();
  const page = await visitor.newPage();
  const requests: Request[] = [];
  const said: string[] = [];
  page.on("request", (request) => requests.push(request));
  page.on("console", (message) => said.push(message.text()));
  const { nas, code } = dayVoter(1);

  await page.goto("/en");
  await page.goto(`/en/vote/${RACE}/1`);
  await page.getByRole("radio", { name: NAME }).check({ force: true });
  const kept = [await keptBy(page)];
  await button(page, "Continue").click();
  await headline(page, "Who are you?").waitFor();
  expect(await page.locator("input:not([autocomplete=off])").count()).toBe(0);
  await identify(page, { nas, code });
  kept.push(await keptBy(page));
  await button(page, "Cast my ballot").click();
  await headline(page, "Your ballot is in the box").waitFor();
  kept.push(await keptBy(page));

  // The stub does not show the choice, and the page has forgotten the voter.
  const shown = await page.content();
  for (const secret of [nas, code, CHOSEN, NAME]) expect(shown).not.toContain(secret);

  // Every page that the back button leads to.
  for (let back = 0; back < 3; back++) {
    await page.goBack();
    await page.getByRole("heading", { level: 1 }).waitFor();
    kept.push(await keptBy(page));
    expect(await page.content()).not.toMatch(new RegExp(`${nas}|${code}`));
  }

  const told = await Promise.all(requests.map(toldBy));
  expect(requests.some((request) => request.method() === "POST")).toBe(true);
  for (const text of [...kept, ...told, ...said]) {
    expect(text).not.toMatch(new RegExp(`${nas}|${code}|${CHOSEN}|${NAME}`, "i"));
  }
  for (const request of requests) expect((await request.allHeaders()).referer ?? "").toBe("");

  // Credentials are sent once, in the ballot's body; the choice is sent only sealed.
  const bodies = requests.flatMap((request) => request.postData() ?? []);
  expect(bodies.filter((body) => body.includes(nas)).length).toBe(1);
  expect(bodies.filter((body) => body.includes(CHOSEN) || body.includes(NAME))).toEqual([]);
  expect(await visitor.cookies()).toEqual([]);
  expect((await visitor.storageState({ indexedDB: true })).origins).toEqual([]);
  await visitor.close();
});
