import { useState } from "preact/hooks";
import { closingSlip } from "#core/closing-slip.ts";
import { formatInstant } from "#core/instant-words.ts";
import type { Done } from "#functions/office/polling/contract.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { type ActProps, refusedHere } from "#web/office/polling/act-props.ts";
import { shownTime, typedTime } from "#web/office/polling/typed-time.ts";
import { VoterReads } from "#web/office/polling/voter-reads.tsx";
import { toldClosing, toldPostponed } from "#web/office/polling/voters-words.ts";
import { officePost } from "#web/office/shell/answers.tsx";
import { ConfirmDialog } from "#web/office/shell/confirm-dialog.tsx";
import { CheckField, TextField } from "#web/office/shell/field.tsx";

/** Moving the closing, to later and back, and until voting opens both times. */

type TimeProps = Readonly<{ label: string; value: string; timeZone: string; onInput: (value: string) => void }>;

function TimeField({ label, value, timeZone, onInput }: TimeProps) {
  const t = useOfficeMessages();
  const fault = typedTime(value, timeZone) === undefined ? t.officePolling.badTime : undefined;
  return (
    <TextField
      label={label}
      hint={t.officePolling.times(timeZone)}
      type="datetime-local"
      value={value}
      onInput={onInput}
      fault={fault}
    />
  );
}

type MeantProps = Readonly<{
  closing: Readonly<{ closesAt: string; timeZone: string }>;
  to: string | undefined;
  isMeant: boolean;
  onChange: (isMeant: boolean) => void;
}>;

/** Asked about a closing that may be a slip. */
function Meant({ closing, to, isMeant, onChange }: MeantProps) {
  const t = useOfficeMessages();
  const slip = to === undefined ? undefined : closingSlip(closing, to);
  if (slip === undefined) return null;
  const label =
    slip.kind === "another-year"
      ? t.officePolling.meant["another-year"](slip.year)
      : t.officePolling.meant["many-days"](slip.days);
  return <CheckField label={label} isChecked={isMeant} onChange={onChange} />;
}

const HOUR_MS = 3_600_000;
const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

type ClosingProps = ActProps & Readonly<{ name: "extend" | "takeBack"; what: string; proposed: string }>;

function ClosingDialog({ path, changeable, onDone, onClose, name, what, proposed }: ClosingProps) {
  const t = useOfficeMessages();
  const { timeZone, closesAt } = changeable.definition;
  const [typed, setTyped] = useState(shownTime(proposed, timeZone));
  const [isMeant, setMeant] = useState(false);
  const to = typedTime(typed, timeZone);
  const needsYes = to !== undefined && closingSlip({ closesAt, timeZone }, to) !== undefined;
  const send = async (reason: string) => {
    if (to === undefined) return refusedHere(t.officePolling.badTime);
    if (needsYes && !isMeant) return refusedHere(t.officePolling.mustBeMeant);
    return officePost<Done>(`${path}/extend`, { closes_at: to, reason, is_meant: isMeant });
  };
  return (
    <ConfirmDialog<Done>
      title={t.officePolling[name].name}
      asksReason
      act={t.officePolling[name].act}
      send={send}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{what}</p>
      <TimeField label={t.officePolling.newClosing} value={typed} timeZone={timeZone} onInput={setTyped} />
      <Meant closing={{ closesAt, timeZone }} to={to} isMeant={isMeant} onChange={setMeant} />
      {to !== undefined && <VoterReads told={[toldClosing({ timeZone }, to)]} />}
    </ConfirmDialog>
  );
}

export function ExtendDialog(props: ActProps) {
  const t = useOfficeMessages();
  const { closesAt } = props.changeable.definition;
  return (
    <ClosingDialog {...props} name="extend" what={t.officePolling.extend.what} proposed={later(closesAt, HOUR_MS)} />
  );
}

export function TakeBackDialog(props: ActProps) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const { definition, first_closes_at: first } = props.changeable;
  const what = t.officePolling.takeBack.what(formatInstant(language, first, definition.timeZone));
  return <ClosingDialog {...props} name="takeBack" what={what} proposed={first} />;
}

const DAY_MS = 24 * HOUR_MS;

export function PostponeDialog({ path, changeable, onDone, onClose }: ActProps) {
  const t = useOfficeMessages();
  const { timeZone, opensAt, closesAt, electionId } = changeable.definition;
  const [opens, setOpens] = useState(shownTime(later(opensAt, DAY_MS), timeZone));
  const [closes, setCloses] = useState(shownTime(later(closesAt, DAY_MS), timeZone));
  const [isMeant, setMeant] = useState(false);
  const [from, to] = [typedTime(opens, timeZone), typedTime(closes, timeZone)];
  const needsYes = to !== undefined && closingSlip({ closesAt, timeZone }, to) !== undefined;
  const send = async (reason: string) => {
    if (from === undefined || to === undefined) return refusedHere(t.officePolling.badTime);
    if (needsYes && !isMeant) return refusedHere(t.officePolling.mustBeMeant);
    const asked = { opens_at: from, closes_at: to, reason, typed: electionId, is_meant: isMeant };
    return officePost<Done>(`${path}/postpone`, asked);
  };
  return (
    <ConfirmDialog<Done>
      title={t.officePolling.postpone.name}
      word={electionId}
      asksReason
      act={t.officePolling.postpone.act}
      send={send}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{t.officePolling.postpone.what}</p>
      <TimeField label={t.officePolling.newOpening} value={opens} timeZone={timeZone} onInput={setOpens} />
      <TimeField label={t.officePolling.newClosing} value={closes} timeZone={timeZone} onInput={setCloses} />
      <Meant closing={{ closesAt, timeZone }} to={to} isMeant={isMeant} onChange={setMeant} />
      {from !== undefined && to !== undefined && (
        <VoterReads told={[toldPostponed({ timeZone }, from), toldClosing({ timeZone }, to)]} />
      )}
    </ConfirmDialog>
  );
}
