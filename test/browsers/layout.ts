import { setTimeout as sleep } from "node:timers/promises";
import type { Window } from "#test/browsers/driver.ts";

/** Whether a page is laid out soundly. By boxes, since pixels differ from browser to browser. */

/** A narrow phone, a tablet, a desk. */
const WIDTHS = [360, 768, 1280];
const HEIGHT = 900;

/** Faults on the page as it is: what is outside its parent, cut, or drawn over something else. */
export function faultsHere(): readonly string[] {
  const TOLERANCE_PX = 1.5;
  type Box = Readonly<{ left: number; top: number; right: number; bottom: number }>;
  const faults: string[] = [];
  const styles = new Map<Element, CSSStyleDeclaration>();
  const styleOf = (element: Element): CSSStyleDeclaration => {
    const style = styles.get(element) ?? getComputedStyle(element);
    styles.set(element, style);
    return style;
  };
  const nameOf = (element: Element): string => {
    const path = [element.parentElement, element].map((part) =>
      part === null ? "" : [part.localName, ...part.classList].join("."),
    );
    return path.join(" > ");
  };
  const isHiddenFromSight = (element: Element): boolean =>
    element.closest(".visually-hidden, .skip, .region-name") !== null;
  const isDrawn = (element: Element): boolean => {
    const { width, height } = element.getBoundingClientRect();
    return (
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      width > 0 &&
      height > 0 &&
      !isHiddenFromSight(element)
    );
  };
  const outside = (inner: Box, outer: Box): readonly string[] =>
    [
      inner.left < outer.left - TOLERANCE_PX && `left by ${Math.round(outer.left - inner.left)} px`,
      inner.right > outer.right + TOLERANCE_PX && `right by ${Math.round(inner.right - outer.right)} px`,
      inner.top < outer.top - TOLERANCE_PX && `top by ${Math.round(outer.top - inner.top)} px`,
      inner.bottom > outer.bottom + TOLERANCE_PX && `bottom by ${Math.round(inner.bottom - outer.bottom)} px`,
    ].filter((side) => side !== false);
  /** Without border and padding: a legend on its fieldset's border is outside. */
  const contentOf = (element: Element): Box => {
    const box = element.getBoundingClientRect();
    // Firefox aligns the cells of a row by moving what they hold into their padding.
    if (element.matches("td, th")) return box;
    const { left, top, right, bottom } = box;
    const style = styleOf(element);
    const [above, after, below, before] = (["Top", "Right", "Bottom", "Left"] as const).map(
      (side) => Number.parseFloat(style[`padding${side}`]) + Number.parseFloat(style[`border${side}Width`]),
    );
    return {
      left: left + (before ?? 0),
      top: top + (above ?? 0),
      right: right - (after ?? 0),
      bottom: bottom - (below ?? 0),
    };
  };
  const isInline = (element: Element): boolean => /^(?:inline|contents)$/.test(styleOf(element).display);
  const ancestorsOf = (element: Element): readonly Element[] =>
    element.parentElement === null ? [element] : [element, ...ancestorsOf(element.parentElement)];
  /** The nearest ancestor that is a box of its own. */
  const boxAround = (element: Element): Element | null => {
    const parent = element.parentElement;
    return parent === null || !isInline(parent) ? parent : boxAround(parent);
  };
  const scrolls = (element: Element): boolean => /auto|scroll/.test(styleOf(element).overflow);
  const clips = (element: Element): boolean => /hidden|clip/.test(styleOf(element).overflow);

  if (document.documentElement.scrollWidth > innerWidth) {
    faults.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${innerWidth} px`);
  }

  const elements = [...document.body.querySelectorAll("*")].filter(isDrawn);
  for (const element of elements) {
    // Inside a drawing its own coordinates hold; an inline box is as high as its font, not as its line.
    if (element.closest("svg") !== null && element.localName !== "svg") continue;
    if (isInline(element) || element.closest("option") !== null) continue;
    // What is taken out of the flow is placed on purpose, and so is what overlaps its parent by a margin below zero.
    const { position, marginTop, marginLeft, marginRight } = styleOf(element);
    if (
      /absolute|fixed/.test(position) ||
      [marginTop, marginLeft, marginRight].some((margin) => margin.startsWith("-"))
    )
      continue;
    const parent = boxAround(element);
    // A scroller is there to hold more than it shows.
    if (parent === null || scrolls(parent)) continue;
    for (const side of outside(element.getBoundingClientRect(), contentOf(parent))) {
      faults.push(`${nameOf(element)} is outside its parent: ${side}`);
    }
  }

  for (const element of elements) {
    // A picture's labels may be shortened: the table below it has them in full.
    if (!clips(element) || element.closest("svg, [role=img]") !== null) continue;
    if (
      element.scrollWidth > element.clientWidth + TOLERANCE_PX ||
      element.scrollHeight > element.clientHeight + TOLERANCE_PX
    ) {
      faults.push(`${nameOf(element)} cuts what it holds`);
    }
  }

  const lines: Readonly<{ box: Box; node: Node; text: string }>[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const owner = node.parentElement;
    const text = (node.textContent ?? "").trim().slice(0, 40);
    if (owner === null || text === "" || owner.closest("select") !== null || !isDrawn(owner)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const ancestors = ancestorsOf(owner);
    const around = ancestors.find((ancestor) => !isInline(ancestor)) ?? document.body;
    const clip = ancestors.find(clips)?.getBoundingClientRect();
    // A banner lies over the page, and the rest of a scroller's content can be scrolled to.
    const isApart = ancestors.some((ancestor) => /fixed|sticky/.test(styleOf(ancestor).position) || scrolls(ancestor));
    for (const { left, top, right, bottom } of range.getClientRects()) {
      // A line's box is higher than its letters.
      const air = (bottom - top) * 0.22;
      const letters = { left, top: top + air, right: Math.min(right, clip?.right ?? right), bottom: bottom - air };
      if (owner.closest("svg") === null && !isApart) {
        for (const side of outside(letters, around.getBoundingClientRect())) faults.push(`“${text}” is cut: ${side}`);
      }
      if (!isApart) lines.push({ box: letters, node, text });
    }
  }
  const OVERLAP_PX = 2;
  const sorted = lines.toSorted((one, other) => one.box.top - other.box.top);
  sorted.forEach((one, index) => {
    for (const other of sorted.slice(index + 1)) {
      if (other.box.top > one.box.bottom - OVERLAP_PX) break;
      const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      if (width > OVERLAP_PX && one.node !== other.node) faults.push(`“${one.text}” and “${other.text}” overlap`);
    }
  });

  const controls = elements.filter((element) => element.matches("a[href], button, input, select, summary"));
  const boxes = controls.map((element) => ({ element, box: element.getBoundingClientRect() }));
  boxes.forEach((one, index) => {
    for (const other of boxes.slice(index + 1)) {
      if (one.element.contains(other.element) || isInline(one.element) || isInline(other.element)) continue;
      const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (Math.min(width, height) > TOLERANCE_PX)
        faults.push(`${nameOf(one.element)} and ${nameOf(other.element)} overlap`);
    }
  });
  return faults;
}

/** Faults at each width, which is named. Leaves the window as narrow as a phone. */
export async function layoutFaults(window: Window): Promise<readonly string[]> {
  const found: string[] = [];
  for (const width of WIDTHS.toReversed()) {
    await window.resize(width, HEIGHT);
    await settle(window);
    found.push(...(await window.evaluate(faultsHere, null)).map((fault) => `at ${width} px: ${fault}`));
  }
  return found;
}

/** Waits until the page has the window's new width, and nothing on it moves. */
async function settle(window: Window): Promise<void> {
  const look = () => {
    const { width, height } = document.documentElement.getBoundingClientRect();
    const isMoving = document.getAnimations().some(({ playState }) => playState === "running");
    return `${innerWidth} ${width} ${height}${isMoving ? ` ${performance.now()}` : ""}`;
  };
  for (let trial = 0, before = ""; trial < 100; trial++) {
    const now = await window.evaluate(look, null);
    if (now === before) return;
    before = now;
    await sleep(50);
  }
}
