import type { ElectionResults, RankedOutcome } from "#functions/results/contract.ts";
import { foremostIn } from "#published/figures.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { Tick } from "#web/results/bar.tsx";

function sentenceOf({ kind, tie_over }: RankedOutcome): "elected" | "tie" | "tieOverElimination" | "no-ballots" {
  return tie_over === "elimination" ? "tieOverElimination" : kind;
}

export function Verdict({ results }: Readonly<{ results: ElectionResults }>) {
  const t = useMessages();
  const language = useLanguage();
  const { outcome, candidates, status, withheld, voting_method, region_id } = results;
  if (withheld !== null) return null;
  const list = (names: readonly string[]): string => new Intl.ListFormat(language).format(names);
  const isFinal = status === "closed";
  if (outcome !== undefined) {
    const names = outcome.candidate_ids.map(
      (id) => candidates.find(({ candidate_id }) => candidate_id === id)?.name ?? id,
    );
    return (
      <p class={isFinal ? "verdict" : "verdict live"}>
        {isFinal && outcome.kind === "elected" && <Tick />}
        {t.rounds[isFinal ? "final" : "soFar"][sentenceOf(outcome)](list(names))}
      </p>
    );
  }
  if (!isFinal || voting_method !== "single_choice" || region_id === null) return null;
  const names = foremostIn(results).map(({ name, id }) => name ?? id);
  if (names.length === 0) return null;
  return (
    <p class="verdict">
      {names.length === 1 && <Tick />}
      {t.rounds.final[names.length === 1 ? "elected" : "tie"](list(names))}
    </p>
  );
}
