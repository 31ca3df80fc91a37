import { formatInstant } from "#core/instant-words.ts";
import type { ElectionsList, ListedDraft, ListedElection } from "#functions/office/elections/contract.ts";
import type { Me } from "#functions/office/session/contract.ts";
import { useBilingual, useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { mayEnter } from "#web/office/rooms.ts";
import { type ElectionRoom, type OfficeRoute, writeOfficePath } from "#web/office/router.ts";

/** The elections by what is to be done about them, most urgent first. Those that are over come last, folded. */

const TO_DO = ["open", "closed", "coming"] as const;
const OVER = ["certified", "cancelled"] as const;

type Next = Readonly<{ room: ElectionRoom; act: string; what: string }>;

export function ToDo({ me, list: { elections, drafts } }: Readonly<{ me: Me; list: ElectionsList }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const inState = (state: ListedElection["state"]) => elections.filter((election) => election.state === state);
  if (elections.length + drafts.length === 0) {
    return (
      <>
        <p>{t.overview.none}</p>
        <a class="button" href={writeOfficePath(language, { room: "elections" })}>
          {t.overview.toElections}
        </a>
      </>
    );
  }
  return (
    <>
      {TO_DO.map((state) => (
        <Group key={state} title={t.overview.group[state]} elections={inState(state)} me={me} />
      ))}
      {drafts.length > 0 && (
        <section>
          <h2>{t.overview.group.drafts}</h2>
          <ul class="office-list">
            {drafts.map((draft) => (
              <Draft key={draft.election_id} draft={draft} />
            ))}
          </ul>
        </section>
      )}
      {OVER.map((state) => {
        const over = inState(state);
        return (
          over.length > 0 && (
            <details key={state} class="office-details">
              <summary>{t.overview.group[state]}</summary>
              <List elections={over} me={me} />
            </details>
          )
        );
      })}
    </>
  );
}

type GroupProps = Readonly<{ elections: readonly ListedElection[]; me: Me }>;

function Group({ title, elections, me }: GroupProps & Readonly<{ title: string }>) {
  if (elections.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <List elections={elections} me={me} />
    </section>
  );
}

function List({ elections, me }: GroupProps) {
  const t = useOfficeMessages();
  const inLanguage = useBilingual();
  const nextOf = useNext(me);
  return (
    <ul class="office-list">
      {elections.map((election) => (
        <Item
          key={election.election_id}
          title={inLanguage(election.title)}
          electionId={election.election_id}
          note={election.is_test ? t.overview.test : undefined}
          {...nextOf(election)}
        />
      ))}
    </ul>
  );
}

/** Where to go about an election, and why; the election's own page where the room is not open to this person. */
function useNext(me: Me): (election: ListedElection) => Next {
  const t = useOfficeMessages();
  const language = useLanguage();
  const room = (wanted: ElectionRoom): ElectionRoom => (mayEnter(me.groups, wanted) ? wanted : "election");
  return ({ state, voters, opens_at: opensAt, closes_at: closesAt, time_zone: timeZone }) => {
    const opens = formatInstant(language, opensAt, timeZone);
    const closes = formatInstant(language, closesAt, timeZone);
    switch (state) {
      case "open":
        return { room: room("polling"), act: t.overview.act.open, what: t.overview.what.open(closes, voters) };
      case "closed":
        return { room: room("closing"), act: t.overview.act.closed, what: t.overview.what.closed(closes) };
      case "coming":
        return voters === 0 && mayEnter(me.groups, "roll")
          ? { room: "roll", act: t.overview.act.emptyRoll, what: t.overview.what.emptyRoll(opens) }
          : { room: "election", act: t.overview.act.coming, what: t.overview.what.coming(opens, voters) };
      case "certified":
      case "cancelled":
        return { room: "election", act: t.overview.act.past, what: t.overview.what.past(closes) };
      default:
        return state satisfies never;
    }
  };
}

function Draft({ draft: { election_id: electionId, title, saved_at: savedAt, by } }: Readonly<{ draft: ListedDraft }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const next = {
    room: "editor",
    act: t.overview.act.draft,
    what: t.overview.what.draft(formatInstant(language, savedAt), by),
  } as const;
  // A draft may have no title yet.
  return <Item title={title[language] || electionId} electionId={electionId} note={undefined} {...next} />;
}

type ItemProps = Next & Readonly<{ title: string; electionId: string; note: string | undefined }>;

function Item({ title, electionId, note, room, act, what }: ItemProps) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const route: OfficeRoute = { room, electionId };
  return (
    <li>
      <div>
        <p class="office-item-title">
          {title} {note !== undefined && <span class="quiet">{note}</span>}
        </p>
        <p class="quiet">{what}</p>
      </div>
      <a href={writeOfficePath(language, route)} class="button" aria-label={t.home.about(act, title)}>
        {act}
      </a>
    </li>
  );
}
