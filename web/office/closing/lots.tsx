import { useState } from "preact/hooks";
import type { ClosingAnswer } from "#functions/office/closing/contract.ts";
import { useBilingual } from "#web/messages/catalogue.ts";
import type { RoomState } from "#web/office/closing/room-state.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { officePost } from "#web/office/shell/answers.tsx";
import { TextField } from "#web/office/shell/field.tsx";
import type { OfficeAnswer } from "#web/office/shell/office-api.ts";
import { useToldAnswer } from "#web/office/shell/told-answer.ts";

type Tie = ClosingAnswer["ties"][number];

/** Ties that no rule breaks, and the lots drawn over them in public. */
export function Lots(room: RoomState) {
  const t = useOfficeMessages();
  const { ties } = room.standing;
  if (ties.length === 0) return null;
  return (
    <section aria-labelledby="lots">
      <h2 id="lots">{t.officeClosing.lots.title}</h2>
      <p>{t.officeClosing.lots.why}</p>
      {ties.map((tie) => (
        <Lot key={`${tie.region_id} ${tie.tied.map(({ candidate_id: id }) => id).join(" ")}`} tie={tie} {...room} />
      ))}
    </section>
  );
}

function Lot({ tie, standing, isOfficer, refresh }: RoomState & Readonly<{ tie: Tie }>) {
  const t = useOfficeMessages();
  const told = useToldAnswer();
  const inLanguage = useBilingual();
  const [order, setOrder] = useState<readonly string[]>([]);
  const [witnesses, setWitnesses] = useState("");
  const [isTried, setTried] = useState(false);
  const [answer, setAnswer] = useState<OfficeAnswer<unknown>>();
  const names = witnesses
    .split("\n")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const isWhole = order.length === tie.tied.length;
  const nameOf = (id: string): string => tie.tied.find(({ candidate_id }) => candidate_id === id)?.name ?? id;

  const record = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!isWhole || names.length === 0) return;
    const path = `/office/elections/${encodeURIComponent(standing.election_id)}/lots`;
    const given = await officePost(path, { region_id: tie.region_id, order, witnesses: names });
    setAnswer(given);
    if (given.kind === "ok") refresh();
  };
  return (
    <form class="lot" onSubmit={(event) => void record(event)} noValidate>
      <h3>{tie.region === null ? t.officeClosing.lots.tie : inLanguage(tie.region)}</h3>
      <ul>
        {tie.tied.map(({ candidate_id: id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
      {isOfficer && (
        <>
          <fieldset>
            <legend>{t.officeClosing.lots.order}</legend>
            <ol>
              {order.map((id) => (
                <li key={id}>{nameOf(id)}</li>
              ))}
            </ol>
            <p class="actions">
              {tie.tied
                .filter(({ candidate_id: id }) => !order.includes(id))
                .map(({ candidate_id: id, name }) => (
                  <button key={id} type="button" class="button" onClick={() => setOrder([...order, id])}>
                    {t.officeClosing.lots.drawn(name, order.length + 1)}
                  </button>
                ))}
              {order.length > 0 && (
                <button type="button" class="button plain" onClick={() => setOrder([])}>
                  {t.officeClosing.lots.again}
                </button>
              )}
            </p>
            {isTried && !isWhole && (
              <p class="field-refusal" role="alert">
                {t.officeClosing.lots.orderMissing}
              </p>
            )}
          </fieldset>
          <TextField
            label={t.officeClosing.lots.witnesses}
            hint={t.officeClosing.lots.witnessesHint}
            value={witnesses}
            onInput={setWitnesses}
            rows={3}
            fault={isTried && names.length === 0 ? t.officeClosing.lots.witnessesMissing : undefined}
          />
          {answer !== undefined && answer.kind !== "ok" && (
            <p role="alert" class="refusal">
              {told(answer)}
            </p>
          )}
          <p class="actions">
            <button type="submit" class="button primary">
              {t.officeClosing.lots.act}
            </button>
          </p>
        </>
      )}
    </form>
  );
}
