import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "#web/api.ts";
import { usePaused } from "#web/shell/pause.tsx";

/** Never a minute late. */
const LOOK_EVERY_MS = 30_000;

/** Refreshes while the page is visible and not paused, counted from 0. */
export function useLooks(): number {
  const isPaused = usePaused();
  const wasPaused = useRef(isPaused);
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    if (isPaused) {
      wasPaused.current = true;
      return;
    }
    const look = (): void => {
      if (!document.hidden) setLooks((last) => last + 1);
    };
    if (wasPaused.current) look();
    wasPaused.current = false;
    const timer = setInterval(look, LOOK_EVERY_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [isPaused]);
  return looks;
}

/** Keeps the last good answer on the page when a question fails, and while the page is paused. */
export function useLastGood<T>(answer: Answer<T> | undefined): Answer<T> | undefined {
  const isPaused = usePaused();
  const good = useRef<Answer<T> | undefined>(undefined);
  if (answer?.kind === "ok" && !(isPaused && good.current !== undefined)) good.current = answer;
  return good.current ?? answer;
}
