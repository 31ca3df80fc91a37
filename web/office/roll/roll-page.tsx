import { useState } from "preact/hooks";
import type { RegionFigures, RollRoom } from "#functions/office-roll/contract.ts";
import { formatCount } from "#web/format.ts";
import { useBilingual, useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { LettersSection } from "#web/office/roll/letters-section.tsx";
import { PersonSection } from "#web/office/roll/person-section.tsx";
import { UploadSection } from "#web/office/roll/upload-section.tsx";
import { OfficeFailure, officePost, useOfficeAnswer } from "#web/office/shell/answers.tsx";
import { ConfirmDialog } from "#web/office/shell/confirm-dialog.tsx";
import { Table } from "#web/office/shell/table.tsx";
import type { Me } from "#web/office/sign-in/me.ts";
import { Heading } from "#web/shell/heading.tsx";
import "#web/styles/office-roll.css";

/** Who may vote in an election: in figures, from a spreadsheet, and one by one. */
export function RollPage({ me, electionId }: Readonly<{ me: Me; electionId: string }>) {
  const t = useOfficeMessages();
  const { answer, retry } = useOfficeAnswer<RollRoom>(`/office/elections/${encodeURIComponent(electionId)}/roll`);
  if (answer !== undefined && answer.kind !== "ok") return <OfficeFailure answer={answer} retry={retry} />;
  return (
    <>
      <Heading text={t.officeRoll.title} />
      {answer === undefined ? (
        <p class="quiet">{t.site.loading}</p>
      ) : (
        <Room
          room={answer.body}
          mayChange={me.groups.some((group) => group === "officer" || group === "registrar")}
          onChanged={retry}
        />
      )}
    </>
  );
}

function Room({ room, mayChange, onChanged }: Readonly<{ room: RollRoom; mayChange: boolean; onChanged: () => void }>) {
  const words = useOfficeMessages().officeRoll;
  const inLanguage = useBilingual();
  const [given, setGiven] = useState<File>();
  const { definition, questions, is_closed, under_way } = room;
  const others = questions.filter(({ electionId }) => electionId !== definition.electionId);
  return (
    <>
      <p>
        <strong>{inLanguage(definition.title)}</strong>{" "}
        <span class="quiet">{words.ofElection(definition.electionId)}</span>
      </p>
      <Figures room={room} />
      {is_closed && <p>{words.closed}</p>}
      {mayChange && under_way.length > 0 && <UnderWay room={room} onSigned={onChanged} />}
      {mayChange && !is_closed && (
        <>
          {others.length > 0 && <p>{words.onPaper(others.map(({ electionId }) => electionId).join(", "))}</p>}
          <UploadSection definition={definition} given={given} onDone={onChanged} />
          <PersonSection definition={definition} onDone={onChanged} />
          {definition.identity === undefined && <LettersSection room={room} onRoll={setGiven} />}
        </>
      )}
    </>
  );
}

function Figures({ room: { definition, regions, struck, voters } }: Readonly<{ room: RollRoom }>) {
  const words = useOfficeMessages().officeRoll;
  const language = useLanguage();
  const inLanguage = useBilingual();
  const named = new Map(definition.regions.map(({ regionId, name }) => [regionId, inLanguage(name)]));
  const elsewhere = regions.reduce((sum, region) => sum + region.voted_elsewhere, 0);
  const total = { region_id: "", voters, voted_elsewhere: elsewhere };
  const nameOf = ({ region_id }: RegionFigures): string =>
    region_id === "" ? words.total : (named.get(region_id) ?? words.country);
  const acts = (["reissued", "moved", "removed", "voted-elsewhere"] as const).filter((act) => (struck[act] ?? 0) > 0);
  return (
    <>
      <Table
        caption={words.figures}
        columns={[
          { key: "region", head: words.region, cell: nameOf },
          ...[
            { key: "voters", head: words.voters, cell: (row: RegionFigures) => formatCount(language, row.voters) },
            {
              key: "elsewhere",
              head: words.votedElsewhere,
              cell: (row: RegionFigures) => formatCount(language, row.voted_elsewhere),
            },
          ].map((column) => ({ ...column, isFigure: true })),
        ]}
        rows={regions.length > 1 ? [...regions, total] : regions}
        keyOf={({ region_id }) => region_id}
      />
      {acts.length > 0 && (
        <>
          <h2>{words.struckTitle}</h2>
          <ul>
            {acts.map((act) => (
              <li key={act}>{words.struck[act](struck[act] ?? 0)}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function UnderWay({ room, onSigned }: Readonly<{ room: RollRoom; onSigned: () => void }>) {
  const words = useOfficeMessages().officeRoll;
  const [isAsked, setAsked] = useState(false);
  const { electionId } = room.definition;
  return (
    <div role="status">
      <p>{words.underWay(room.under_way.length)}</p>
      <button type="button" class="button" onClick={() => setAsked(true)}>
        {words.signNow}
      </button>
      {isAsked && (
        <ConfirmDialog
          title={words.signTitle}
          act={words.sign}
          asksReason
          send={(reason) => officePost(`/office/elections/${encodeURIComponent(electionId)}/roll/state`, { reason })}
          onDone={() => {
            setAsked(false);
            onSigned();
          }}
          onClose={() => setAsked(false)}
        >
          <p>{words.signWhat}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
