import { useState } from "preact/hooks";
import type { Language } from "#core/language.ts";
import { LanguageProvider } from "#web/messages/catalogue.ts";
import { usePlace } from "#web/navigation.ts";
import { useOfficeTexts } from "#web/office/messages/words.ts";
import { readOfficePath, writeOfficePath } from "#web/office/router.ts";
import { Header } from "#web/office/shell/header.tsx";
import { followOfficeLink } from "#web/office/shell/links.ts";
import { RoomPage } from "#web/office/shell/room-page.tsx";
import { useSession } from "#web/office/sign-in/current.ts";
import { Lapsed, NotSignedIn } from "#web/office/sign-in/gate.tsx";
import { useFrame } from "#web/shell/frame.ts";
import { NoTexts } from "#web/shell/no-texts.tsx";

/** The frame of every page of the console. Nothing of the office is shown before the server has said who is there. */
export function Console() {
  const place = usePlace();
  const session = useSession();
  const { language: asked, route } = readOfficePath(place.path);
  const [chosen, setChosen] = useState<Language>();
  const wanted = chosen ?? asked;
  const { shown, isFailed } = useOfficeTexts(wanted);
  const language = shown ?? wanted;
  const isElsewhere = asked !== language && route.room !== "not-found";
  useFrame({
    place,
    language,
    shownPage: JSON.stringify(route),
    path: isElsewhere ? writeOfficePath(language, route) : undefined,
    follow: followOfficeLink,
  });

  if (shown === undefined) return isFailed ? <NoTexts /> : null;
  const isIn = session.kind === "signed-in" || session.kind === "lapsed";
  return (
    <LanguageProvider value={language}>
      <Header route={route} me={isIn ? session.me : undefined} onLanguage={setChosen} />
      <main id="content" class="page office" tabIndex={-1}>
        {isIn ? <RoomPage route={route} me={session.me} /> : <NotSignedIn state={session} path={place.path} />}
        {session.kind === "lapsed" && <Lapsed address={session.address} />}
      </main>
    </LanguageProvider>
  );
}
