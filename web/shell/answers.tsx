import { useEffect, useState } from "preact/hooks";
import { type Answer, apiAt } from "#web/api.ts";
import { askWhileBusy } from "#web/busy.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { writePath } from "#web/router.ts";
import { Heading } from "#web/shell/heading.tsx";
import { Told } from "#web/shell/told.tsx";

/** The API that serves this page. */
export const api = apiAt("");

/** Asks once, and again on `retry` or when `about` changes. */
export function useAnswer<T>(about: string, ask: () => Promise<Answer<T>>) {
  const [answer, setAnswer] = useState<Answer<T>>();
  const [trial, setTrial] = useState(0);
  useEffect(() => {
    let wanted = true;
    void askWhileBusy(ask).then((given) => wanted && setAnswer(given));
    return () => {
      wanted = false;
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
