import type { LawDefinition } from "#core/contest.ts";
import { hasMajority, hasQuorum } from "#core/law-outcome.ts";
import { ratioOf } from "#core/percentage.ts";
import type { LawResults } from "#functions/results/contract.ts";
import { turnoutOf } from "#published/figures.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { Tick } from "#web/results/bar.tsx";
import { formatBeside } from "#web/share.ts";

export function LawOutcome({ definition, results }: Readonly<{ definition: LawDefinition; results: LawResults }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const { outcome, total, oui, turnout, withheld } = results;
  const { kind } = outcome;
  const { quorum, requiredMajority } = definition;
  const isShown = withheld === null && total !== null && total > 0;
  const figures = { oui: oui ?? 0, total: total ?? 0, ballots: turnout.ballots, onRoll: turnout.on_roll };
  const majority = formatBeside(language, ratioOf(requiredMajority.share), {
    part: figures.oui,
    whole: figures.total,
  });
  const taken = quorum === undefined ? undefined : formatBeside(language, ratioOf(quorum), turnoutOf(results));
  return (
    <section class="law-outcome">
      <p class={kind === "undecided" ? "quiet" : "verdict"}>
        {kind === "adopted" && <Tick />}
        {t.results.outcome[kind]}
      </p>
      <p>
        {t.results.majority[requiredMajority.kind](majority.threshold)}{" "}
        {isShown && (
          <>
            {t.results.needed} {t.results.hasMajority(majority.share, hasMajority(definition, figures))}
          </>
        )}
      </p>
      {taken !== undefined && (
        <p>
          {t.results.quorum(taken.threshold)}{" "}
          {isShown &&
            t.results.hasQuorum(
              taken.share,
              kind === "undecided" ? hasQuorum(definition, figures) : kind !== "quorum-not-reached",
            )}
        </p>
      )}
    </section>
  );
}
