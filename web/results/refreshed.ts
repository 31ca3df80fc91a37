import { useEffect, useState } from "preact/hooks";
import type { Answer } from "#web/api.ts";

/** How often what is shown is asked for again, where a page does not say. */
const REFRESH_EVERY_MS = 2_000;

/**
 * What a page that refreshes by itself shows: the last answer, and whether the last question got none. While something
 * else is asked for the first time, the answer about what was asked before stays, and is not current.
 */
export type Refreshed<T> = Readonly<{ answer: Answer<T> | undefined; isStale: boolean; isCurrent: boolean }>;

/**
 * Asks again and again while the page is seen, and stops while it is hidden. The last figures stay until new ones are
 * there, so that nothing flickers or jumps. `about` says what is asked.
 */
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

  useEffect(() => {
    const left = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isAsking = false;

    const refresh = async (): Promise<void> => {
      clearTimeout(timer);
      if (document.hidden || isAsking) return;
      isAsking = true;
      const answer = await ask(left.signal);
      isAsking = false;
      if (left.signal.aborted) return;
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
  }, [about, everyMs]);

  return { answer: shown.answer, isStale: shown.isStale, isCurrent: shown.about === about };
}
