import type { Page } from "playwright-core";

/** A date has several stops of its own. */
const STOPS_OF_ONE = 4;

const TABBABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']";

/** Goes once round a page by Tab. Returns the controls that were not reached, or that showed no focus. */
export async function unreached(page: Page): Promise<readonly string[]> {
  const count = await page.evaluate((selector) => {
    const named = new Set<string>();
    const controls = [...document.querySelectorAll<HTMLElement>(selector)].filter((control) => {
      // Of radio buttons of one name, one is a stop.
      if (!(control instanceof HTMLInputElement) || control.type !== "radio") return control.checkVisibility();
      const isFirst = !named.has(control.name);
      named.add(control.name);
      return isFirst;
    });
    for (const [index, control] of controls.entries()) control.dataset.round = String(index);
    return controls.length;
  }, TABBABLE);
  const reached = new Set<string>();
  const unseen = new Set<string>();
  await page.evaluate(() => document.querySelector<HTMLElement>(".skip")?.focus());
  // Only what a key has reached shows a ring.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  for (let stop = 0; stop < count * STOPS_OF_ONE && reached.size < count; stop++) {
    const { round, hasRing, name } = await page.evaluate(() => {
      const nameOf = (control: Element): string => {
        const label = control instanceof HTMLInputElement ? `${control.type} ${control.labels?.[0]?.textContent}` : "";
        return `${control.tagName} ${label}${control.textContent}`.slice(0, 80);
      };
      const element = document.activeElement ?? document.body;
      const hasRing = [element, element.closest("label"), element.closest(".mark-row")]
        .filter((candidate) => candidate !== null)
        .some((candidate) => {
          const { outlineStyle, outlineWidth } = getComputedStyle(candidate);
          return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 3;
        });
      const radio = element instanceof HTMLInputElement && element.type === "radio" ? element.name : undefined;
      const first = radio === undefined ? element : document.querySelector(`input[name="${CSS.escape(radio)}"]`);
      const round = first instanceof HTMLElement ? first.dataset.round : undefined;
      return { round, hasRing, name: nameOf(element) };
    });
    if (round !== undefined) {
      reached.add(round);
      if (!hasRing) unseen.add(`no ring: ${name}`);
    }
    await page.keyboard.press("Tab");
  }
  const missed = await page.evaluate(
    (found) =>
      [...document.querySelectorAll<HTMLElement>("[data-round]")]
        .filter((control) => !found.includes(control.dataset.round ?? ""))
        .map((control) => `not reached: ${control.tagName} ${control.id} ${control.textContent}`.slice(0, 80)),
    [...reached],
  );
  return [...unseen, ...missed];
}
