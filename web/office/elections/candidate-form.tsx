import { useId, useState } from "preact/hooks";
import type { StoredPhoto } from "#functions/office/elections/contract.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { BothLanguages } from "#web/office/elections/both-languages.tsx";
import type { Draft, DraftCandidate } from "#web/office/elections/draft.ts";
import { type FaultAt, useFaults } from "#web/office/elections/faults.ts";
import { smallPhoto } from "#web/office/elections/photo-file.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { officePost } from "#web/office/shell/answers.tsx";
import { CheckField, SelectField, TextField } from "#web/office/shell/field.tsx";
import { useToldAnswer } from "#web/office/shell/told-answer.ts";

type Props = Readonly<{
  draft: Draft;
  candidate: DraftCandidate;
  index: number;
  onChange: (candidate: DraftCandidate) => void;
  onRemove: () => void;
}>;

export function CandidateForm({ draft, candidate, index, onChange, onRemove }: Props) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const faultAt = useFaults();
  const change = (changed: Partial<DraftCandidate>): void => onChange({ ...candidate, ...changed });
  const at = (...place: readonly PropertyKey[]) => faultAt("candidates", index, ...place);
  const standing = at("regionIds");
  const all = draft.regions.map(({ regionId }) => regionId);
  const standsIn = (regionId: string, isIn: boolean): readonly string[] =>
    all.filter((id) => (id === regionId ? isIn : candidate.regionIds.includes(id)));
  const name = `${candidate.firstName} ${candidate.lastName}`.trim();
  return (
    <div class="candidate-form">
      <div class="both-languages">
        <TextField
          label={t.officeElections.editor.firstName}
          value={candidate.firstName}
          onInput={(firstName) => change({ firstName })}
          {...at("firstName")}
        />
        <TextField
          label={t.officeElections.editor.lastName}
          value={candidate.lastName}
          onInput={(lastName) => change({ lastName })}
          {...at("lastName")}
        />
      </div>
      <TextField
        label={t.officeElections.editor.id}
        value={candidate.candidateId}
        onInput={(candidateId) => change({ candidateId })}
        {...at("candidateId")}
      />
      <SelectField
        label={t.officeElections.editor.party}
        value={candidate.partyId}
        options={[
          { value: "", text: t.officeElections.editor.independent },
          ...draft.parties.map(({ partyId, name: party }) => ({ value: partyId, text: party[language] || partyId })),
        ]}
        onChange={(partyId) => change({ partyId })}
        {...at("partyId")}
      />
      {(all.length > 1 || standing.fault !== undefined) && (
        <fieldset class="choices" data-place={standing.place}>
          <legend tabIndex={-1}>{t.officeElections.editor.standsIn}</legend>
          {standing.fault !== undefined && <p class="refusal">{standing.fault}</p>}
          <CheckField
            label={t.officeElections.editor.everywhere}
            isChecked={all.every((id) => candidate.regionIds.includes(id))}
            onChange={(isIn) => change({ regionIds: isIn ? all : [] })}
          />
          {draft.regions.map(({ regionId, name: region }) => (
            <CheckField
              key={regionId}
              label={region[language] || regionId}
              isChecked={candidate.regionIds.includes(regionId)}
              onChange={(isIn) => change({ regionIds: standsIn(regionId, isIn) })}
            />
          ))}
        </fieldset>
      )}
      <BothLanguages
        label={t.officeElections.editor.bio}
        value={candidate.bio}
        onInput={(bio) => change({ bio })}
        place={["candidates", index, "bio"]}
        rows={5}
      />
      <Photo photo={candidate.photo} onChange={(photo) => change({ photo })} {...at("photo")} />
      <button type="button" class="button small" onClick={onRemove}>
        {t.officeElections.editor.remove(t.officeElections.editor.candidate(name))}
      </button>
    </div>
  );
}

function Photo({
  photo,
  onChange,
  place,
  fault,
}: Readonly<{ photo: string; onChange: (photo: string) => void }> & FaultAt) {
  const t = useOfficeMessages();
  const told = useToldAnswer();
  const id = useId();
  const [state, setState] = useState<"busy" | Readonly<{ refusal: string }>>();
  const choose = async (file: File): Promise<void> => {
    setState("busy");
    const bytes = await smallPhoto(file);
    if (bytes === undefined) return setState({ refusal: t.officeElections.editor.photoBad });
    const answer = await officePost<StoredPhoto>("/office/photos", { bytes });
    if (answer.kind !== "ok") return setState({ refusal: told(answer) });
    setState(undefined);
    onChange(answer.body.photo);
  };
  const refusal = typeof state === "object" ? state.refusal : fault;
  return (
    <div class="field photo-field" data-place={place}>
      <label for={id}>{t.officeElections.editor.photo}</label>
      <p id={`${id}-hint`} class="quiet">
        {t.officeElections.editor.photoHint}
      </p>
      {photo !== "" && <img class="candidate-photo" src={photo} alt="" width="56" height="72" />}
      <input
        id={id}
        type="file"
        accept="image/*"
        aria-describedby={`${id}-hint ${id}-state`}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = "";
          if (file !== undefined) void choose(file);
        }}
      />
      <p id={`${id}-state`} class="field-refusal" role="alert">
        {refusal}
      </p>
      {state === "busy" && <p role="status">{t.officeElections.editor.photoBusy}</p>}
      {photo !== "" && (
        <button type="button" class="button small" onClick={() => onChange("")}>
          {t.officeElections.editor.photoRemove}
        </button>
      )}
    </div>
  );
}
