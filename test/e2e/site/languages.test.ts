import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { newVisitor, open } from "#test/e2e/browser.ts";

/** The language is part of the address, and stays as the visitor chose it. */

const pathOf = (page: Page): string => new URL(page.url()).pathname;
const langOf = (page: Page) => page.locator("html").getAttribute("lang");

describe("an address without a language", () => {
  test.each([
    ["fr-CA", "/", "/fr"],
    ["en-GB", "/", "/en"],
    ["de-DE", "/", "/en"],
    ["fr-FR", "/results/1", "/fr/results/1"],
    ["fr-CA", "/help", "/fr/help"],
  ])("opens for a browser in %s at %s as %s", async (locale, path, shown) => {
    const visitor = await newVisitor({ locale });
    const { page } = await open(visitor, path);
    expect(pathOf(page)).toBe(shown);
    expect(await langOf(page)).toBe(shown.slice(1, 3));
    await visitor.close();
  });
});

test.each(["", "/vote/1", "/vote/1/2", "/results/1", "/results/1/2", "/help", "/privacy", "/accessibility"])(
  "changing language stays on the same page: %s",
  async (path) => {
    const visitor = await newVisitor();
    const { page } = await open(visitor, `/en${path}`);
    const before = await page.locator("h1").textContent();
    await page.getByRole("link", { name: "Français" }).click();
    await expect.poll(() => page.locator("h1").textContent()).not.toBe(before);
    expect(pathOf(page)).toBe(`/fr${path}`);
    expect(await langOf(page)).toBe("fr");
    expect(await page.getByRole("link", { name: "English" }).getAttribute("lang")).toBe("en");
    await page.reload();
    await page.getByRole("link", { name: "English" }).waitFor();
    expect(pathOf(page)).toBe(`/fr${path}`);
    await visitor.close();
  },
);

test("the chosen language stays from page to page, and with the back button", async () => {
  const visitor = await newVisitor();
  const { page } = await open(visitor, "/en/help");
  await page.getByRole("link", { name: "What is being voted on" }).click();
  await page.getByRole("heading", { level: 1, name: "What is being voted on" }).waitFor();
  await page.getByRole("link", { name: "Français" }).click();
  await page.getByRole("heading", { level: 1, name: "Les votes en cours" }).waitFor();
  const links = await page
    .getByRole("link")
    .evaluateAll((all) => all.map((link) => [link.getAttribute("href") ?? "", link.getAttribute("lang")] as const));
  expect(links.filter(([href, lang]) => lang === null && !/^(?:\/fr(?:\/|$)|#)/.test(href))).toEqual([]);
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Aide" }).waitFor();
  expect(pathOf(page)).toBe("/fr/help");
  await visitor.close();
});
