import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { law, race } from "#test/definitions.ts";
import { eventually, get } from "#test/e2e/api.ts";
import { newVisitor, watch } from "#test/e2e/browser.ts";
import { register } from "#test/e2e/office.ts";
import { dayVoter, enrolDayVoters } from "#test/e2e/polling-day.ts";

/** An officer, or somebody impersonating one, puts markup into every text of an election. */

const MARKUP = `<img src=x onerror="hurt()"><b>&amp;</b>`;
const both = { fr: MARKUP, en: MARKUP };
const RACE = "markup-race";
const LAW = "markup-law";

beforeAll(async () => {
  await register(
    race({
      electionId: RACE,
      title: both,
      summary: both,
      allowBlank: true,
      regions: [
        { regionId: "1", name: both },
        { regionId: "2", name: both },
      ],
      parties: [{ partyId: "p", name: both, colour: "#1d4ed8" }],
      candidates: ["1", "2"].map((id) => ({
        candidateId: id,
        firstName: MARKUP,
        lastName: MARKUP,
        partyId: "p",
        regionIds: ["1", "2"],
        bio: both,
      })),
      credentialFields: ["nas", "code"].map((name) => ({
        name,
        label: { fr: `${name} ${MARKUP}`, en: `${name} ${MARKUP}` },
        hint: both,
        pattern: "[A-Z0-9]{6,9}",
      })),
    }),
  );
  await register(law({ electionId: LAW, title: both, question: both, summary: both }));
  await enrolDayVoters([RACE]);
  await eventually(
    async () => (await get("/api/v1/elections")).text(),
    (list) => list.includes(RACE) && list.includes(LAW),
  );
});

/** The markup is on the page as text, and created no elements. */
async function expectText(page: Page, selector: string): Promise<void> {
  await page.locator(selector).filter({ hasText: MARKUP }).first().waitFor();
  expect(await page.locator("#site :is(img, b)").count()).toBe(0);
}

test("markup in names and titles stays text on every page of a vote", async () => {
  const visitor = await newVisitor();
  const page = await visitor.newPage();
  const faults = watch(page);
  const next = async (name: string): Promise<void> => page.getByRole("button", { name }).click();

  await page.goto("/en");
  await expectText(page, "h3");
  await page.goto(`/en/vote/${LAW}`);
  await expectText(page, "h1");
  await page.goto(`/en/results/${LAW}`);
  await expectText(page, "h1");
  await page.goto(`/en/vote/${RACE}`);
  await expectText(page, "label");
  await page.locator(".mark-row input").first().check({ force: true });
  await next("Continue");
  await expectText(page, "h1");
  await expectText(page, "label");
  await page.locator(".mark-row input").first().check({ force: true });
  await next("Continue");
  await expectText(page, "label");
  await page.locator("#nas").fill(dayVoter(0).nas);
  await page.locator("#code").fill(dayVoter(0).code);
  await next("Review my choice");
  await expectText(page, ".chosen");
  await next("Cast my ballot");
  await page.getByRole("heading", { name: "Your ballot is in the box" }).waitFor();
  await expectText(page, "#site");
  await page.goto(`/en/results/${RACE}`);
  await page.locator(".tally").waitFor();
  await expectText(page, "h1");
  await expectText(page, ".tally");
  await page.goto(`/en/results/${RACE}/1`);
  await expectText(page, ".tally");
  expect(faults).toEqual([]);
  await visitor.close();
});

test("an address containing markup is not found, and does nothing", async () => {
  const visitor = await newVisitor();
  const page = await visitor.newPage();
  const faults = watch(page);
  for (const path of ["/en/vote/", "/fr/results/", "/"]) {
    await page.goto(`${path}${encodeURIComponent(MARKUP)}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.locator("#site :is(img, b)").count()).toBe(0);
  }
  expect(faults).toEqual([]);
  await visitor.close();
});
