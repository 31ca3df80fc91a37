import { useState } from "preact/hooks";
import { rollFields, rollIdentity } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { PersonActed } from "#functions/office-roll/contract.ts";
import { useBilingual } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { Fingerprint } from "#web/office/roll/upload-section.tsx";
import { officePost } from "#web/office/shell/answers.tsx";
import { SelectField, TextField } from "#web/office/shell/field.tsx";
import type { OfficeAnswer } from "#web/office/shell/office-api.ts";
import { useToldAnswer } from "#web/office/shell/told-answer.ts";

const ACTS = ["reissue", "add", "move", "remove", "voted-elsewhere"] as const;
type Act = (typeof ACTS)[number];

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
  const [answer, setAnswer] = useState<OfficeAnswer<PersonActed>>();
  const all = rollFields(definition);
  const fields = rollIdentity(all, all);
  const asksRegion = regions.length > 0 && (act === "add" || act === "move");
  const isFilled =
    fields.every(({ name }) => (typed[name] ?? "").trim() !== "") &&
    (!asksRegion || regionId !== "") &&
    reason.trim() !== "";

  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!isFilled || isBusy) return;
    setBusy(true);
    setAnswer(undefined);
    const path = `/office/elections/${encodeURIComponent(electionId)}/roll/${act}`;
    const given = await officePost<PersonActed>(path, {
      credentials: typed,
      ...(asksRegion && { region_id: regionId }),
      reason: reason.trim(),
    });
    setBusy(false);
    setAnswer(given);
    if (given.kind !== "ok") return;
    setTyped({});
    setReason("");
    setTried(false);
    onDone();
  };

  return (
    <section class="roll-section" aria-labelledby="roll-person">
      <h2 id="roll-person">{t.officeRoll.person.title}</h2>
      <form noValidate autocomplete="off" onSubmit={(event) => void send(event)}>
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
      {answer?.kind === "ok" && <Acted acted={answer.body} onHide={() => setAnswer(undefined)} />}
    </section>
  );
}

function Acted({ acted, onHide }: Readonly<{ acted: PersonActed; onHide: () => void }>) {
  const t = useOfficeMessages();
  return (
    <div role="status" class="person-acted">
      <p>{t.officeRoll.person.done}</p>
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
