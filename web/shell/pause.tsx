import { useEffect, useState } from "preact/hooks";
import { useMessages } from "#web/messages/catalogue.ts";

/**
 * Whether pages that refresh themselves stand still (WCAG 2.2.2), until the reader lets them go on or closes the tab. A receipt
 * that waits for its outcome goes on: that is what its voter waits for.
 */

/** Not as kept.ts names what it keeps. */
const KEY = "scrutin-paused";

/** In memory alone where the browser forbids to store. */
function storedPause(): boolean {
  try {
    return sessionStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

let isPausedNow = storedPause();
const listeners = new Set<(isPaused: boolean) => void>();

function pause(isPaused: boolean): void {
  isPausedNow = isPaused;
  try {
    if (isPaused) sessionStorage.setItem(KEY, "");
    else sessionStorage.removeItem(KEY);
  } catch {
    // Until the next page load only.
  }
  for (const listener of listeners) listener(isPaused);
}

export function usePaused(): boolean {
  const [isPaused, follow] = useState(isPausedNow);
  useEffect(() => {
    listeners.add(follow);
    return () => {
      listeners.delete(follow);
    };
  }, []);
  return isPaused;
}

export function PauseButton() {
  const t = useMessages();
  const isPaused = usePaused();
  return (
    <button type="button" class="button plain pause" onClick={() => pause(!isPaused)}>
      {isPaused ? t.site.resume : t.site.pause}
    </button>
  );
}
