import { useLayoutEffect, useState } from "preact/hooks";
import { type ReceiptLink, readFragment } from "#web/receipt-link.ts";

/** Moving about without loading a page: the path and the voter's step, both kept by the browser's history. */

/** The screens of a vote. The step is in the history's state: the back button works, and the path says nothing of it. */
export const STEPS = ["ballot", "identity", "review", "stub"] as const;
export type Step = (typeof STEPS)[number];

export type Place = Readonly<{ path: string; step: Step }>;

const MOVED = "scrutin:moved";

function readPlace(): Place {
  const state: unknown = history.state;
  const kept = typeof state === "object" && state !== null && "step" in state ? state.step : undefined;
  return { path: location.pathname, step: STEPS.find((step) => step === kept) ?? "ballot" };
}

let carried: ReceiptLink | undefined;

/** Takes a receipt's secret out of the address, before it is shown for long or kept in the history. */
function clearAddress(): void {
  const link = readFragment(location.hash);
  if (link === undefined) return;
  carried = link;
  // A link to a receipt leads to the last screen of its vote.
  const state = link.requestId === undefined ? history.state : { step: "stub" satisfies Step };
  history.replaceState(state, "", location.pathname);
}

/** The receipt that the link to the page shown carried; it is given once. */
export function takeReceiptLink(): ReceiptLink | undefined {
  const link = carried;
  carried = undefined;
  return link;
}

/** Goes to a path, or to a step of the path that is shown; with `replace` the back button skips the present place. */
export function go(
  to: Partial<Place> & Readonly<{ receipt?: ReceiptLink | undefined }>,
  how: "push" | "replace" = "push",
): void {
  const path = to.path ?? location.pathname;
  const state = { step: to.step ?? "ballot" };
  if (how === "push") carried = to.receipt;
  if (how === "push") history.pushState(state, "", path);
  else history.replaceState(state, "", path);
  if (how === "push") scrollTo(0, 0);
  dispatchEvent(new Event(MOVED));
}

/** Puts another place where `shown` stands in the history; does nothing when the voter has moved on meanwhile. */
export function correct(shown: Place, to: Partial<Place>): void {
  const now = readPlace();
  if (now.path === shown.path && now.step === shown.step) go({ ...now, ...to }, "replace");
}

let isGoingBack = false;

/** Goes to the place before this one, as the back button does; asked for again on its way there, it goes no further. */
export function goBack(): void {
  if (isGoingBack) return;
  isGoingBack = true;
  addEventListener(
    "popstate",
    () => {
      isGoingBack = false;
    },
    { once: true },
  );
  history.back();
}

/** Where the voter is, followed through links and the browser's own buttons. */
export function usePlace(): Place {
  const [place, setPlace] = useState(() => {
    clearAddress();
    return readPlace();
  });
  useLayoutEffect(() => {
    const follow = (): void => {
      clearAddress();
      setPlace(readPlace());
    };
    addEventListener("popstate", follow);
    addEventListener(MOVED, follow);
    return () => {
      removeEventListener("popstate", follow);
      removeEventListener(MOVED, follow);
    };
  }, []);
  return place;
}

/** Follows a click on a link of this site without loading a page; what the browser does better is left to it. */
export function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.origin !== location.origin || link.target !== "" || link.hasAttribute("download")) return;
  const receipt = readFragment(link.hash);
  if (link.pathname.startsWith("/api/") || (link.hash !== "" && receipt === undefined)) return;
  event.preventDefault();
  go({ path: link.pathname, receipt });
}
