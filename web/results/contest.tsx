import type { ComponentChildren } from "preact";
import type { RaceDefinition } from "#core/contest.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults } from "#functions/results/contract.ts";
import { isOneCount } from "#published/figures.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { Tally } from "#web/results/tally.tsx";
import { tellRace } from "#web/results/tell-race.ts";
import { inState } from "#web/results/tell-state.ts";
import { Verdict } from "#web/results/verdict.tsx";

type Props = Readonly<{
  election: PublicElection;
  definition: RaceDefinition;
  results: ElectionResults;
  sorting: string;
  onSort: () => void;
  /** What has to be known to read it. */
  children: ComponentChildren;
}>;

/** Candidates who stand against each other: the verdict where they are one count, and the votes of all of them. */
export function Contest({ election, definition, results, sorting, onSort, children }: Props) {
  const t = useResultsMessages();
  const language = useLanguage();
  const reader = { t, language };
  // Votes are first choices where there are rounds: the last round has bars of its own.
  const hasRounds = results.rounds !== undefined;
  return (
    <>
      {isOneCount(results) && (
        <Verdict
          told={inState(reader, election, results, () => tellRace(reader, definition, results))}
          hasBars={hasRounds}
        />
      )}
      {hasRounds && children}
      <Tally definition={definition} results={results} sorting={sorting} onSort={onSort} />
      {!hasRounds && children}
    </>
  );
}
