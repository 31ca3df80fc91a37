import { useEffect } from "preact/hooks";
import { loadSealing } from "#web/parts.ts";

/** Keeps a network that is lost on the way, or a page that is closed too early, from losing a ballot. */
export function useSafeguards(isMarked: boolean, isOnItsWay: boolean): void {
  useEffect(() => {
    // Load early, so that a network lost on the way does not prevent sealing; casting retries.
    if (isMarked) loadSealing().catch(() => undefined);
  }, [isMarked]);
  useEffect(() => {
    if (!isOnItsWay) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isOnItsWay]);
}
