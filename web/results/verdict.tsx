import type { ElectionResults } from "#functions/results/contract.ts";
import { foremostIn } from "#published/figures.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { Tick } from "#web/results/bar.tsx";

export function Verdict({ results }: Readonly<{ results: ElectionResults }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const { outcome, candidates, status, withheld, voting_method, region_id } = results;
  if (withheld !== null) return null;
  const list = (names: readonly string[]): string => new Intl.ListFormat(language).format(names);
  const isFinal = status === "closed";
  if (outcome !== undefined) {
    const { kind, candidate_ids, elected, open_seats, by_lot, tie_over } = outcome;
    const sentence = tie_over === "elimination" ? "tieOverElimination" : "tie";
    const namesOf = (ids: readonly string[]): string =>
      list(ids.map((id) => candidates.find(({ candidate_id }) => candidate_id === id)?.name ?? id));
    const say = t.rounds[isFinal ? "final" : "soFar"];
    const isOneSeat = elected.length === 0 && open_seats === 1;
    return (
      <div class={isFinal ? "verdict" : "verdict live"}>
        {kind === "no-ballots" && <p>{say["no-ballots"](namesOf([]))}</p>}
        {elected.length > 0 && (
          <p>
            {isFinal && <Tick />}
            {say[elected.length === 1 ? "elected" : "several"](namesOf(elected))}
          </p>
        )}
        {kind === "tie" && (
          <p>
            {isOneSeat
              ? say[sentence](namesOf(candidate_ids))
              : say[sentence === "tie" ? "open" : "openOverElimination"](namesOf(candidate_ids), open_seats)}
          </p>
        )}
        {by_lot !== undefined && <p>{t.rounds.tieBreak[by_lot.by](namesOf(by_lot.tied), 0)}</p>}
      </div>
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
