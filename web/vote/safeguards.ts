import { useEffect } from "preact/hooks";

/** Keeps a page that is closed too early from losing a ballot. */
export function useSafeguards(isOnItsWay: boolean): void {
  useEffect(() => {
    if (!isOnItsWay) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isOnItsWay]);
}
