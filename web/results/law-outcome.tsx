import type { LawDefinition } from "#core/contest.ts";
import { hasMajority, hasQuorum } from "#core/law-outcome.ts";
import type { LawResults } from "#functions/results/contract.ts";
import { formatPercentage } from "#web/format.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { Tick } from "#web/results/bar.tsx";

export function LawOutcome({ definition, results }: Readonly<{ definition: LawDefinition; results: LawResults }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const { outcome, total, oui, percentages, turnout, withheld } = results;
  const { kind, quorum, required_majority } = outcome;
  const isShown = withheld === null && total !== null && total > 0;
  const figures = { oui: oui ?? 0, total: total ?? 0, ballots: turnout.ballots, onRoll: turnout.on_roll };
  const share = (value: number): string => formatPercentage(language, value);
  return (
    <section class="law-outcome">
      <p class={kind === "undecided" ? "quiet" : "verdict"}>
        {kind === "adopted" && <Tick />}
        {t.results.outcome[kind]}
      </p>
      <p>
        {t.results.majority[required_majority.kind](share(required_majority.percentage))}{" "}
        {isShown && (
          <>
            {t.results.needed} {t.results.hasMajority(share(percentages.oui ?? 0), hasMajority(definition, figures))}
          </>
        )}
      </p>
      {quorum !== null && (
        <p>
          {t.results.quorum(share(quorum))}{" "}
          {isShown &&
            t.results.hasQuorum(
              share(turnout.percentage),
              kind === "undecided" ? hasQuorum(definition, figures) : kind !== "quorum-not-reached",
            )}
        </p>
      )}
    </section>
  );
}
