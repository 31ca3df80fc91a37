import { useState } from "preact/hooks";
import { HALF } from "#core/percentage.ts";
import type { ElectionResults, RoundResult } from "#functions/results/contract.ts";
import { formatCount } from "#web/format.ts";
import { useLanguage, useRoundsMessages } from "#web/messages/catalogue.ts";
import { bandStyle } from "#web/results/band-style.ts";
import type { RoundWords } from "#web/results/round-words.ts";
import { formatShare } from "#web/share.ts";

/** More would fill the page before anything else is seen. */
const MOST_UNFOLDED = 3;

type Props = Readonly<{ rounds: readonly RoundResult[]; results: ElectionResults; words: RoundWords }>;

/** Each round as a table and a sentence, one under the other: none is too wide for a phone or for paper. */
export function RoundTables({ rounds, results, words }: Props) {
  const t = useRoundsMessages();
  // Not folded again under a reader's eyes when votes come in.
  const [isUnfolded] = useState(rounds.length <= MOST_UNFOLDED);
  return (
    <details class="round-tables" open={isUnfolded}>
      <summary>{t.rounds.tables}</summary>
      <ol class={words.isTransferable ? "fractions" : ""}>
        {rounds.map((round, index) => (
          <li key={round.round}>
            <RoundTable round={round} before={rounds[index - 1]} results={results} words={words} />
            <p>{words.storyOf(round)}</p>
          </li>
        ))}
      </ol>
    </details>
  );
}

type TableProps = Readonly<{
  round: RoundResult;
  before: RoundResult | undefined;
  results: ElectionResults;
  words: RoundWords;
}>;

function RoundTable({ round, before, results, words }: TableProps) {
  const t = useRoundsMessages();
  const language = useLanguage();
  const { candidates, continuing, threshold, exhausted, lost = 0, elected = [], eliminated } = round;
  const votesBefore = (id: string): number =>
    before?.candidates.find(({ candidate_id }) => candidate_id === id)?.votes ?? 0;
  // A quota is a share of all valid ballots.
  const valid = results.total ?? 0;
  const shareOf = (votes: number): string =>
    words.isTransferable
      ? formatShare(language, { part: votes, whole: valid }, [{ part: threshold, whole: valid }])
      : formatShare(language, { part: votes, whole: continuing }, [HALF]);
  const change = (by: number) =>
    before !== undefined && (
      <td>
        {by > 0 ? "+" : by < 0 ? "−" : ""}
        {formatCount(language, Math.abs(by))}
      </td>
    );
  return (
    <table>
      <caption>{words.titleOf(round)}</caption>
      <thead>
        <tr>
          <th scope="col">{t.rounds.candidate}</th>
          <th scope="col">{t.rounds.votes}</th>
          <th scope="col">{t.rounds.share}</th>
          {before !== undefined && <th scope="col">{t.rounds.change}</th>}
        </tr>
      </thead>
      <tbody>
        {candidates
          .toSorted((one, other) => other.votes - one.votes)
          .map(({ candidate_id: id, votes }) => (
            <tr key={id}>
              <th scope="row">
                <i class="flow-swatch party-fill" style={bandStyle(results.candidates, id)} />
                {words.nameOf(id)} {elected.includes(id) && <span class="quiet">{t.rounds.elected}</span>}
                {eliminated.includes(id) && <span class="quiet">{t.rounds.out}</span>}
              </th>
              <td>{formatCount(language, votes)}</td>
              <td>{shareOf(votes)}</td>
              {change(votes - votesBefore(id))}
            </tr>
          ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t.rounds.exhausted}</th>
          <td>{formatCount(language, exhausted)}</td>
          <td />
          {change(exhausted - (before?.exhausted ?? 0))}
        </tr>
        {lost > 0 && (
          <tr>
            <th scope="row">{t.rounds.lost}</th>
            <td>{formatCount(language, lost)}</td>
            <td />
            {change(lost - (before?.lost ?? 0))}
          </tr>
        )}
        <tr>
          <th scope="row">{words.isTransferable ? t.rounds.quota : t.rounds.majority}</th>
          <td>{formatCount(language, threshold)}</td>
          <td colSpan={before === undefined ? 1 : 2} />
        </tr>
      </tfoot>
    </table>
  );
}
