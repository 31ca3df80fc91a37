import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { checkCredentials, normaliseCredential } from "#core/credential.ts";
import type { CredentialField } from "#core/election.ts";
import { loader } from "#web/load-part.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { Heading } from "#web/shell/heading.tsx";
import { Told } from "#web/shell/told.tsx";
import { InputFault, StepActions, type StepProps } from "#web/vote/step.tsx";

/** Loaded with the first mistake. Without a connection a field says only that something is wrong. */
let faultWords: typeof import("#web/vote/faults.ts").faultWords | undefined;
const LONGEST_WAIT_MS = 2_000;

const loadFaults = loader("faults", () => import("#web/vote/faults.ts"));

async function loadFaultWords(): Promise<void> {
  ({ faultWords } = await loadFaults());
}

/** The definition's credential fields. Nothing leaves the page before the ballot does. */
export function IdentityStep({
  election,
  session,
  update,
  why,
  next,
  onFilled,
}: Omit<StepProps, "regionId"> &
  Readonly<{
    /** What the fields are for, where it is something else than to be found on the roll. */
    why?: string;
    next: string;
    onFilled: () => void;
  }>) {
  const t = useMessages();
  const language = useLanguage();
  const form = useRef<HTMLFormElement>(null);
  const [attempts, setAttempts] = useState(0);
  const { definition } = election;
  const { credentials, refusals } = session;

  const check = checkCredentials(definition, credentials);
  const faulty = check.ok || attempts === 0 ? [] : check.fields;
  const refusalOf = (field: CredentialField): string | undefined => {
    const { name } = field;
    if (refusals[name] !== undefined || !faulty.includes(name)) return refusals[name];
    return faultWords?.(language, field, normaliseCredential(credentials[name] ?? "")) ?? t.identity.wrong;
  };
  const isRefused = election.credential_fields.some((field) => refusalOf(field) !== undefined);
  const isServerRefusal = Object.keys(refusals).length > 0;

  const submit = (event: Event): void => {
    event.preventDefault();
    if (check.ok && !isServerRefusal) {
      onFilled();
      return;
    }
    const tell = (): void => setAttempts((last) => last + 1);
    const late = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS));
    Promise.race([loadFaultWords(), late]).then(tell, tell);
  };
  useLayoutEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [attempts, isServerRefusal]);

  return (
    <form ref={form} onSubmit={submit} noValidate autocomplete="off">
      <Heading text={t.identity.title} isRefused={isRefused} />
      <p>{why ?? t.identity.why}</p>
      <InputFault id="identity-refusal" text={isRefused ? t.identity.summary : undefined} />
      {election.credential_fields.map((field) => (
        <TypedField
          key={field.name}
          field={field}
          value={credentials[field.name] ?? ""}
          refusal={refusalOf(field)}
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
          <Told text={inLanguage(hint)} />
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
