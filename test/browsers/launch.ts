import { firefox, webkit } from "playwright-core";
import { launchChromium } from "#load/shared/chromium.ts";
import { byBidi } from "#test/browsers/by-bidi.ts";
import { byPlaywright } from "#test/browsers/by-playwright.ts";
import { byWebDriver } from "#test/browsers/by-webdriver.ts";
import type { Browser, BrowserName } from "#test/browsers/driver.ts";
import { isPlaywrights, pathOf } from "#test/browsers/installed.ts";

/** Firefox and WebKit are those of this machine, or where PLAYWRIGHT_BROWSERS is set, Playwright's own. */
export async function launch(name: BrowserName): Promise<Browser> {
  switch (name) {
    case "chromium":
      return byPlaywright(await launchChromium());
    case "firefox":
      return isPlaywrights() ? byPlaywright(await firefox.launch()) : byBidi(pathOf("firefox"));
    case "webkit":
      return isPlaywrights()
        ? byPlaywright(await webkit.launch())
        : byWebDriver(pathOf("webKitDriver"), pathOf("xvfb"));
    default:
      return name satisfies never;
  }
}
