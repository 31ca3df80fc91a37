import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

/** What must hold on every page. Each check returns its findings, an empty list when there are none. */

type Findings = readonly string[];

const axeSource = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** WCAG 2.2 AA and axe's best practices. */
const ALL_RULES: RunOptions = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
};
/** The rules about colours; all other findings are the same in either colour scheme. */
const COLOUR_RULES: RunOptions = {
  runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
  resultTypes: ["violations"],
};

async function violations(page: Page, options: RunOptions): Promise<Findings> {
  const isThere = await page.evaluate(() => "axe" in window);
  const found: AxeResults = await page.evaluate(
    `${isThere ? "" : await axeSource}; axe.run(document, ${JSON.stringify(options)})`,
  );
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

/** Violations of WCAG 2.2 AA and of axe's best practices. */
export const barriers = (page: Page): Promise<Findings> => violations(page, ALL_RULES);

/** Violations that depend on the colour scheme: the only ones to look for in the second scheme. */
export const faintColours = (page: Page): Promise<Findings> => violations(page, COLOUR_RULES);

/** Window widths, in CSS pixels, at which a page scrolls sideways: a narrow phone, a window zoomed to 200 %, a wide one. */
export async function sidewaysScrolling(page: Page): Promise<Findings> {
  const before = page.viewportSize();
  const found: string[] = [];
  for (const width of [320, 640, 1280]) {
    await page.setViewportSize({ width, height: 740 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) found.push(`${wide} px in a window of ${width} px`);
  }
  if (before !== null) await page.setViewportSize(before);
  return found;
}

/** Controls smaller than 24 by 24 CSS pixels, except links within a sentence. */
export async function smallTargets(page: Page): Promise<Findings> {
  return page.evaluate(() => {
    const LEAST_PX = 24;
    const controls = [
      ...document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary, [role=button]"),
    ];
    const isInSentence = (control: HTMLElement): boolean =>
      getComputedStyle(control).display === "inline" &&
      (control.parentElement?.textContent ?? "").trim().length > (control.textContent ?? "").trim().length;
    return controls
      .filter((control) => control.checkVisibility() && !isInSentence(control))
      .map((control) => {
        const target = control instanceof HTMLInputElement ? (control.closest("label") ?? control) : control;
        const { width, height } = target.getBoundingClientRect();
        return { width, height, name: control.getAttribute("aria-label") ?? control.textContent ?? control.id };
      })
      .filter(({ width, height }) => Math.min(width, height) < LEAST_PX)
      .map(({ width, height, name }) => `${name}: ${width} × ${height}`);
  });
}

/** Animations that run although the visitor asked for reduced motion. */
export async function motion(page: Page): Promise<Findings> {
  return page.evaluate(() => {
    const lasts = (times: string): boolean => times.split(",").some((time) => Number.parseFloat(time) > 0);
    const moving = [...document.querySelectorAll("*")].flatMap((element) =>
      ["", "::before", "::after"].flatMap((part) => {
        const style = getComputedStyle(element, part);
        const isMoving =
          lasts(style.transitionDuration) || (style.animationName !== "none" && lasts(style.animationDuration));
        return isMoving ? [`${element.tagName}.${element.getAttribute("class")}${part}`] : [];
      }),
    );
    const smooth = getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["smooth scrolling"] : [];
    return [...moving, ...smooth, ...document.getAnimations().map(({ id }) => `animation ${id}`)];
  });
}

/**
 * Surfaces in a party's colour whose contrast with their background is below 3 to 1, by themselves and by their outline
 * (WCAG 1.4.11). axe checks the text on them.
 */
export async function paleParties(page: Page): Promise<Findings> {
  return page.evaluate(() => {
    const LEAST_RATIO = 3;
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    /** Red, green, blue and alpha, 0 to 1, of any CSS colour. */
    const rgba = (colour: string): readonly number[] => {
      if (canvas === null) throw new Error("no canvas to read colours with");
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data].map((value) => value / 255);
    };
    const luminance = (colour: string): number => {
      const [red = 0, green = 0, blue = 0] = rgba(colour).map((value) =>
        value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ratio = (one: string, other: string): number => {
      const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
      return (light + 0.05) / (dark + 0.05);
    };
    const behind = (element: Element): string => {
      for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
        const { backgroundColor } = getComputedStyle(parent);
        if ((rgba(backgroundColor)[3] ?? 0) === 1) return backgroundColor;
      }
      return "white";
    };
    const resolved = (value: string): string => {
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = value;
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    };

    return [...document.querySelectorAll("[style*='--party']")].flatMap((owner) => {
      const colour = resolved(getComputedStyle(owner).getPropertyValue("--party-shown"));
      const surfaces = [owner, ...owner.querySelectorAll("*")].flatMap((element) =>
        [undefined, "::before", "::after"].map((part) => ({ element, part })),
      );
      return surfaces.flatMap(({ element, part }) => {
        const style = getComputedStyle(element, part);
        if (part !== undefined && style.content === "none") return [];
        const sides = [style.borderTopColor, style.borderRightColor, style.borderBottomColor, style.borderLeftColor];
        const widths = [style.borderTopWidth, style.borderRightWidth, style.borderBottomWidth, style.borderLeftWidth];
        const borders = sides.filter((_, side) => Number.parseFloat(widths[side] ?? "") > 0);
        const shown = [style.backgroundColor, style.fill, ...borders];
        if (!element.checkVisibility() || !shown.includes(colour)) return [];
        const best = Math.max(...[colour, ...borders].map((edge) => ratio(edge, behind(element))));
        const name = `${element.getAttribute("class")}${part ?? ""}`;
        return best >= LEAST_RATIO ? [] : [`${name}: ${colour}, ${best.toFixed(2)} to 1`];
      });
    });
  });
}
