import { useState } from "preact/hooks";
import type { Done } from "#functions/office/polling/contract.ts";
import { useBilingual } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { type ActProps, refusedHere } from "#web/office/polling/act-props.ts";
import {
  changesIn,
  fieldKey,
  found,
  keyOf,
  type Place,
  placesOf,
  type Subject,
  subjectsOf,
  type Typed,
  typedFrom,
} from "#web/office/polling/correctable.ts";
import { VoterReads } from "#web/office/polling/voter-reads.tsx";
import { toldCorrected } from "#web/office/polling/voters-words.ts";
import { officePost } from "#web/office/shell/answers.tsx";
import { ConfirmDialog } from "#web/office/shell/confirm-dialog.tsx";
import { SelectField, TextField } from "#web/office/shell/field.tsx";

/** More are found by typing. */
const LISTED = 30;

/** Correcting how a name is spelt, or a text: exactly what may be corrected, and nothing else. */
export function CorrectForm({ path, changeable, onDone, onClose }: ActProps) {
  const t = useOfficeMessages();
  const inLanguage = useBilingual();
  const { definition } = changeable;
  const subjects = subjectsOf(definition);
  const [sought, setSought] = useState("");
  const [chosen, setChosen] = useState("");
  const [typed, setTyped] = useState<Typed>({});
  const subject = subjects.find((one) => keyOf(one) === chosen);
  const places = subject === undefined ? [] : placesOf(subject);
  const { corrected, incomplete } = changesIn(definition, places, typed);
  const nameOf = (one: Subject): string =>
    "name" in one ? `${inLanguage(one.name)} (${one.id})` : t.officePolling.correct[one.kind];

  const choose = (key: string): void => {
    setChosen(key);
    const next = subjects.find((one) => keyOf(one) === key);
    setTyped(next === undefined ? {} : typedFrom(definition, placesOf(next)));
  };
  const send = async (reason: string) => {
    if (incomplete.length > 0) return refusedHere(t.officePolling.correct.bothLanguages);
    if (corrected.length === 0) return refusedHere(t.officePolling.correct.nothingNew);
    return officePost<Done>(`${path}/correct`, { texts: corrected.map(({ of, to }) => ({ of, to })), reason });
  };
  const isApart = definition.votingMethod !== "referendum" && definition.biographies !== undefined;
  return (
    <ConfirmDialog<Done>
      title={t.officePolling.correct.name}
      asksReason
      act={t.officePolling.correct.act}
      send={send}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{t.officePolling.correct.what}</p>
      {isApart && <p class="quiet">{t.officePolling.correct.apart}</p>}
      {subjects.length > LISTED && (
        <TextField label={t.officePolling.correct.find} type="search" value={sought} onInput={setSought} />
      )}
      <SelectField
        label={t.officePolling.correct.which}
        value={chosen}
        options={[
          { value: "", text: "" },
          ...found(subjects, sought).map((one) => ({ value: keyOf(one), text: nameOf(one) })),
        ]}
        onChange={choose}
      />
      {places.map((place) => (
        <PlaceFields
          key={place.of}
          place={place}
          typed={typed}
          onTyped={(key, value) => setTyped({ ...typed, [key]: value })}
        />
      ))}
      {corrected.length > 0 && (
        <VoterReads told={corrected.map((one) => toldCorrected(definition, one, new Date().toISOString()))} />
      )}
    </ConfirmDialog>
  );
}

type FieldsProps = Readonly<{ place: Place; typed: Typed; onTyped: (key: string, value: string) => void }>;

function PlaceFields({ place: { of, field, isBilingual }, typed, onTyped }: FieldsProps) {
  const t = useOfficeMessages();
  const { correct } = t.officePolling;
  const labels = {
    text: of === "contact" ? correct.contact : correct.summary,
    name: correct.partyName,
    firstName: correct.first,
    lastName: correct.last,
    bio: correct.bio,
  };
  if (!isBilingual) {
    const key = fieldKey(of, "");
    return <TextField label={labels[field]} value={typed[key] ?? ""} onInput={(value) => onTyped(key, value)} />;
  }
  return (
    <>
      {(["en", "fr"] as const).map((language) => {
        const key = fieldKey(of, language);
        return (
          <TextField
            key={key}
            label={`${labels[field]}, ${correct.in[language]}`}
            value={typed[key] ?? ""}
            lang={language}
            {...(field !== "name" && { rows: 3 })}
            onInput={(value) => onTyped(key, value)}
          />
        );
      })}
    </>
  );
}
