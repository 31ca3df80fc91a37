import { candidateName } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { formatTime } from "#core/instant-words.ts";
import type { Selection } from "#core/selection.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { Heading } from "#web/shell/heading.tsx";
import type { WaitingBallot } from "#web/vote/session.ts";
import { StepActions } from "#web/vote/step.tsx";

export type ReviewedBallot = Readonly<{
  definition: ElectionDefinition;
  regionId: string;
  ballot: Selection | WaitingBallot;
}>;

export function ReviewStep({ onCast, ...reviewed }: ReviewedBallot & Readonly<{ onCast: () => void }>) {
  const t = useMessages();
  const submit = (event: Event): void => {
    event.preventDefault();
    onCast();
  };

  return (
    <form onSubmit={submit}>
      <Heading text={t.review.title} />
      <div class="sheet review">
        <ReviewedChoice {...reviewed} />
      </div>
      <p>{t.review.seal}</p>
      <p>{t.review.final}</p>
      <StepActions next={t.review.cast} onBack={() => history.back()}>
        {!("envelope" in reviewed.ballot) && (
          <button type="button" class="button" onClick={() => go({ step: "ballot" })}>
            {t.review.change}
          </button>
        )}
      </StepActions>
    </form>
  );
}

/** What a ballot says, and to what. */
export function ReviewedChoice({ definition, regionId, ballot }: ReviewedBallot) {
  const t = useMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const region = definition.regions.find((candidate) => candidate.regionId === regionId);
  return (
    <>
      {definition.votingMethod === "referendum" && (
        <>
          <p class="quiet">{t.review.question}</p>
          <p>{inLanguage(definition.question)}</p>
        </>
      )}
      {region !== undefined && (
        <>
          <p class="quiet">{t.review.region}</p>
          <p>{inLanguage(region.name)}</p>
        </>
      )}
      {"envelope" in ballot ? (
        <Chosen
          lead={t.waiting.lead}
          words={t.waiting.sealed(formatTime(language, ballot.sealedAtMs, definition.timeZone))}
        />
      ) : (
        <ChosenWords definition={definition} selection={ballot} />
      )}
    </>
  );
}

function ChosenWords({ definition, selection }: Readonly<{ definition: ElectionDefinition; selection: Selection }>) {
  const t = useMessages();
  const nameOf = (id: string): string => {
    if (definition.votingMethod === "referendum") return "";
    const candidate = definition.candidates.find(({ candidateId }) => candidateId === id);
    return candidate === undefined ? "" : candidateName(candidate);
  };
  switch (selection.kind) {
    case "blank":
      return (
        <Chosen
          lead={definition.votingMethod === "referendum" ? t.review.answer : t.review.candidate}
          words={t.review.blank}
        />
      );
    case "choice":
      return <Chosen lead={t.review.answer} words={selection.choice === "oui" ? t.ballot.yes : t.ballot.no} />;
    case "candidate":
      return <Chosen lead={t.review.candidate} words={nameOf(selection.candidateId)} />;
    case "marks":
      return (
        <>
          <p class="quiet">{t.review.candidates(selection.candidateIds.length)}</p>
          <ul class="chosen">
            {selection.candidateIds.map((id) => (
              <li key={id}>{nameOf(id)}</li>
            ))}
          </ul>
        </>
      );
    case "ranking":
      return (
        <>
          <p class="quiet">{t.review.ranking}</p>
          <ol class="chosen">
            {selection.candidateIds.map((id) => (
              <li key={id}>{nameOf(id)}</li>
            ))}
          </ol>
        </>
      );
    default:
      return selection satisfies never;
  }
}

function Chosen({ lead, words }: Readonly<{ lead: string; words: string }>) {
  return (
    <>
      <p class="quiet">{lead}</p>
      <p class="chosen">{words}</p>
    </>
  );
}
