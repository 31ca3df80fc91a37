import type { Page } from "playwright-core";

/** A voter who has only a keyboard. */

declare global {
  interface Window {
    /** Headlines of the screens on which the focus was lost, since it was first set. */
    focusLostAt?: string[];
  }
}

/** Watches the focus in every painted frame: after the first key press it must never be lost. */
export async function watchFocus(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const lost: string[] = [];
    window.focusLostAt = lost;
    let hasFocus = false;
    const look = (): void => {
      const isNowhere = document.activeElement === null || document.activeElement === document.body;
      hasFocus ||= !isNowhere;
      if (hasFocus && isNowhere) lost.push(document.querySelector("h1")?.textContent ?? document.title);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

export const focusLostAt = (page: Page): Promise<readonly string[]> => page.evaluate(() => window.focusLostAt ?? []);

/** What has the focus, its accessible name, and whether its focus ring and itself are visible. */
export type Focused = Readonly<{ tag: string; name: string; hasRing: boolean; isInSight: boolean }>;

export async function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const labels = element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels : null;
    const name = element.getAttribute("aria-label") ?? labels?.[0]?.textContent ?? element.textContent ?? "";
    // A radio button's ring is drawn around its whole row.
    const ringed = [element, element.closest("label")].filter((candidate) => candidate !== null);
    const hasRing = ringed.some((candidate) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(candidate);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 3;
    });
    const { top, bottom } = element.getBoundingClientRect();
    return { tag: element.tagName, name: name.trim(), hasRing, isInSight: bottom > 0 && top < innerHeight };
  });
}

/** Scrolling to the focus takes a few frames, which a busy machine draws slowly. */
const SCROLLED_WITHIN_MS = 20_000;

async function comesIntoSight(page: Page): Promise<boolean> {
  const untilMs = Date.now() + SCROLLED_WITHIN_MS;
  while (!(await focused(page)).isInSight) {
    if (Date.now() > untilMs) return false;
    await page.waitForTimeout(20);
  }
  return true;
}

/** More tab stops than any page has. */
const MOST_STOPS = 300;

/**
 * Presses Tab until the element with this name has the focus.
 * @throws Error when it is not reached, or the focus is invisible on the way
 */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const isIt = (found: string): boolean => (typeof name === "string" ? found === name : name.test(found));
  const passed: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press("Tab");
    const here = await focused(page);
    // After the last control, one stop is the browser's own.
    if (here.tag === "BODY") continue;
    if (!here.hasRing) throw new Error(`no ring around “${here.name}”`);
    if (!here.isInSight && !(await comesIntoSight(page))) throw new Error(`“${here.name}” has the focus out of sight`);
    if (isIt(here.name)) return;
    passed.push(here.name);
  }
  throw new Error(`Tab does not lead to ${name}, but to ${passed.join(" | ")}`);
}
