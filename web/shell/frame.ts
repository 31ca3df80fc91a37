import { useLayoutEffect, useRef } from "preact/hooks";
import type { Language } from "#core/language.ts";
import { correct, type Place } from "#web/navigation.ts";

type Frame = Readonly<{
  place: Place;
  language: Language;
  /** Changes with the page, not with its language. */
  shownPage: string;
  /** The address that the page has in the language that is shown. */
  path: string | undefined;
  /** Follows links without loading a page. */
  follow: (event: MouseEvent) => void;
}>;

/** What every page does, of the site and of the console: links, language, and where focus goes. */
export function useFrame({ place, language, shownPage, path, follow }: Frame): void {
  const firstPage = useRef<string | undefined>(shownPage);
  useLayoutEffect(() => {
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, [follow]);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useLayoutEffect(() => {
    // Keeps focus above the next page until its heading takes it.
    if (document.activeElement === document.body && shownPage !== firstPage.current) {
      document.getElementById("content")?.focus({ preventScroll: true });
    }
    firstPage.current = undefined;
  }, [shownPage]);
  useLayoutEffect(() => {
    // Also after Back to a place visited in the other language.
    if (path !== undefined) correct(place, { path });
  });
}
