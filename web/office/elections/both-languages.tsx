import type { BilingualText } from "#core/election.ts";
import { useFaults } from "#web/office/elections/faults.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { TextField } from "#web/office/shell/field.tsx";

type Props = Readonly<{
  label: string;
  hint?: string;
  value: BilingualText;
  onInput: (value: BilingualText) => void;
  /** Where it stands in the definition. */
  place: readonly PropertyKey[];
  rows?: number;
}>;

/** A text in both languages, side by side, each with its faults. */
export function BothLanguages({ label, hint, value, onInput, place, rows }: Props) {
  const t = useOfficeMessages();
  const faultAt = useFaults();
  const common = { ...(hint !== undefined && { hint }), ...(rows !== undefined && { rows }) };
  return (
    <div class="both-languages">
      <TextField
        {...common}
        label={t.officeElections.editor.inEnglish(label)}
        lang="en"
        value={value.en}
        onInput={(en) => onInput({ ...value, en })}
        {...faultAt(...place, "en")}
      />
      <TextField
        {...common}
        label={t.officeElections.editor.inFrench(label)}
        lang="fr"
        value={value.fr}
        onInput={(fr) => onInput({ ...value, fr })}
        {...faultAt(...place, "fr")}
      />
    </div>
  );
}
