import { useRef } from "preact/hooks";
import type { RaceDefinition } from "#core/contest.ts";
import type { ElectionResults } from "#functions/results/contract.ts";
import { foremostIn, isByVotes, type Option, optionsIn, partiesIn, seatOf, shareOf } from "#published/figures.ts";
import { useBilingual, useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { Bar, BarRow, Mark } from "#web/results/bar.tsx";
import { useHeldOrder } from "#web/results/held-order.ts";
import { formatShare } from "#web/share.ts";

/** Rows stay in place while counts change, until the reader sorts. */
export function Tally({
  definition,
  results,
  sorting,
  onSort,
}: Readonly<{ definition: RaceDefinition; results: ElectionResults; sorting: string; onSort: () => void }>) {
  const t = useResultsMessages();
  const list = useRef<HTMLOListElement>(null);
  const options = useHeldOrder(optionsIn(results), sorting);
  if (options.length === 0) return null;
  const isInOrder = isByVotes(options);
  return (
    <section class="candidates">
      {results.rounds !== undefined && (
        <>
          <h2>{t.verdict.firstChoices}</h2>
          <p class="quiet">{t.results.roundsDecide}</p>
        </>
      )}
      {results.rounds === undefined && partiesIn(results).length > 0 && <h2>{t.results.byCandidate}</h2>}
      <ol class="tally" ref={list} tabIndex={-1}>
        {options.map((option) => (
          <TallyRow key={option.id} option={option} results={results} definition={definition} />
        ))}
      </ol>
      <p class="tally-order quiet">
        {results.total === 0 ? t.results.none : isInOrder ? t.results.byVotes : t.results.outOfOrder}
        {!isInOrder && (
          <button
            type="button"
            class="button plain"
            onClick={() => {
              onSort();
              // The button disappears: focus moves to the list.
              list.current?.focus();
            }}
          >
            {t.results.sort}
          </button>
        )}
      </p>
    </section>
  );
}

/** The word for whoever has most votes: what it means depends on whether voting is over. */
function useMark(results: ElectionResults, option: Option): string | undefined {
  const t = useResultsMessages();
  const seat = seatOf(results, option.id);
  const won = results.status === "closed" ? t.seats.elected : t.results.leading;
  if (seat === "tied") return t.results.level;
  if (seat === "elected") return won;
  const foremost = foremostIn(results);
  if (!foremost.some(({ id }) => id === option.id)) return undefined;
  return foremost.length > 1 ? t.results.level : won;
}

function TallyRow({
  option,
  results,
  definition,
}: Readonly<{ option: Option; results: ElectionResults; definition: RaceDefinition }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const word = useMark(results, option);
  const { id, party, colour, votes, percentage } = option;
  const isWithdrawn = definition.candidates.some(
    ({ candidateId, withdrawnAt }) => candidateId === id && withdrawnAt !== undefined,
  );
  return (
    <BarRow
      name={option.name ?? option.id}
      detail={isWithdrawn ? t.ballot.withdrawn : party === null ? t.ballot.independent : inLanguage(party)}
      share={formatShare(language, shareOf(option))}
      count={t.results.votes(votes)}
    >
      <Bar colour={colour} percentage={percentage} {...(word !== undefined && { mark: <Mark word={word} /> })} />
    </BarRow>
  );
}
