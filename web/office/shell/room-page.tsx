import type { ComponentType } from "preact";
import type { Me } from "#functions/office/session/contract.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { OverviewPage } from "#web/office/overview/overview-page.tsx";
import { mayEnter, ROOMS } from "#web/office/rooms.ts";
import { type OfficeRoute, writeOfficePath } from "#web/office/router.ts";
import { Heading } from "#web/shell/heading.tsx";
import { lazily } from "#web/shell/lazy-page.tsx";

/** The rooms. Each is loaded when it is first entered. */

export type RoomProps = Readonly<{ me: Me }>;
export type ElectionRoomProps = RoomProps & Readonly<{ electionId: string }>;

const ElectionsPage = lazily<RoomProps>(
  "elections-page",
  async () => (await import("#web/office/elections/elections-page.tsx")).ElectionsPage,
);
const ElectionPage = lazily<ElectionRoomProps>(
  "election-page",
  async () => (await import("#web/office/elections/election-page.tsx")).ElectionPage,
);
const EditorPage = lazily<ElectionRoomProps>(
  "editor-page",
  async () => (await import("#web/office/elections/editor-page.tsx")).EditorPage,
);
const RollPage = lazily<ElectionRoomProps>(
  "roll-page",
  async () => (await import("#web/office/roll/roll-page.tsx")).RollPage,
);
const PollingPage = lazily<ElectionRoomProps>(
  "polling-page",
  async () => (await import("#web/office/polling/polling-page.tsx")).PollingPage,
);
const ClosingPage = lazily<ElectionRoomProps>(
  "closing-page",
  async () => (await import("#web/office/closing/closing-page.tsx")).ClosingPage,
);
const AuditPage = lazily<RoomProps>(
  "audit-page",
  async () => (await import("#web/office/audit/audit-page.tsx")).AuditPage,
);

const OF_ELECTION = {
  election: ElectionPage,
  editor: EditorPage,
  roll: RollPage,
  polling: PollingPage,
  closing: ClosingPage,
} as const satisfies Record<string, ComponentType<ElectionRoomProps>>;
const PLAIN = {
  overview: OverviewPage,
  elections: ElectionsPage,
  audit: AuditPage,
} as const satisfies Record<string, ComponentType<RoomProps>>;

export function RoomPage({ route, me }: Readonly<{ route: OfficeRoute; me: Me }>) {
  if (route.room === "not-found" || route.room === "signed-in" || route.room === "signed-out") return <NothingHere />;
  if (!mayEnter(me.groups, route.room)) return <NotYours room={route.room} />;
  if ("electionId" in route) {
    const Room = OF_ELECTION[route.room];
    return <Room key={`${route.room} ${route.electionId}`} me={me} electionId={route.electionId} />;
  }
  const Room = PLAIN[route.room];
  return <Room key={route.room} me={me} />;
}

function ToOverview() {
  const t = useOfficeMessages();
  return (
    <a class="button" href={writeOfficePath(useLanguage(), { room: "overview" })}>
      {t.shell.toOverview}
    </a>
  );
}

function NothingHere() {
  const t = useOfficeMessages();
  return (
    <>
      <Heading text={t.failure.notFoundTitle} />
      <p>{t.shell.nothingHere}</p>
      <ToOverview />
    </>
  );
}

/** The server would refuse too; here it is said before anything is asked. */
function NotYours({ room }: Readonly<{ room: keyof typeof ROOMS }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const groups = new Intl.ListFormat(language).format(ROOMS[room].map((group) => t.shell.group[group]));
  return (
    <>
      <Heading text={t.shell.notYours} />
      <p>{t.shell.onlyFor(groups)}</p>
      <ToOverview />
    </>
  );
}
