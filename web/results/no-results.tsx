import type { PublicElection } from "#functions/elections/contract.ts";
import type { Results } from "#published/figures.ts";
import { useBilingual, useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { NO_RESULTS_WORDS } from "#web/messages/no-results.ts";
import { tellBeingOpened } from "#web/results/tell-being-opened.ts";
import { Cancelled } from "#web/shell/cancelled.tsx";
import { Heading } from "#web/shell/heading.tsx";

type Props = Readonly<{
  election: PublicElection;
  /** Of an election whose ballots trustees are opening. */
  results?: Results;
}>;

/** Why there is no result: the vote was cancelled, or never took place; or trustees are opening the ballots, and how far they are. */
export function NoResults({ election, results }: Props) {
  const t = useResultsMessages();
  const inLanguage = useBilingual();
  const language = useLanguage();
  const { definition } = election;
  if (results === undefined) {
    return (
      <>
        <Heading text={t.results.title(inLanguage(election.title))} />
        {definition.cancelled === undefined ? (
          <p>{NO_RESULTS_WORDS[language].neverHeld}</p>
        ) : (
          <Cancelled {...definition.cancelled} timeZone={definition.timeZone} />
        )}
      </>
    );
  }
  const { title, why, done, turnout } = tellBeingOpened({ t, language }, definition, results);
  return (
    <section class="withheld">
      <h2>{title}</h2>
      <p>{why}</p>
      <ul>
        {done.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      <div class="told-details">
        {turnout.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </section>
  );
}
