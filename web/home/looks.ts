import { createContext } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "#web/api.ts";
import { usePaused } from "#web/shell/pause.tsx";

/** Never a minute late. */
const LOOK_EVERY_MS = 30_000;

/** A look at how things stand: its number from 0, and when it was. */
export type Look = Readonly<{ number: number; atMs: number }>;

/** When the page looked last: until it looks again, the time left does not change either. */
export const LastLook = createContext(0);

/** Looks while the page is visible and not paused. */
export function useLooks(): Look {
  const isPaused = usePaused();
  const wasPaused = useRef(isPaused);
  const [last, setLast] = useState<Look>(() => ({ number: 0, atMs: Date.now() }));
  useEffect(() => {
    if (isPaused) {
      wasPaused.current = true;
      return;
    }
    const look = (): void => {
      if (!document.hidden) setLast(({ number }) => ({ number: number + 1, atMs: Date.now() }));
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
  return last;
}

/** Keeps the last good answer on the page when a question fails, and while the page is paused. */
export function useLastGood<T>(answer: Answer<T> | undefined): Answer<T> | undefined {
  const isPaused = usePaused();
  const good = useRef<Answer<T> | undefined>(undefined);
  if (answer?.kind === "ok" && !(isPaused && good.current !== undefined)) good.current = answer;
  return good.current ?? answer;
}
