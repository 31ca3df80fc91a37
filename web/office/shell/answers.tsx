import { useEffect, useState } from "preact/hooks";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import type { OfficeAnswer } from "#web/office/shell/office-api.ts";
import { useToldAnswer } from "#web/office/shell/told-answer.ts";
import { officeApi } from "#web/office/sign-in/current.ts";
import { Heading } from "#web/shell/heading.tsx";

/** Asking the office's API from a page. Paths are without the API's prefix: `/office/elections`. */

export const officeGet = <T,>(path: string, signal?: AbortSignal): Promise<OfficeAnswer<T>> =>
  officeApi.ask<T>("GET", path, { signal });

/** An act with `needsTwo` may be answered `proposed`: it waits for a second officer (useToldAnswer says so, ConfirmDialog too). */
export const officePost = <T,>(path: string, body: unknown, signal?: AbortSignal): Promise<OfficeAnswer<T>> =>
  officeApi.ask<T>("POST", path, { body, signal });

export const officePut = <T,>(path: string, body: unknown, signal?: AbortSignal): Promise<OfficeAnswer<T>> =>
  officeApi.ask<T>("PUT", path, { body, signal });

/**
 * Asks when the page opens, again on `retry`, and then every so often while the page is seen. A later failure leaves what is shown, in
 * `answer`; `isStale` says so.
 * @param path undefined asks nothing yet
 * @param everyMs undefined asks once
 */
export function useOfficeAnswer<T>(path: string | undefined, everyMs?: number) {
  const [state, setState] = useState<
    Readonly<{ path?: string | undefined; answer?: OfficeAnswer<T>; isStale: boolean }>
  >({
    isStale: false,
  });
  const [trial, setTrial] = useState(0);
  useEffect(() => {
    if (path === undefined) return;
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isDue = false;
    const look = async (): Promise<void> => {
      isDue = false;
      const answer = await officeGet<T>(path, leaving.signal);
      if (leaving.signal.aborted) return;
      setState((last) =>
        answer.kind !== "ok" && last.path === path && last.answer?.kind === "ok"
          ? { ...last, isStale: true }
          : { path, answer, isStale: false },
      );
      if (everyMs === undefined) return;
      timer = setTimeout(() => {
        isDue = true;
        lookIfSeen();
      }, everyMs);
    };
    /** Whoever comes back to the tab has the newest at once. */
    const lookIfSeen = (): void => {
      if (isDue && !document.hidden) void look();
    };
    document.addEventListener("visibilitychange", lookIfSeen);
    void look();
    return () => {
      leaving.abort();
      document.removeEventListener("visibilitychange", lookIfSeen);
      clearTimeout(timer);
    };
  }, [path, everyMs, trial]);
  const answer = state.path === path ? state.answer : undefined;
  return { answer, isStale: state.isStale, retry: () => setTrial((last) => last + 1) };
}

/** In the place of a page whose data did not come. Inside a page, leave out the heading. */
export function OfficeFailure({
  answer,
  retry,
  hasHeading = true,
}: Readonly<{ answer: OfficeAnswer<unknown>; retry: () => void; hasHeading?: boolean }>) {
  const t = useOfficeMessages();
  const told = useToldAnswer();
  return (
    <>
      {hasHeading && <Heading text={t.shell.failed} />}
      <p role="alert">{told(answer)}</p>
      {answer.kind !== "refused" && (
        <button type="button" class="button" onClick={retry}>
          {t.failure.retry}
        </button>
      )}
    </>
  );
}
