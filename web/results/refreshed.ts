import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "#web/api.ts";
import { usePaused } from "#web/shell/pause.tsx";

/** Default interval. */
const REFRESH_EVERY_MS = 2_000;

/**
 * The last answer, and whether the last request failed. While something else loads the old answer stays, marked as not
 * current.
 */
export type Refreshed<T> = Readonly<{ answer: Answer<T> | undefined; isStale: boolean; isCurrent: boolean }>;

/** Polls while the page is visible and not paused; old figures stay until new ones arrive. `about` identifies the question. */
export function useRefreshed<T>(
  about: string,
  ask: (signal: AbortSignal) => Promise<Answer<T>>,
  everyMs = REFRESH_EVERY_MS,
): Refreshed<T> {
  const [shown, setShown] = useState<Omit<Refreshed<T>, "isCurrent"> & { about: string }>({
    about,
    answer: undefined,
    isStale: false,
  });

  const isPaused = usePaused();
  /** What has figures on the page: a page that is opened while paused still loads them once. */
  const answered = useRef<string | undefined>(undefined);

  useEffect(() => {
    const left = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isAsking = false;

    const refresh = async (): Promise<void> => {
      clearTimeout(timer);
      if (document.hidden || isAsking || (isPaused && answered.current === about)) return;
      isAsking = true;
      const answer = await ask(left.signal);
      isAsking = false;
      if (left.signal.aborted) return;
      if (answer.kind === "ok") answered.current = about;
      const isStale = answer.kind === "unreachable" || answer.kind === "busy";
      setShown((last) =>
        isStale && last.about === about && last.answer?.kind === "ok"
          ? { ...last, isStale }
          : { about, answer, isStale: false },
      );
      timer = setTimeout(() => void refresh(), everyMs);
    };

    const onSeen = (): void => void refresh();
    document.addEventListener("visibilitychange", onSeen);
    addEventListener("online", onSeen);
    void refresh();
    return () => {
      left.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onSeen);
      removeEventListener("online", onSeen);
    };
  }, [about, everyMs, isPaused]);

  return { answer: shown.answer, isStale: shown.isStale, isCurrent: shown.about === about };
}
