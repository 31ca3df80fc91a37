import { useState } from "preact/hooks";
import { formatInstant } from "#core/instant-words.ts";
import {
  ELECTION_STATES,
  type ElectionsList,
  type ListedDraft,
  type ListedElection,
} from "#functions/office/elections/contract.ts";
import type { Me } from "#functions/office/session/contract.ts";
import { formatCount } from "#web/format.ts";
import { useBilingual, useLanguage } from "#web/messages/catalogue.ts";
import { NewElection } from "#web/office/elections/new-election.tsx";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { writeOfficePath } from "#web/office/router.ts";
import { OfficeFailure, useOfficeAnswer } from "#web/office/shell/answers.tsx";
import { Table } from "#web/office/shell/table.tsx";
import { Loading } from "#web/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";

/** All elections, by state. */
export function ElectionsPage({ me }: Readonly<{ me: Me }>) {
  const t = useOfficeMessages();
  const { answer, retry } = useOfficeAnswer<ElectionsList>("/office/elections");
  const [isMaking, setMaking] = useState(false);
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <OfficeFailure answer={answer} retry={retry} />;
  const { elections, drafts, deleted } = answer.body;
  const groups = ELECTION_STATES.map((state) => ({ state, found: elections.filter((one) => one.state === state) }));
  return (
    <>
      <Heading text={t.officeElections.title} />
      {me.groups.includes("officer") && (
        <div class="actions">
          <button type="button" class="button primary" onClick={() => setMaking(true)}>
            {t.officeElections.newOne}
          </button>
        </div>
      )}
      {elections.length + drafts.length + deleted.length === 0 && <p>{t.officeElections.none}</p>}
      {drafts.length > 0 && <Drafts drafts={drafts} mayWrite={me.groups.includes("officer")} />}
      {groups
        .filter(({ found }) => found.length > 0)
        .map(({ state, found }) => (
          <Listed key={state} title={t.officeElections.state[state]} elections={found} />
        ))}
      {deleted.length > 0 && <Deleted deleted={deleted} />}
      {isMaking && <NewElection list={answer.body} onClose={() => setMaking(false)} />}
    </>
  );
}

function Drafts({ drafts, mayWrite }: Readonly<{ drafts: readonly ListedDraft[]; mayWrite: boolean }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  return (
    <section>
      <h2>{t.officeElections.state.draft}</h2>
      <Table
        caption={t.officeElections.state.draft}
        rows={drafts}
        keyOf={({ election_id: id }) => id}
        columns={[
          {
            key: "name",
            head: t.officeElections.head.name,
            cell: ({ election_id: electionId, title }) => {
              const name = `${title[language] || t.officeElections.untitled} (${electionId})`;
              return mayWrite ? <a href={writeOfficePath(language, { room: "editor", electionId })}>{name}</a> : name;
            },
          },
          { key: "saved", head: t.officeElections.head.saved, cell: ({ saved_at: at }) => formatInstant(language, at) },
          { key: "by", head: t.officeElections.head.by, cell: ({ by }) => by },
        ]}
      />
    </section>
  );
}

function Listed({ title, elections }: Readonly<{ title: string; elections: readonly ListedElection[] }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  return (
    <section>
      <h2>{title}</h2>
      <Table
        caption={title}
        rows={elections}
        keyOf={({ election_id: id }) => id}
        columns={[
          {
            key: "name",
            head: t.officeElections.head.name,
            cell: ({ election_id: electionId, title: name, is_test: isTest }) => (
              <>
                <a href={writeOfficePath(language, { room: "election", electionId })}>
                  {inLanguage(name)} ({electionId})
                </a>
                {isTest && `, ${t.officeElections.rehearsal}`}
              </>
            ),
          },
          {
            key: "opens",
            head: t.officeElections.head.opens,
            cell: (one) => formatInstant(language, one.opens_at, one.time_zone),
          },
          {
            key: "closes",
            head: t.officeElections.head.closes,
            cell: (one) => formatInstant(language, one.closes_at, one.time_zone),
          },
          {
            key: "voters",
            head: t.officeElections.head.voters,
            cell: ({ voters }) => formatCount(language, voters),
            isFigure: true,
          },
        ]}
      />
    </section>
  );
}

function Deleted({ deleted }: Readonly<{ deleted: ElectionsList["deleted"] }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  return (
    <section>
      <h2>{t.officeElections.state.deleted}</h2>
      <Table
        caption={t.officeElections.state.deleted}
        rows={deleted}
        keyOf={({ election_id: id, at }) => `${id} ${at}`}
        columns={[
          { key: "name", head: t.officeElections.head.name, cell: ({ election_id: id, title }) => `${title} (${id})` },
          { key: "saved", head: t.officeElections.state.deleted, cell: ({ at }) => formatInstant(language, at) },
          { key: "by", head: t.officeElections.head.by, cell: ({ by }) => by },
        ]}
      />
    </section>
  );
}
