import { launch } from "puppeteer-core";
import type { Browser } from "#test/browsers/driver.ts";

/** A Firefox as its users have it, over WebDriver BiDi. */
export async function byBidi(executablePath: string): Promise<Browser> {
  const browser = await launch({
    browser: "firefox",
    executablePath,
    headless: true,
    extraPrefsFirefox: { "ui.prefersReducedMotion": 1 },
  });
  return {
    async open() {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      return {
        goto: (address) => page.goto(address),
        evaluate: async <Given, Result>(ask: (given: Given) => Result, given: Given) =>
          (await page.evaluate(`(${ask})(${JSON.stringify(given)})`)) as Result,
        async slide([start, ...points]) {
          if (start !== undefined) await page.mouse.move(start.x, start.y);
          await page.mouse.down();
          for (const { x, y } of points) await page.mouse.move(x, y);
          await page.mouse.up();
        },
        type: (text) => page.keyboard.type(text),
        resize: (width, height) => page.setViewport({ width, height }),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
