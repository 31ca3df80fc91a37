import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { checkCredentials } from "#core/credential.ts";
import type { CredentialField } from "#core/election.ts";
import { useBilingual, useMessages } from "#web/messages/catalogue.ts";
import { Heading } from "#web/shell/heading.tsx";
import { InputFault, StepActions, type StepProps } from "#web/vote/step.tsx";

/** The definition's credential fields. Nothing leaves the page before the ballot does. */
export function IdentityStep({
  election,
  session,
  update,
  next,
  onFilled,
}: Omit<StepProps, "regionId"> & Readonly<{ next: string; onFilled: () => void }>) {
  const t = useMessages();
  const form = useRef<HTMLFormElement>(null);
  const [attempts, setAttempts] = useState(0);
  const { definition } = election;
  const { credentials, refusals } = session;

  const check = checkCredentials(definition, credentials);
  const faulty = check.ok ? [] : check.fields;
  const refusalOf = (name: string): string | undefined => {
    if (refusals[name] !== undefined) return refusals[name];
    if (attempts === 0 || !faulty.includes(name)) return undefined;
    return (credentials[name] ?? "").trim() === "" ? t.identity.missing : t.identity.pattern;
  };
  const isRefused = election.credential_fields.some(({ name }) => refusalOf(name) !== undefined);

  const submit = (event: Event): void => {
    event.preventDefault();
    setAttempts(attempts + 1);
    if (check.ok && Object.keys(refusals).length === 0) onFilled();
  };
  const isServerRefusal = Object.keys(refusals).length > 0;
  useLayoutEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [attempts, isServerRefusal]);

  return (
    <form ref={form} onSubmit={submit} noValidate autocomplete="off">
      <Heading text={t.identity.title} />
      <p>{t.identity.why}</p>
      <InputFault id="identity-refusal" text={isRefused ? t.identity.summary : undefined} />
      {election.credential_fields.map((field) => (
        <TypedField
          key={field.name}
          field={field}
          value={credentials[field.name] ?? ""}
          refusal={refusalOf(field.name)}
          onTyped={(typed) => {
            const { [field.name]: _answered, ...otherRefusals } = refusals;
            update({ credentials: { ...credentials, [field.name]: typed }, refusals: otherRefusals });
          }}
        />
      ))}
      <StepActions next={next} onBack={() => history.back()} />
    </form>
  );
}

function TypedField({
  field,
  value,
  refusal,
  onTyped,
}: Readonly<{ field: CredentialField; value: string; refusal: string | undefined; onTyped: (typed: string) => void }>) {
  const inLanguage = useBilingual();
  const { name, label, hint, inputMode } = field;
  return (
    <div class="field">
      <label for={name}>{inLanguage(label)}</label>
      {hint !== undefined && (
        <p id={`${name}-hint`} class="quiet">
          {inLanguage(hint)}
        </p>
      )}
      <input
        id={name}
        value={value}
        onInput={(event) => onTyped(event.currentTarget.value)}
        inputMode={inputMode}
        autocomplete="off"
        autocapitalize="characters"
        autocorrect="off"
        spellcheck={false}
        required
        aria-invalid={refusal !== undefined}
        aria-describedby={`${hint === undefined ? "" : `${name}-hint `}${name}-refusal`}
      />
      <p id={`${name}-refusal`} class="field-refusal">
        {refusal}
      </p>
    </div>
  );
}
