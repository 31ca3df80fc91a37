import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** Fields of forms: a label, a hint, and what is wrong, beside what is typed. */

type Labelled = Readonly<{
  label: string;
  hint?: ComponentChildren;
  /** What is wrong with the value; undefined when nothing is. */
  fault?: string | undefined;
  /** By which the field is found on the page. */
  place?: string;
}>;

type Parts = Readonly<{ id: string; "aria-describedby": string; "aria-invalid": boolean }>;

/** Any control with its label. @param children gets the attributes that tie the control to its label, hint and fault */
export function Field({
  label,
  hint,
  fault,
  place,
  children,
}: Labelled & Readonly<{ children: (parts: Parts) => ComponentChildren }>) {
  const id = useId();
  return (
    <div class="field" data-place={place}>
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p id={`${id}-hint`} class="quiet">
          {hint}
        </p>
      )}
      {children({ id, "aria-describedby": `${id}-hint ${id}-fault`, "aria-invalid": fault !== undefined })}
      <p id={`${id}-fault`} class="field-refusal" role="alert">
        {fault}
      </p>
    </div>
  );
}

type TextFieldProps = Labelled &
  Readonly<{
    value: string;
    onInput: (value: string) => void;
    onBlur?: () => void;
    type?: "text" | "number" | "date" | "time" | "datetime-local" | "color" | "url" | "search";
    /** More than one line. */
    rows?: number;
    /** Of what is typed. */
    lang?: string;
    isReadOnly?: boolean;
    maxLength?: number;
  }>;

export function TextField({
  value,
  onInput,
  onBlur,
  type = "text",
  rows,
  lang,
  isReadOnly = false,
  maxLength,
  ...labelled
}: TextFieldProps) {
  return (
    <Field {...labelled}>
      {(parts) => {
        const common = {
          ...parts,
          value,
          readOnly: isReadOnly,
          autocomplete: "off",
          ...(lang !== undefined && { lang }),
          ...(maxLength !== undefined && { maxLength }),
          ...(onBlur !== undefined && { onBlur }),
        } as const;
        return rows === undefined ? (
          // Preact's types tell each kind of input apart, where a union fits none.
          <input {...common} type={type as "text"} onInput={({ currentTarget }) => onInput(currentTarget.value)} />
        ) : (
          <textarea {...common} rows={rows} onInput={({ currentTarget }) => onInput(currentTarget.value)} />
        );
      }}
    </Field>
  );
}

type SelectFieldProps<Value extends string> = Labelled &
  Readonly<{
    value: Value;
    options: readonly Readonly<{ value: Value; text: string }>[];
    onChange: (value: Value) => void;
  }>;

export function SelectField<Value extends string>({ value, options, onChange, ...labelled }: SelectFieldProps<Value>) {
  return (
    <Field {...labelled}>
      {(parts) => (
        <select
          {...parts}
          value={value}
          onChange={({ currentTarget }) => {
            const chosen = options[currentTarget.selectedIndex];
            if (chosen !== undefined) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function CheckField({
  label,
  hint,
  isChecked,
  onChange,
}: Readonly<{ label: string; hint?: ComponentChildren; isChecked: boolean; onChange: (isChecked: boolean) => void }>) {
  const id = useId();
  return (
    <div class="check-field">
      <input
        id={id}
        type="checkbox"
        checked={isChecked}
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p id={`${id}-hint`} class="quiet">
          {hint}
        </p>
      )}
    </div>
  );
}
