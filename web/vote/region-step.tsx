import { useRef, useState } from "preact/hooks";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { writePath } from "#web/router.ts";
import { Heading } from "#web/shell/heading.tsx";
import { MarkBox } from "#web/vote/mark.tsx";
import { InputFault, StepActions } from "#web/vote/step.tsx";

/** The region goes into the address, so that the ballot can be linked to. */
export function RegionStep({
  election,
  onChosen,
}: Readonly<{ election: PublicElection; onChosen: (regionId: string) => void }>) {
  const t = useMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const form = useRef<HTMLFormElement>(null);
  const [chosen, setChosen] = useState<string>();
  const [isMissing, setMissing] = useState(false);

  const submit = (event: Event): void => {
    event.preventDefault();
    setMissing(chosen === undefined);
    if (chosen !== undefined) onChosen(chosen);
    else form.current?.querySelector("input")?.focus();
  };

  return (
    <form ref={form} onSubmit={submit} noValidate>
      <fieldset class="choices" aria-describedby="region-hint region-refusal">
        <legend>
          <Heading text={t.region.title} isRefused={isMissing} />
        </legend>
        <p id="region-hint" class="quiet">
          {t.region.hint}
        </p>
        {election.definition.regions.map(({ regionId, name }) => (
          <MarkBox
            key={regionId}
            group="region"
            value={regionId}
            isMarked={chosen === regionId}
            onMark={() => {
              setChosen(regionId);
              setMissing(false);
            }}
          >
            <span class="mark-name">{inLanguage(name)}</span>
          </MarkBox>
        ))}
      </fieldset>
      <InputFault id="region-refusal" text={isMissing ? t.region.missing : undefined} />
      <StepActions next={t.vote.next} onBack={() => go({ path: writePath(language, { page: "home" }) })} />
    </form>
  );
}
