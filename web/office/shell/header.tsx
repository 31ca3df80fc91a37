import type { Language } from "#core/language.ts";
import type { Me } from "#functions/office/session/contract.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { mayEnter } from "#web/office/rooms.ts";
import { ELECTION_ROOMS, type OfficeRoute, writeOfficePath } from "#web/office/router.ts";
import { session } from "#web/office/sign-in/current.ts";
import { writePath } from "#web/router.ts";
import { LanguageSwitch } from "#web/shell/language-switch.tsx";

type HeaderProps = Readonly<{ route: OfficeRoute; me: Me | undefined; onLanguage: (language: Language) => void }>;

export function Header({ route, me, onLanguage }: HeaderProps) {
  const t = useOfficeMessages();
  const language = useLanguage();
  return (
    <header class="site-header office-header">
      <a class="skip" href="#content">
        {t.site.skip}
      </a>
      <div class="office-top">
        <a class="site-name" href={writeOfficePath(language, { room: "overview" })}>
          {t.shell.name}
        </a>
        <div class="office-who">
          {me !== undefined && <WhoIsHere me={me} />}
          <LanguageSwitch pathIn={(other) => writeOfficePath(other, route)} onLanguage={onLanguage} />
        </div>
      </div>
      {me !== undefined && <Rooms route={route} me={me} />}
      {me !== undefined && "electionId" in route && <ElectionRooms route={route} me={me} />}
    </header>
  );
}

function WhoIsHere({ me: { name, groups } }: Readonly<{ me: Me }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const named = new Intl.ListFormat(language).format(groups.map((group) => t.shell.group[group]));
  return (
    <>
      <span class="quiet">{t.shell.signedInAs(name, named)}</span>
      <button type="button" class="button plain small" onClick={() => void session.signOut()}>
        {t.shell.signOut}
      </button>
    </>
  );
}

function Rooms({ route, me }: Readonly<{ route: OfficeRoute; me: Me }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const shown = (["overview", "elections", "audit"] as const).filter((room) => mayEnter(me.groups, room));
  const isHere = (room: (typeof shown)[number]): boolean =>
    room === route.room || (room === "elections" && "electionId" in route);
  return (
    <nav aria-label={t.shell.rooms} class="office-rooms">
      <ul>
        {shown.map((room) => (
          <li key={room}>
            <a href={writeOfficePath(language, { room })} aria-current={isHere(room) ? "true" : undefined}>
              {t.shell.room[room]}
            </a>
          </li>
        ))}
        <li>
          <a href={writePath(language, { page: "home" })}>{t.shell.toSite}</a>
        </li>
      </ul>
    </nav>
  );
}

function ElectionRooms({ route, me }: Readonly<{ route: Extract<OfficeRoute, { electionId: string }>; me: Me }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const { electionId } = route;
  return (
    <nav aria-label={t.shell.ofElection(electionId)} class="office-rooms of-election">
      <ul>
        <li class="office-of">{t.shell.ofElection(electionId)}</li>
        {ELECTION_ROOMS.filter((room) => mayEnter(me.groups, room)).map((room) => (
          <li key={room}>
            <a
              href={writeOfficePath(language, { room, electionId })}
              aria-current={room === route.room ? "page" : undefined}
            >
              {t.shell.election[room]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
