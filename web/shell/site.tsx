import { useState } from "preact/hooks";
import { LANGUAGES, type Language } from "#core/language.ts";
import { LanguageProvider, useLanguage, useMessages, useTexts } from "#web/messages/catalogue.ts";
import { followLink, type Place, usePlace } from "#web/navigation.ts";
import { type Route, readPath, writePath } from "#web/router.ts";
import { Footer } from "#web/shell/footer.tsx";
import { useFrame } from "#web/shell/frame.ts";
import { LanguageSwitch } from "#web/shell/language-switch.tsx";
import { NoTexts } from "#web/shell/no-texts.tsx";
import { NotFoundPage } from "#web/shell/not-found-page.tsx";
import { CheckPage, HomePage, MonitorPage, PaperPage, ResultsPage, TextPage, VotePage } from "#web/shell/pages.tsx";

/** English when none matches. */
function browserLanguage(): Language {
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return LANGUAGES.find((language) => language === spoken.find((tag) => tag === "fr" || tag === "en")) ?? "en";
}

export function Site() {
  const place = usePlace();
  const { language: asked, route } = readPath(place.path);
  const [chosen, setChosen] = useState<Language>();
  const wanted = chosen ?? asked ?? browserLanguage();
  const { shown, isFailed } = useTexts(wanted);
  const language = shown ?? wanted;
  const isElsewhere = asked !== language && route.page !== "not-found";
  useFrame({
    place,
    language,
    shownPage: JSON.stringify(route),
    path: isElsewhere ? writePath(language, route) : undefined,
    follow: followLink,
  });

  if (shown === undefined) return isFailed ? <NoTexts /> : null;
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
    case "paper":
      return <PaperPage key={route.paperId} {...route} place={place} />;
    case "results":
      return <ResultsPage key={route.electionId} {...route} />;
    case "text":
      return <TextPage key={route.name} name={route.name} />;
    case "check":
      return <CheckPage key={route.electionId} {...route} place={place} />;
    case "monitor":
      return <MonitorPage />;
    case "not-found":
      return <NotFoundPage />;
    default:
      return route satisfies never;
  }
}

function Header({ route, onLanguage }: Readonly<{ route: Route; onLanguage: (language: Language) => void }>) {
  const t = useMessages();
  const language = useLanguage();
  return (
    <header class="site-header">
      <a class="skip" href="#content">
        {t.site.skip}
      </a>
      <a class="site-name" href={writePath(language, { page: "home" })}>
        {t.site.name}
      </a>
      <LanguageSwitch pathIn={(other) => writePath(other, route)} onLanguage={onLanguage} />
    </header>
  );
}
