import { useState } from "preact/hooks";
import { rollFields, rollIdentity } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { PersonActed } from "#functions/office-roll/contract.ts";
import { useBilingual } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { Fingerprint } from "#web/office/roll/upload-section.tsx";
import { officePost } from "#web/office/shell/answers.tsx";
import { ConfirmDialog } from "#web/office/shell/confirm-dialog.tsx";
import { SelectField, TextField } from "#web/office/shell/field.tsx";
import type { OfficeAnswer } from "#web/office/shell/office-api.ts";
import { useToldAnswer } from "#web/office/shell/told-answer.ts";

const ACTS = ["reissue", "add", "move", "remove", "voted-elsewhere"] as const;
type Act = (typeof ACTS)[number];

/** What cannot be taken back without a new code is asked about again. */
const IS_ASKED: Readonly<Record<Act, boolean>> = {
  add: false,
  reissue: false,
  move: false,
  remove: true,
  "voted-elsewhere": true,
};

/** What was done, and for whom, by what was typed of them. */
type DoneFor = Readonly<{ acted: PersonActed; who: string }>;

/** What is done for somebody at the counter. A new code is shown once. */
export function PersonSection({
  definition,
  onDone,
}: Readonly<{ definition: ElectionDefinition; onDone: () => void }>) {
  const t = useOfficeMessages();
  const inLanguage = useBilingual();
  const told = useToldAnswer();
  const { electionId, regions, identity } = definition;
  const acts = ACTS.filter(
    (one) => (one !== "move" || regions.length > 0) && (one !== "reissue" || identity === undefined),
  );
  const [act, setAct] = useState<Act>(acts[0] ?? "add");
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [regionId, setRegionId] = useState("");
  const [reason, setReason] = useState("");
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const [answer, setAnswer] = useState<OfficeAnswer<PersonActed>>();
  const [done, setDone] = useState<DoneFor>();
  const all = rollFields(definition);
  const fields = rollIdentity(all, all);
  const asksRegion = regions.length > 0 && (act === "add" || act === "move");
  const isFilled =
    fields.every(({ name }) => (typed[name] ?? "").trim() !== "") &&
    (!asksRegion || regionId !== "") &&
    reason.trim() !== "";

  const who = fields.map(({ name, label }) => `${inLanguage(label)} ${(typed[name] ?? "").trim()}`).join(", ");

  const send = (): Promise<OfficeAnswer<PersonActed>> =>
    officePost<PersonActed>(`/office/elections/${encodeURIComponent(electionId)}/roll/${act}`, {
      credentials: typed,
      ...(asksRegion && { region_id: regionId }),
      reason: reason.trim(),
    });
  const finish = (acted: PersonActed): void => {
    setAsked(false);
    setDone({ acted, who });
    setTyped({});
    setReason("");
    setTried(false);
    onDone();
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!isFilled || isBusy) return;
    setAnswer(undefined);
    setDone(undefined);
    if (IS_ASKED[act]) return setAsked(true);
    setBusy(true);
    const given = await send();
    setBusy(false);
    if (given.kind === "ok") finish(given.body);
    else setAnswer(given);
  };

  // The next person is not begun while a code of the last is on the screen.
  if (done?.acted.code !== undefined) {
    return (
      <section class="roll-section" aria-labelledby="roll-person">
        <h2 id="roll-person">{t.officeRoll.person.title}</h2>
        <Acted {...done} onHide={() => setDone(undefined)} />
      </section>
    );
  }
  return (
    <section class="roll-section" aria-labelledby="roll-person">
      <h2 id="roll-person">{t.officeRoll.person.title}</h2>
      <form noValidate autocomplete="off" onSubmit={(event) => void submit(event)}>
        <SelectField
          label={t.officeRoll.person.act}
          hint={t.officeRoll.person.hints[act]}
          value={act}
          options={acts.map((value) => ({ value, text: t.officeRoll.person.acts[value] }))}
          onChange={setAct}
        />
        {fields.map(({ name, label }) => (
          <TextField
            key={name}
            label={inLanguage(label)}
            value={typed[name] ?? ""}
            onInput={(value) => setTyped((last) => ({ ...last, [name]: value }))}
          />
        ))}
        {asksRegion && (
          <SelectField
            label={t.officeRoll.person.region}
            value={regionId}
            options={[
              { value: "", text: "–" },
              ...regions.map((region) => ({ value: region.regionId, text: inLanguage(region.name) })),
            ]}
            onChange={setRegionId}
          />
        )}
        <TextField label={t.officeRoll.person.reason} value={reason} onInput={setReason} maxLength={300} />
        {isTried && !isFilled && (
          <p role="alert" class="refusal">
            {t.officeRoll.person.fill}
          </p>
        )}
        {answer !== undefined && answer.kind !== "ok" && (
          <p role="alert" class="refusal lines">
            {told(answer)}
          </p>
        )}
        <button type="submit" class="button primary" aria-disabled={isBusy}>
          {isBusy ? t.shell.working : t.officeRoll.person.buttons[act]}
        </button>
      </form>
      {done !== undefined && <Acted {...done} onHide={() => setDone(undefined)} />}
      {isAsked && (
        <ConfirmDialog<PersonActed>
          title={t.officeRoll.person.acts[act]}
          act={t.officeRoll.person.buttons[act]}
          isGrave
          send={send}
          onDone={finish}
          onClose={() => setAsked(false)}
        >
          <p>
            <strong>{who}</strong>
          </p>
          <p>{t.officeRoll.person.hints[act]}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

function Acted({ acted, who, onHide }: DoneFor & Readonly<{ onHide: () => void }>) {
  const t = useOfficeMessages();
  return (
    <div role="status" class="person-acted">
      <p>
        {t.officeRoll.person.done} <strong>{who}</strong>
      </p>
      {acted.warnings.map((warning) => (
        <p key={warning} class="refusal">
          {warning}
        </p>
      ))}
      {acted.code !== undefined && (
        <>
          <p>
            {t.officeRoll.person.code} <strong class="new-code">{acted.code}</strong>
          </p>
          <p>{t.officeRoll.person.codeOnce}</p>
          <button type="button" class="button" onClick={onHide}>
            {t.officeRoll.person.hide}
          </button>
        </>
      )}
      {acted.newest !== undefined && <Fingerprint label={t.officeRoll.person.newest} sha256={acted.newest} />}
    </div>
  );
}
