import { useLayoutEffect, useState } from "preact/hooks";
import { type ReceiptLink, readFragment } from "#web/receipt-link.ts";

/** Navigation without page loads: path and step live in the browser's history. */

/** In the history's state: the back button works, and the address does not tell the step. */
const STEPS = ["ballot", "identity", "review", "stub"] as const;
export type Step = (typeof STEPS)[number];

export type Place = Readonly<{
  path: string;
  step: Step;
  /** Of a paper: the election whose ballot is asked for. */
  question?: string | undefined;
}>;

const MOVED = "scrutin:moved";

function readPlace(): Place {
  const state: unknown = history.state;
  const kept: Readonly<{ step?: unknown; question?: unknown }> =
    typeof state === "object" && state !== null ? state : {};
  return {
    path: location.pathname,
    step: STEPS.find((step) => step === kept.step) ?? "ballot",
    question: typeof kept.question === "string" ? kept.question : undefined,
  };
}

let carried: ReceiptLink | undefined;

/** Removes a receipt's secret from the address and the history. */
function clearAddress(): void {
  const link = readFragment(location.hash);
  if (link === undefined) return;
  carried = link;
  // A link to a receipt leads to the last screen of its vote.
  const state = link.requestId === undefined ? history.state : { step: "stub" satisfies Step };
  history.replaceState(state, "", location.pathname);
}

/** Given out once. */
export function takeReceiptLink(): ReceiptLink | undefined {
  const link = carried;
  carried = undefined;
  return link;
}

/** `replace` leaves no entry for the back button. */
export function go(
  to: Partial<Place> & Readonly<{ receipt?: ReceiptLink | undefined }>,
  how: "push" | "replace" = "push",
): void {
  const path = to.path ?? location.pathname;
  const state = { step: to.step ?? "ballot", question: to.question };
  if (how === "push") carried = to.receipt;
  if (how === "push") history.pushState(state, "", path);
  else history.replaceState(state, "", path);
  if (how === "push") scrollTo(0, 0);
  dispatchEvent(new Event(MOVED));
}

/** Does nothing if the voter has moved on. */
export function correct(shown: Place, to: Partial<Place>): void {
  const now = readPlace();
  if (now.path === shown.path && now.step === shown.step) go({ ...now, ...to }, "replace");
}

let isGoingBack = false;

/** Like the back button; repeated calls do not go further. */
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

/** Leaves modified clicks and other sites to the browser. */
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
