import { beforeAll, expect, test } from "vitest";
import { law } from "#test/definitions.ts";
import { cast, eventually, get, outcomeOf } from "#test/e2e/api.ts";
import { newVisitor, open } from "#test/e2e/browser.ts";
import { register } from "#test/e2e/office.ts";
import { dayVoter, enrolDayVoters } from "#test/e2e/polling-day.ts";

/** The home page on the day of a vote. */

const HOUR_MS = 3_600_000;
const closesAtMs = Date.now() + 3 * HOUR_MS;
const title = { fr: "Loi qui ferme bientôt", en: "Act that closes soon" };
const LATER = { fr: "Loi qui ferme après", en: "Act that closes later" };
const PAST = { opensAt: "2020-01-01T00:00:00Z", closesAt: "2020-01-02T00:00:00Z" };
const FUTURE = { opensAt: "2098-01-01T00:00:00Z", closesAt: "2098-01-02T00:00:00Z" };

beforeAll(async () => {
  await register(
    law({ electionId: "home-later", title: LATER, closesAt: new Date(closesAtMs + HOUR_MS).toISOString() }),
  );
  await register(law({ electionId: "home-soon", title, closesAt: new Date(closesAtMs).toISOString() }));
  await register(law({ electionId: "home-over", title: { fr: "Loi passée", en: "Act of the past" }, ...PAST }));
  await register(law({ electionId: "home-coming", title: { fr: "Loi future", en: "Act to come" }, ...FUTURE }));
  await enrolDayVoters(["home-soon"]);
  await eventually(
    async () => (await get("/api/v1/elections")).text(),
    (list) => ["home-soon", "home-later", "home-over", "home-coming"].every((id) => list.includes(id)),
  );
  // Another test's home page may have asked before the roll was there, and its answer is kept for a while.
  await eventually(
    async () => (await get("/api/v1/results/home-soon")).text(),
    (results) => results.includes('"on_roll":120'),
  );
});

test("the home page lists current, upcoming and past votes, and what can be done with each", async () => {
  const visitor = await newVisitor();
  const { page } = await open(visitor, "/en");
  const notice = (group: string, name: string) =>
    page.getByRole("region", { name: group }).getByRole("listitem").filter({ hasText: name });
  await expect
    .poll(() => notice("Open now", title.en).getByRole("link").allTextContents())
    .toEqual(["Vote", "Results"]);
  expect(await notice("Closed", "Act of the past").getByRole("link").allTextContents()).toEqual(["Results"]);
  expect(await notice("Upcoming", "Act to come").getByRole("link").allTextContents()).toEqual([]);
  // The vote that closes first comes first.
  const headings = page.getByRole("region", { name: "Open now" }).getByRole("heading", { level: 3 });
  const ours = (await headings.allTextContents()).filter((text) => [title.en, LATER.en].includes(text));
  expect(ours).toEqual([title.en, LATER.en]);
  await visitor.close();
});

test("on a page left open the time left counts down and the turnout grows", async () => {
  const visitor = await newVisitor({ locale: "fr-CA" });
  const page = await visitor.newPage();
  await page.clock.install({ time: closesAtMs - 2 * HOUR_MS - 110_000 });
  await page.goto("/fr");
  const notice = page.getByRole("listitem").filter({ hasText: title.fr });
  await notice.getByText("Il reste 2 heures et 1 minute").waitFor();
  await notice.getByText("0 sur 120 inscrits").waitFor();

  await outcomeOf(await cast("/api/v1/vote", { ...dayVoter(0), law_id: "home-soon", vote: "oui" }));
  await eventually(
    async () => (await get("/api/v1/results/home-soon")).text(),
    (results) => results.includes('"ballots":1'),
  );
  // The page's clock is set, so it does not matter how long the count took.
  await page.clock.setFixedTime(closesAtMs - 2 * HOUR_MS - 20_000);
  await page.clock.runFor(90_000);
  await notice.getByText("1 sur 120 inscrits").waitFor();
  await notice.getByText("Participation\u00a0: 0,8").waitFor();
  await notice.getByText("Il reste 2 heures", { exact: true }).waitFor();

  // Paused, it stands still.
  await page.getByRole("button", { name: "Suspendre les mises à jour" }).click();
  // Of other notices, first answers may still be on their way.
  const shown = async () => [await page.locator(".updates").textContent(), await notice.textContent()].join(" ");
  const still = await shown();
  await page.clock.setFixedTime(closesAtMs - 20_000);
  await page.clock.runFor(90_000);
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  expect((await shown()).replace("Suspendre", "Reprendre")).toBe(still.replace("Suspendre", "Reprendre"));

  await page.getByRole("button", { name: "Reprendre les mises à jour" }).click();
  await notice.getByText("Il reste moins d’une minute").waitFor();
  await visitor.close();
});
