import { beforeAll, describe, expect, test } from "vitest";
import { LANGUAGES, type Language } from "#core/language.ts";
import { newVisitor, watch } from "#test/e2e/browser.ts";
import type { Reach } from "#test/e2e/every-state/states.ts";
import { strayWords } from "#test/e2e/every-state/wording.ts";
import { type PollingDay, pollingDay } from "#test/e2e/polling-day.ts";
import { barriers, faintColours, motion, paleParties, sidewaysScrolling, smallTargets } from "#test/e2e/soundness.ts";
import { CATALOGUE } from "#test/web/catalogue.ts";

/** axe's findings are the same in either language, and no other check takes as long. */
const CHECKED_BY_AXE: Language = "fr";

/**
 * Tests that everybody can use the site in these states, in both languages, in light and dark.
 * @param name of a polling day, unique to the file
 */
export function everybodyCanUse(states: Readonly<Record<string, Reach>>, name: string): void {
  let day: PollingDay;
  beforeAll(async () => {
    day = await pollingDay(name);
  });

  describe.each(LANGUAGES)("in %s everybody can use", (language) => {
    test.concurrent.each(Object.entries(states))("%s", async (_, reach) => {
      const visitor = await newVisitor({ locale: `${language}-CA` });
      const page = await visitor.newPage();
      const faults = watch(page);
      await reach({ page, language, t: CATALOGUE[language], day });

      if (language === CHECKED_BY_AXE) expect(await barriers(page), "by day").toEqual([]);
      expect(await paleParties(page), "by day").toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      if (language === CHECKED_BY_AXE) expect(await faintColours(page), "by night").toEqual([]);
      expect(await paleParties(page), "by night").toEqual([]);
      expect(await smallTargets(page), "targets below 24 px").toEqual([]);
      expect(await motion(page), "motion although less was asked for").toEqual([]);
      expect(await strayWords(page, language), "words of the other language").toEqual([]);
      expect(await sidewaysScrolling(page), "sideways scrolling").toEqual([]);
      expect(faults).toEqual([]);
      await visitor.close();
    });
  });
}
