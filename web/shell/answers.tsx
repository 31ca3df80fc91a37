import { useEffect, useState } from "preact/hooks";
import { type Answer, apiAt } from "#web/api.ts";
import { askWhileBusy } from "#web/busy.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { writePath } from "#web/router.ts";
import { Heading } from "#web/shell/heading.tsx";
import { Told } from "#web/shell/told.tsx";

/** The API that serves this page. */
export const api = apiAt("");

/** An answer that another page was given may be a little old. */
const ASK_AGAIN_MS = 10_000;

/**
 * Asks once, and again on `retry` or when `about` changes.
 * @param known an answer of before, shown at once; what has changed since is asked for a little later
 */
export function useAnswer<T>(about: string, ask: () => Promise<Answer<T>>, known?: Answer<T>) {
  const [answer, setAnswer] = useState(known);
  const [trial, setTrial] = useState(0);
  useEffect(() => {
    let wanted = true;
    const isKnown = known !== undefined && trial === 0;
    const look = async (): Promise<void> => {
      const given = await askWhileBusy(ask);
      if (wanted && (!isKnown || given.kind === "ok" || given.kind === "refused")) setAnswer(given);
    };
    if (isKnown) setAnswer(known);
    else void look();
    const timer = isKnown ? setTimeout(() => void look(), ASK_AGAIN_MS) : undefined;
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [about, trial]);
  return { answer, retry: () => setTrial((last) => last + 1) };
}

export function Loading() {
  const t = useMessages();
  return (
    <p role="status" class="loading">
      {t.site.loading}
    </p>
  );
}

export function Failure({ answer, retry }: Readonly<{ answer: Answer<unknown>; retry: () => void }>) {
  const t = useMessages();
  const language = useLanguage();
  const isRefused = answer.kind === "refused";
  return (
    <>
      <Heading text={t.failure.title} />
      <p role="alert">
        <Told text={isRefused ? answer.problem.detail || t.failure.unknownElection : t.failure.unreachable} />
      </p>
      {isRefused ? (
        <a class="button" href={writePath(language, { page: "home" })}>
          {t.failure.toHome}
        </a>
      ) : (
        <button type="button" class="button" onClick={retry}>
          {t.failure.retry}
        </button>
      )}
    </>
  );
}
