import { HALF } from "#core/percentage.ts";
import type { ElectionResults, RoundResult } from "#functions/results/contract.ts";
import { transfersTo } from "#published/figures.ts";
import { formatCount } from "#web/format.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { FlowPicture } from "#web/results/flow-picture.tsx";
import { formatShare } from "#web/share.ts";
import "#web/results/first.ts";

/** The rounds of a ranked count: a picture, every candidate's votes round by round, and why each went out. */
export function Rounds({ results }: Readonly<{ results: ElectionResults }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const { rounds, outcome, candidates, voting_method, total } = results;
  const valid = voting_method === "stv" ? (total ?? 0) : undefined;
  if (rounds === undefined || outcome === undefined || outcome.kind === "no-ballots") return null;
  const nameOf = (id: string): string => candidates.find(({ candidate_id }) => candidate_id === id)?.name ?? id;
  const namesOf = (ids: readonly string[]): string => new Intl.ListFormat(language).format(ids.map(nameOf));

  return (
    <section class="rounds">
      <h2>{t.rounds.title}</h2>
      {rounds.length > 1 ? <FlowPicture rounds={rounds} results={results} /> : <p>{t.rounds.one}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="wide-table" aria-label={t.rounds.table} tabIndex={0}>
        <table>
          <caption>{t.rounds.table}</caption>
          <thead>
            <tr>
              <th scope="col">{t.rounds.candidate}</th>
              {rounds.map(({ round }) => (
                <th key={round} scope="col">
                  {t.rounds.round(round)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {candidates.map(({ candidate_id: id, name }) => (
              <CandidateRow key={id} id={id} name={name} rounds={rounds} valid={valid} />
            ))}
          </tbody>
          <tfoot>
            <CountsRow label={t.rounds.exhausted} counts={rounds.map(({ exhausted }) => exhausted)} />
            {rounds.some(({ lost = 0 }) => lost > 0) && (
              <CountsRow label={t.rounds.lost} counts={rounds.map(({ lost = 0 }) => lost)} />
            )}
            <CountsRow
              label={rounds.some(({ elected }) => elected) ? t.rounds.quota : t.rounds.threshold}
              counts={rounds.map(({ threshold }) => threshold)}
            />
          </tfoot>
        </table>
      </section>
      <ol class="round-notes">
        {rounds.map((round) => (
          <RoundNote key={round.round} round={round} nameOf={nameOf} namesOf={namesOf} />
        ))}
      </ol>
    </section>
  );
}

type RowProps = Readonly<{
  id: string;
  name: string;
  rounds: readonly RoundResult[];
  /** What a quota is a share of: all valid ballots. Undefined where a majority of those continuing wins. */
  valid: number | undefined;
}>;

function CandidateRow({ id, name, rounds, valid }: RowProps) {
  const t = useResultsMessages();
  const language = useLanguage();
  const share = (votes: number, continuing: number, threshold: number): string =>
    valid === undefined
      ? formatShare(language, { part: votes, whole: continuing }, [HALF])
      : formatShare(language, { part: votes, whole: valid }, [{ part: threshold, whole: valid }]);
  return (
    <tr>
      <th scope="row">{name}</th>
      {rounds.map(({ round, candidates, continuing, threshold }) => {
        const standing = candidates.find(({ candidate_id }) => candidate_id === id);
        if (standing === undefined) return <td key={round}>{t.rounds.out}</td>;
        return (
          <td key={round}>
            {formatCount(language, standing.votes)}{" "}
            <span class="quiet">{share(standing.votes, continuing, threshold)}</span>
          </td>
        );
      })}
    </tr>
  );
}

function CountsRow({ label, counts }: Readonly<{ label: string; counts: readonly number[] }>) {
  const language = useLanguage();
  return (
    <tr>
      <th scope="row">{label}</th>
      {counts.map((count, index) => (
        <td key={index}>{formatCount(language, count)}</td>
      ))}
    </tr>
  );
}

function RoundNote({
  round: { round, eliminated, transfers, tie_break, elected = [], surplus_of = [] },
  nameOf,
  namesOf,
}: Readonly<{ round: RoundResult; nameOf: (id: string) => string; namesOf: (ids: readonly string[]) => string }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  if (eliminated.length === 0 && elected.length === 0 && tie_break === null) return null;
  const moved = transfersTo(transfers).map(({ candidate_id, votes }) =>
    t.rounds.transfer(candidate_id === null ? t.rounds.exhausted : nameOf(candidate_id), votes),
  );
  return (
    <li value={round}>
      {tie_break !== null && `${t.rounds.tieBreak[tie_break.by](namesOf(tie_break.tied), tie_break.round ?? 0)} `}
      {elected.length > 0 && `${t.rounds.elected(namesOf(elected), elected.length)} `}
      {eliminated.length > 0 && t.rounds.eliminated(namesOf(eliminated), eliminated.length)}{" "}
      {moved.length > 0 &&
        t.rounds[surplus_of.length > 0 ? "surplus" : "transfers"](new Intl.ListFormat(language).format(moved))}
    </li>
  );
}
