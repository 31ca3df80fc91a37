import { useState } from "preact/hooks";
import type { Me } from "#functions/office/session/contract.ts";
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
  const t = useOfficeMessages();
  const inLanguage = useBilingual();
  const [given, setGiven] = useState<File>();
  const { definition, questions, is_closed, under_way } = room;
  const others = questions.filter(({ electionId }) => electionId !== definition.electionId);
  return (
    <>
      <p>
        <strong>{inLanguage(definition.title)}</strong>{" "}
        <span class="quiet">{t.officeRoll.ofElection(definition.electionId)}</span>
      </p>
      <Figures room={room} />
      {is_closed && <p>{t.officeRoll.closed}</p>}
      {mayChange && under_way.length > 0 && <UnderWay room={room} onSigned={onChanged} />}
      {mayChange && !is_closed && (
        <>
          {others.length > 0 && <p>{t.officeRoll.onPaper(others.map(({ electionId }) => electionId).join(", "))}</p>}
          <UploadSection definition={definition} given={given} onDone={onChanged} />
          <PersonSection definition={definition} onDone={onChanged} />
          {definition.identity === undefined && <LettersSection room={room} onRoll={setGiven} />}
        </>
      )}
    </>
  );
}

function Figures({ room: { definition, regions, struck, voters } }: Readonly<{ room: RollRoom }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const named = new Map(definition.regions.map(({ regionId, name }) => [regionId, inLanguage(name)]));
  const elsewhere = regions.reduce((sum, region) => sum + region.voted_elsewhere, 0);
  const total = { region_id: "", voters, voted_elsewhere: elsewhere };
  const nameOf = ({ region_id }: RegionFigures): string =>
    region_id === "" ? t.officeRoll.total : (named.get(region_id) ?? t.officeRoll.country);
  const acts = (["reissued", "moved", "removed", "voted-elsewhere"] as const).filter((act) => (struck[act] ?? 0) > 0);
  return (
    <>
      <Table
        caption={t.officeRoll.figures}
        columns={[
          { key: "region", head: t.officeRoll.region, cell: nameOf },
          ...[
            {
              key: "voters",
              head: t.officeRoll.voters,
              cell: (row: RegionFigures) => formatCount(language, row.voters),
            },
            {
              key: "elsewhere",
              head: t.officeRoll.votedElsewhere,
              cell: (row: RegionFigures) => formatCount(language, row.voted_elsewhere),
            },
          ].map((column) => ({ ...column, isFigure: true })),
        ]}
        rows={regions.length > 1 ? [...regions, total] : regions}
        keyOf={({ region_id }) => region_id}
      />
      {acts.length > 0 && (
        <>
          <h2>{t.officeRoll.struckTitle}</h2>
          <ul class="struck-codes">
            {acts.map((act) => (
              <li key={act}>{t.officeRoll.struck[act](struck[act] ?? 0)}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function UnderWay({ room, onSigned }: Readonly<{ room: RollRoom; onSigned: () => void }>) {
  const t = useOfficeMessages();
  const [isAsked, setAsked] = useState(false);
  const { electionId } = room.definition;
  return (
    <div role="status">
      <p>{t.officeRoll.underWay(room.under_way.length)}</p>
      <button type="button" class="button" onClick={() => setAsked(true)}>
        {t.officeRoll.signNow}
      </button>
      {isAsked && (
        <ConfirmDialog
          title={t.officeRoll.signTitle}
          act={t.officeRoll.sign}
          asksReason
          send={(reason) => officePost(`/office/elections/${encodeURIComponent(electionId)}/roll/state`, { reason })}
          onDone={() => {
            setAsked(false);
            onSigned();
          }}
          onClose={() => setAsked(false)}
        >
          <p>{t.officeRoll.signWhat}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
