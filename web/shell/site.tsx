import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { LANGUAGES, type Language } from "#core/language.ts";
import { CheckPage } from "#web/check/check-page.tsx";
import { HomePage } from "#web/home/home-page.tsx";
import { LanguageProvider, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { MonitorPage } from "#web/monitor/monitor-page.tsx";
import { correct, followLink, type Place, usePlace } from "#web/navigation.ts";
import { ResultsPage } from "#web/results/results-page.tsx";
import { type Route, readPath, writePath } from "#web/router.ts";
import { Footer } from "#web/shell/footer.tsx";
import { NotFoundPage } from "#web/shell/not-found-page.tsx";
import { TextPage } from "#web/texts/text-page.tsx";
import { VotePage } from "#web/vote/vote-page.tsx";

/** Languages by their own names, as everyone looks for theirs. */
const OWN_NAMES = { fr: "Français", en: "English" } as const satisfies Record<Language, string>;

/** The first of the reader's languages that the site speaks; English when none is. */
function browserLanguage(): Language {
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return LANGUAGES.find((language) => language === spoken.find((tag) => tag === "fr" || tag === "en")) ?? "en";
}

/** The whole site: the page that the address names, in the language that it names. */
export function Site() {
  const place = usePlace();
  const { language: asked, route } = readPath(place.path);
  const [chosen, setChosen] = useState<Language>();
  const language = chosen ?? asked ?? browserLanguage();
  const shownPage = JSON.stringify(route);
  const firstPage = useRef<string | undefined>(shownPage);

  useLayoutEffect(() => {
    document.addEventListener("click", followLink);
    return () => document.removeEventListener("click", followLink);
  }, []);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useLayoutEffect(() => {
    // The page that had the focus is gone, and the next one has no headline yet: the focus waits above it.
    if (document.activeElement === document.body && shownPage !== firstPage.current) {
      document.getElementById("content")?.focus({ preventScroll: true });
    }
    firstPage.current = undefined;
  }, [shownPage]);
  useLayoutEffect(() => {
    // Also when the back button leads to a place visited before the reader changed language.
    if (asked !== language && route.page !== "not-found") {
      correct(place, { path: writePath(language, route) });
    }
  });

  return (
    <LanguageProvider value={language}>
      <Header route={route} onLanguage={setChosen} />
      <main id="content" class="page" tabIndex={-1}>
        <Page route={route} place={place} />
      </main>
      <Footer />
    </LanguageProvider>
  );
}

function Page({ route, place }: Readonly<{ route: Route; place: Place }>) {
  switch (route.page) {
    case "home":
      return <HomePage />;
    case "vote":
      return <VotePage key={route.electionId} {...route} place={place} />;
    case "results":
      return <ResultsPage key={route.electionId} {...route} />;
    case "monitor":
      return <MonitorPage />;
    case "check":
      return <CheckPage key={route.electionId} {...route} place={place} />;
    case "text":
      return <TextPage key={route.name} name={route.name} />;
    case "not-found":
      return <NotFoundPage />;
    default:
      return route satisfies never;
  }
}

function Header({ route, onLanguage }: Readonly<{ route: Route; onLanguage: (language: Language) => void }>) {
  const t = useMessages();
  const language = useLanguage();
  const other = language === "fr" ? "en" : "fr";
  return (
    <header class="site-header">
      <a class="skip" href="#content">
        {t.site.skip}
      </a>
      <a class="site-name" href={writePath(language, { page: "home" })}>
        {t.site.name}
      </a>
      <nav aria-label={t.site.language} class="languages">
        <a
          href={writePath(other, route)}
          lang={other}
          hreflang={other}
          onClick={(event) => {
            // The same page and step in the other language, in place: nothing filled in is lost.
            event.preventDefault();
            onLanguage(other);
          }}
        >
          {OWN_NAMES[other]}
        </a>
      </nav>
    </header>
  );
}
