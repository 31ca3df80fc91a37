import { afterAll, beforeAll, expect, test } from "vitest";
import { countBytes, sumOf } from "#load/site-bench/first-load.ts";
import { country, REGIONS } from "#test/country.ts";
import { button, headline, IN_THE_BOX, identify, mark, visits } from "#test/e2e/browser.ts";
import { forget } from "#test/e2e/office.ts";
import { openPolls } from "#test/e2e/polls.ts";
import type { Voter } from "#test/e2e/voters.ts";

/** An election of 1,000 regions with twelve candidates each, as one of its voters sees it. */

const { open } = visits();
const WRITING = new Set([`r${REGIONS - 2}`, `r${REGIONS - 1}`]);
const bare = country(0, { electionId: "E-country" });
/** The last two regions' candidates write as much as they may, which is kept apart from the definition. */
const definition = {
  ...bare,
  ...(bare.votingMethod === "single_choice" && {
    candidates: bare.candidates.map((candidate) =>
      candidate.regionIds.some((regionId) => WRITING.has(regionId))
        ? {
            ...candidate,
            bio: { fr: `Je suis ${candidate.lastName}. `.repeat(400).slice(0, 4_000), en: "I am. ".repeat(600) },
          }
        : candidate,
    ),
  }),
};
const region = definition.regions.at(-1);
const who: Voter = { nas: "987654321", code: "ABC123", region: `r${REGIONS - 1}` };

beforeAll(() => openPolls(definition, [who]));
// Every list of elections is longer by it.
afterAll(() => forget(definition.electionId));

test("a voter opens the ballot of their region and casts it; the page loads less than 300 kB", async () => {
  const { page, faults } = await open("/en/help");
  const transferred = await countBytes(page);
  await page.goto(`/en/vote/${definition.electionId}/${who.region}`);
  await headline(page, definition.title.en).waitFor();
  await page.getByRole("radio").first().waitFor();
  expect(await page.getByRole("radio").count()).toBe(12);
  expect(await page.textContent("main")).toContain(region?.name.en.trim());
  const standing = definition.votingMethod === "single_choice" ? definition.candidates.at(-1) : undefined;
  const biography = page.locator("details").filter({ hasText: "I am." }).last();
  const words = (text = ""): string => text.replaceAll(/\s+/g, " ").trim();
  expect(await biography.locator("p").isVisible()).toBe(false);
  await biography.locator("summary").click();
  expect(words((await biography.locator("p").textContent()) ?? "")).toBe(words(standing?.bio?.en));
  expect(await page.getByRole("radio", { checked: true }).count()).toBe(0);
  await mark(page, `${standing?.firstName} ${standing?.lastName}`);
  await button(page, "Continue").click();
  await identify(page, who);
  await button(page, "Cast my ballot").click();
  await headline(page, IN_THE_BOX).waitFor();
  expect(sumOf(transferred)).toBeLessThan(300_000);
  expect(faults).toEqual([]);
});
