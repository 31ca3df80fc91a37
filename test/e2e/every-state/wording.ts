import type { Page } from "playwright-core";
import type { Language } from "#core/language.ts";
import { CATALOGUE } from "#test/web/catalogue.ts";

/** The fixed texts of a catalogue: all but those made by functions. */
function sayingsOf(branch: object): readonly string[] {
  return Object.values(branch).flatMap((value: unknown): readonly string[] => {
    if (typeof value === "string") return [value];
    return typeof value === "object" && value !== null ? sayingsOf(value) : [];
  });
}

const OTHER = { fr: "en", en: "fr" } as const satisfies Record<Language, Language>;

/** Texts in the other language on a page: visible, in its title, or only for screen readers. */
export async function strayWords(page: Page, language: Language): Promise<readonly string[]> {
  const own = new Set(sayingsOf(CATALOGUE[language]));
  const foreign = new Set(sayingsOf(CATALOGUE[OTHER[language]]).filter((text) => !own.has(text)));
  const said = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [document.title];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) texts.push(node.textContent ?? "");
    const labels = [...document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")].flatMap((element) =>
      ["aria-label", "title", "placeholder", "alt"].map((name) => element.getAttribute(name) ?? ""),
    );
    return [...texts, ...labels].map((text) => text.trim());
  });
  const declared = await page.evaluate(() => document.documentElement.lang);
  return [...said.filter((text) => foreign.has(text)), ...(declared === language ? [] : [`lang="${declared}"`])];
}
