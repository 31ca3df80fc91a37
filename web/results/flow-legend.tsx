import type { ElectionResults } from "#functions/results/contract.ts";
import { bandStyle } from "#web/results/band-style.ts";
import type { FlowRound } from "#web/results/flow.ts";
import type { RoundWords } from "#web/results/round-words.ts";

type Props = Readonly<{ flow: readonly FlowRound[]; results: ElectionResults; words: RoundWords }>;

/** Whose a band is, from the left: most are too narrow for a name. For the eye only, as the tables say it all. */
export function FlowLegend({ flow, results, words }: Props) {
  const ids = new Set(flow.flatMap(({ bands }) => bands.map(({ id }) => id)));
  const hasExhausted = ids.delete(null);
  return (
    <ul class="flow-legend" aria-hidden="true">
      {[...ids].map((id) => (
        <li key={id}>
          <i class="flow-swatch party-fill" style={bandStyle(results.candidates, id)} />
          {words.nameOf(id)}
        </li>
      ))}
      {hasExhausted && (
        <li>
          <i class="flow-swatch exhausted" />
          {words.nameOf(null)}
        </li>
      )}
    </ul>
  );
}
