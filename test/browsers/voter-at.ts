import { setTimeout as sleep } from "node:timers/promises";
import type { Point, Window } from "#test/browsers/driver.ts";
import { eventually } from "#test/e2e/api.ts";

/** What a voter does at a window, by what the page shows: names of controls and words. */

export type Kind = "button" | "link" | "mark" | "field";

const SELECTORS: Readonly<Record<Kind, string>> = {
  button: "button, summary",
  link: "a[href]",
  mark: "input[type=radio], input[type=checkbox]",
  field: "input",
};

type Wanted = Readonly<{ selector: string; name: string }>;

/** The middle of the first control whose name begins so, scrolled into view; undefined while it is not there, or covered. */
function middleOf({ selector, name }: Wanted): Point | undefined {
  const nameOf = (element: HTMLElement): string => {
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const text = element.getAttribute("aria-label") ?? labels[0]?.textContent ?? element.textContent ?? "";
    return text.replace(/\s+/g, " ").trim();
  };
  const targetOf = (element: HTMLElement): HTMLElement =>
    element.matches("[type=radio], [type=checkbox]") ? (element.closest("label") ?? element) : element;
  const targets = (): readonly HTMLElement[] =>
    [...document.querySelectorAll<HTMLElement>(selector)]
      .filter((element) => nameOf(element).startsWith(name))
      .map(targetOf);
  const [target] = targets();
  if (target === undefined) return undefined;
  target.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = target.getBoundingClientRect();
  const middle = { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
  if (!target.contains(document.elementFromPoint(middle.x, middle.y))) return undefined;
  // The last press' listener looks for another control.
  Reflect.get(globalThis, "endOfPress")?.abort();
  const endOfPress = new AbortController();
  Object.assign(globalThis, { wasPressed: false, endOfPress });
  const look = ({ target: hit }: Event): void => {
    // Asked again, since the page may have drawn the control anew.
    const isHit = hit instanceof Element && targets().some((one) => one.contains(hit));
    if (isHit) Object.assign(globalThis, { wasPressed: true });
  };
  document.addEventListener("click", look, { capture: true, signal: endOfPress.signal });
  return middle;
}

export function voterAt(window: Window, origin: string) {
  const text = async (): Promise<string> => {
    const shown = await window.evaluate(() => document.querySelector("#site")?.textContent ?? "", null);
    return shown.replace(/\s+/g, " ");
  };
  const shows = async (words: string): Promise<void> => {
    await eventually(text, (shown) => shown.includes(words));
  };
  const find = async (selector: string, name: string): Promise<Point> => {
    let before: Point | undefined;
    const found = await eventually(
      () => window.evaluate(middleOf, { selector, name }),
      (now) => {
        // A page that still moves would be missed.
        const isStill = now != null && now.x === before?.x && now.y === before.y;
        before = now;
        return isStill;
      },
    ).catch(() => undefined);
    if (found == null) throw new Error(`no ${name} at ${JSON.stringify(before)} of: ${await text()}`);
    return found;
  };
  /** A browser may tell the page of a press only after its driver has answered. A new page has forgotten it. */
  const isHit = async (): Promise<boolean> => {
    for (let trial = 0; trial < 20; trial++) {
      if (await window.evaluate(() => Reflect.get(globalThis, "wasPressed") !== false, null)) return true;
      await sleep(50);
    }
    return false;
  };
  const press = async (kind: Kind, name: string): Promise<void> => {
    // A page may move just before the press, which then hits something else or nothing.
    for (let trial = 1; ; trial++) {
      await window.slide([await find(SELECTORS[kind], name)]);
      if (await isHit()) return;
      if (trial === 3) throw new Error(`${name} was pressed, but the press did not reach it`);
    }
  };
  return {
    window,
    shows,
    press,
    /** Opens a page, and waits for these words on it. */
    async open(path: string, words: string): Promise<void> {
      await window.goto(`${origin}${path}`);
      await shows(words);
    },
    async fill(name: string, text: string): Promise<void> {
      await press("field", name);
      await window.type(text);
    },
    /** Drags a control a little above the middle of something else. */
    async drag(name: string, above: string): Promise<void> {
      const start = await find(SELECTORS.button, name);
      const end = await window.evaluate((selector) => {
        const { left, top, height } = document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
        return { x: left + 4, y: top + height / 2 };
      }, above);
      const steps = [0, 0.25, 0.5, 0.75, 1].map((part) => ({
        x: start.x,
        y: Math.round(start.y + (end.y - 8 - start.y) * part),
      }));
      await window.slide(steps);
    },
    /** The texts of elements. */
    texts: (selector: string): Promise<readonly string[]> =>
      window.evaluate(
        (given) => [...document.querySelectorAll(given)].map(({ textContent }) => (textContent ?? "").trim()),
        selector,
      ),
  };
}

export type Voter = ReturnType<typeof voterAt>;
