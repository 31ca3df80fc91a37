import type { ComponentChildren } from "preact";
import { asksForRegion } from "#core/contest.ts";
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

/** `Step 2 of 4`, under what the steps are for. */
export function Steps({ title, reached, steps }: Readonly<{ title: string; reached: number; steps: number }>) {
  const t = useMessages();
  return (
    <div class="step-line">
      <p class="eyebrow">
        {title} <span class="step-count">{t.vote.step(reached, steps)}</span>
      </p>
      <div class="step-marks" aria-hidden="true">
        {Array.from({ length: steps }, (_, index) => (
          <span key={index} class={index < reached ? "reached" : ""} />
        ))}
      </div>
    </div>
  );
}

/** An election with several regions has one screen more. */
export function StepLine({ election, step }: Readonly<{ election: PublicElection; step: "region" | Step }>) {
  const inLanguage = useBilingual();
  const steps = ["region", "ballot", "identity", "review", "stub"];
  // Who signs in does so with the review.
  if (election.identity) steps.splice(2, 1);
  if (!asksForRegion(election.definition)) steps.shift();
  return <Steps title={inLanguage(election.title)} reached={steps.indexOf(step) + 1} steps={steps.length} />;
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
