import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LANGUAGES } from "#core/language.ts";
import { launch, newVisitor, watch } from "#test/e2e/browser.ts";
import { type PollingDay, pollingDay } from "#test/e2e/site/polling-day.ts";
import { barriers, motion, paleParties, sidewaysScrolling, smallTargets } from "#test/e2e/site/soundness.ts";
import { STATES } from "#test/e2e/site/states.ts";
import { strayWords } from "#test/e2e/site/wording.ts";
import { CATALOGUE } from "#test/web/catalogue.ts";

/** Every page and state, in both languages, by day and by night. */

let browser: Browser;
let day: PollingDay;
beforeAll(async () => {
  [browser, day] = await Promise.all([launch(), pollingDay("every")]);
});
afterAll(() => browser?.close());

describe.each(LANGUAGES)("in %s everybody can use", (language) => {
  test.concurrent.each(Object.entries(STATES))("%s", async (_, reach) => {
    const visitor = await newVisitor(browser, { locale: `${language}-CA` });
    const page = await visitor.newPage();
    const faults = watch(page);
    await reach({ page, language, t: CATALOGUE[language], day });

    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await barriers(page), colorScheme).toEqual([]);
      expect(await paleParties(page), colorScheme).toEqual([]);
    }
    expect(await smallTargets(page), "targets below 24 px").toEqual([]);
    expect(await motion(page), "motion although less was asked for").toEqual([]);
    expect(await strayWords(page, language), "words of the other language").toEqual([]);
    expect(await sidewaysScrolling(page), "sideways scrolling").toEqual([]);
    expect(faults).toEqual([]);
    await visitor.close();
  });
});
