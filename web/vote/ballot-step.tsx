import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { asksForRegion, type RaceDefinition } from "#core/contest.ts";
import type { Selection } from "#core/selection.ts";
import { groupedSha256 } from "#web/format.ts";
import { useBilingual, useMessages } from "#web/messages/catalogue.ts";
import { Corrections } from "#web/shell/corrections.tsx";
import { Heading } from "#web/shell/heading.tsx";
import { Ballot, BlankBox, hintFor } from "#web/vote/ballot.tsx";
import { ballotOf } from "#web/vote/session.ts";
import { InputFault, StepActions, type StepProps } from "#web/vote/step.tsx";

const isEmpty = (selection: Selection | undefined): boolean =>
  selection === undefined || ("candidateIds" in selection && selection.candidateIds.length === 0);

export function BallotStep({
  election,
  regionId,
  session,
  update,
  regionsPath,
  lead,
  actions,
  onMarked,
  onBack,
}: StepProps &
  Readonly<{
    /** Where the region is chosen. */
    regionsPath: string;
    /** Said before the headline. */
    lead?: ComponentChildren;
    /** What else can be done. */
    actions?: ComponentChildren;
    onMarked: () => void;
    onBack: () => void;
  }>) {
  const t = useMessages();
  const inLanguage = useBilingual();
  const form = useRef<HTMLFormElement>(null);
  const [isRefused, setRefused] = useState(false);
  const { definition } = election;
  const selection = session.regionId === regionId ? session.selection : undefined;

  const mark = (marked: Selection): void => {
    setRefused(false);
    update({ regionId, selection: marked });
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    const isMarked = ballotOf(definition, regionId, session) !== undefined;
    setRefused(!isMarked);
    if (isMarked) onMarked();
    else form.current?.querySelector<HTMLElement>("fieldset input, fieldset button")?.focus();
  };

  const hint = hintFor(definition, regionId, t);
  const headline = definition.votingMethod === "referendum" ? definition.question : definition.title;
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <fieldset class="sheet" aria-describedby="ballot-hint ballot-refusal">
        <legend>
          <Heading text={inLanguage(headline)} step={t.ballot.title} isRefused={isRefused}>
            {lead}
          </Heading>
        </legend>
        {definition.votingMethod !== "referendum" && (
          <BallotRegion definition={definition} regionId={regionId} regionsPath={regionsPath} />
        )}
        <p id="ballot-hint" class="quiet">
          {hint} {"seats" in definition && t.choose.seats(definition.seats)}
        </p>
        <Corrections definition={definition} regionId={regionId} />
        {definition.minimumBallots === 1 && definition.results !== "after_close" && (
          <p class="quiet">{t.ballot.immediate}</p>
        )}
        <Ballot
          definition={definition}
          regionId={regionId}
          hasBiographiesByRegion={election.biographies_by_region}
          selection={selection}
          mark={mark}
        >
          <BlankBox definition={definition} selection={selection} mark={mark} />
        </Ballot>
      </fieldset>
      {election.opening_sha256 !== null && (
        <details class="opening quiet">
          <summary>{t.ballot.opening}</summary>
          <p>
            {t.ballot.openingNumber}{" "}
            <a href={`/api/v1/elections/${definition.electionId}/opening`}>
              <code>{groupedSha256(election.opening_sha256)}</code>
            </a>
          </p>
        </details>
      )}
      <InputFault
        id="ballot-refusal"
        text={isRefused ? (isEmpty(selection) ? t.ballot.unmarked(hint) : t.ballot.withdrawnMarked) : undefined}
      />
      <StepActions next={t.vote.next} onBack={onBack}>
        {actions}
      </StepActions>
    </form>
  );
}

function BallotRegion({
  definition,
  regionId,
  regionsPath,
}: Readonly<{ definition: RaceDefinition; regionId: string; regionsPath: string }>) {
  const t = useMessages();
  const inLanguage = useBilingual();
  const region = definition.regions.find((candidate) => candidate.regionId === regionId);
  if (region === undefined) return null;
  return (
    <p class="ballot-region">
      <span>{inLanguage(region.name)}</span>
      {asksForRegion(definition) && <a href={regionsPath}>{t.region.change}</a>}
    </p>
  );
}
