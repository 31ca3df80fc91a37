import type { Browser as PlaywrightBrowser } from "playwright-core";
import type { Browser } from "#test/browsers/driver.ts";

/** Any browser that Playwright drives. */
export function byPlaywright(browser: PlaywrightBrowser): Browser {
  return {
    async open() {
      const context = await browser.newContext({ reducedMotion: "reduce" });
      const page = await context.newPage();
      return {
        goto: (address) => page.goto(address),
        evaluate: (ask, given) => page.evaluate(`(${ask})(${JSON.stringify(given)})`),
        async slide([start, ...points]) {
          if (start !== undefined) await page.mouse.move(start.x, start.y);
          await page.mouse.down();
          for (const { x, y } of points) await page.mouse.move(x, y);
          await page.mouse.up();
        },
        type: (text) => page.keyboard.type(text),
        resize: (width, height) => page.setViewportSize({ width, height }),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
