import type { ComponentChildren } from "preact";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useBilingual, useMessages } from "#web/messages/catalogue.ts";
import type { Step } from "#web/navigation.ts";
import type { Session } from "#web/vote/session.ts";

export type StepProps = Readonly<{
  election: PublicElection;
  regionId: string;
  session: Session;
  update: (change: Partial<Session>) => void;
}>;

/** `Step 2 of 4`; an election with regions has one screen more. */
export function StepLine({ election, step }: Readonly<{ election: PublicElection; step: "region" | Step }>) {
  const t = useMessages();
  const inLanguage = useBilingual();
  const steps: readonly ("region" | Step)[] =
    election.definition.regions.length === 0
      ? ["ballot", "identity", "review", "stub"]
      : ["region", "ballot", "identity", "review", "stub"];
  const reached = steps.indexOf(step);
  return (
    <div class="step-line">
      <p class="eyebrow">
        {inLanguage(election.title)} <span class="step-count">{t.vote.step(reached + 1, steps.length)}</span>
      </p>
      <div class="step-marks" aria-hidden="true">
        {steps.map((name, index) => (
          <span key={name} class={index <= reached ? "reached" : ""} />
        ))}
      </div>
    </div>
  );
}

export function StepActions({
  next,
  onBack,
  children,
}: Readonly<{ next: string; onBack: () => void; children?: ComponentChildren }>) {
  const t = useMessages();
  return (
    <div class="actions step-actions">
      <button type="submit" class="button primary">
        {next}
      </button>
      {children}
      <button type="button" class="button plain" onClick={onBack}>
        {t.vote.back}
      </button>
    </div>
  );
}

/** Shown beside the fields and announced. */
export function InputFault({ id, text }: Readonly<{ id: string; text: string | undefined }>) {
  return (
    <div role="alert" id={id}>
      {text !== undefined && <p class="refusal">{text}</p>}
    </div>
  );
}
