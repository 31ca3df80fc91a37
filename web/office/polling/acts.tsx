import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import type { Changeable, Done, PollingFigures } from "#functions/office/polling/contract.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import type { ActProps } from "#web/office/polling/act-props.ts";
import { CancelDialog } from "#web/office/polling/cancel-dialog.tsx";
import { CorrectForm } from "#web/office/polling/correct-form.tsx";
import { ExtendDialog, PostponeDialog, TakeBackDialog } from "#web/office/polling/times-dialogs.tsx";
import { WithdrawDialog } from "#web/office/polling/withdraw-dialog.tsx";

/** What an officer may do while people vote, each behind a button that says so. */

type Status = PollingFigures["status"];

const ACTS = {
  extend: ExtendDialog,
  takeBack: TakeBackDialog,
  postpone: PostponeDialog,
  correct: CorrectForm,
  withdraw: WithdrawDialog,
  cancel: CancelDialog,
} as const satisfies Record<string, FunctionComponent<ActProps>>;
type ActName = keyof typeof ACTS;

/** Those that the server would not refuse at once. */
function possible(
  status: Status,
  { definition, is_stated: isStated, first_closes_at: first }: Changeable,
): readonly ActName[] {
  if (status === "closed" || status === "cancelled") return [];
  const isRace = definition.votingMethod !== "referendum";
  return [
    "extend",
    ...(Date.parse(definition.closesAt) > Date.parse(first) ? (["takeBack"] as const) : []),
    ...(status === "upcoming" ? (["postpone"] as const) : []),
    ...(isStated ? (["correct"] as const) : []),
    ...(isRace ? (["withdraw"] as const) : []),
    "cancel",
  ];
}

type Props = Readonly<{ path: string; status: Status; changeable: Changeable; onDone: (done: Done) => void }>;

export function Acts({ path, status, changeable, onDone }: Props) {
  const t = useOfficeMessages();
  const [open, setOpen] = useState<ActName>();
  const acts = possible(status, changeable);
  const Open = open === undefined ? undefined : ACTS[open];
  if (acts.length === 0) return <p>{t.officePolling.nothingNow}</p>;
  return (
    <>
      {!changeable.is_stated && <p class="quiet">{t.officePolling.notStated}</p>}
      <ul class="polling-acts">
        {acts.map((act) => (
          <li key={act}>
            <button type="button" class={`button ${act === "cancel" ? "grave" : ""}`} onClick={() => setOpen(act)}>
              {t.officePolling[act].name}
            </button>
          </li>
        ))}
      </ul>
      {Open !== undefined && (
        <Open
          path={path}
          changeable={changeable}
          onClose={() => setOpen(undefined)}
          onDone={(done) => {
            setOpen(undefined);
            onDone(done);
          }}
        />
      )}
    </>
  );
}
