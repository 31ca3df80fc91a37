import { useRef } from "preact/hooks";
import type { ElectionDefinition } from "#core/election.ts";
import {
  foremostIn,
  isByVotes,
  isLaw,
  type Option,
  optionsIn,
  partiesIn,
  type Results,
  seatOf,
  shareOf,
  thresholdsOf,
  turnoutOf,
} from "#published/figures.ts";
import { formatCount } from "#web/format.ts";
import { useBilingual, useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { Bar, BarRow, Tick } from "#web/results/bar.tsx";
import { YES_COLOUR } from "#web/results/colour.ts";
import { useHeldOrder } from "#web/results/held-order.ts";
import { formatShare } from "#web/share.ts";

export function useOptionName(): (option: Pick<Option, "id" | "name">) => string {
  const t = useResultsMessages();
  return ({ id, name }) => name ?? (id === "oui" ? t.ballot.yes : t.ballot.no);
}

type TallyProps = Readonly<{ results: Results; sorting: string }>;

/** Rows stay in place while counts change, until the reader sorts. */
export function Tally({
  definition,
  results,
  sorting,
  onSort,
}: TallyProps & Readonly<{ definition: ElectionDefinition; onSort: () => void }>) {
  const t = useResultsMessages();
  const list = useRef<HTMLOListElement>(null);
  const options = useHeldOrder(optionsIn(results), sorting);
  if (options.length === 0) return null;
  const isInOrder = isByVotes(options);
  return (
    <section class="candidates">
      {partiesIn(results).length > 0 && <h2>{t.results.byCandidate}</h2>}
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
function useMark(results: Results, option: Option): string | undefined {
  const t = useResultsMessages();
  const seat = seatOf(results, option.id);
  if (seat === "tied") return t.results.level;
  if (seat === "elected") return results.status === "closed" ? t.seats.elected : t.results.leading;
  const foremost = foremostIn(results);
  if (!foremost.some(({ id }) => id === option.id)) return undefined;
  if (foremost.length > 1) return t.results.level;
  if (results.status !== "closed") return t.results.leading;
  return isLaw(results) ? t.results.most : t.seats.elected;
}

function TallyRow({
  option,
  results,
  definition,
}: Readonly<{ option: Option; results: Results; definition: ElectionDefinition }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const nameOf = useOptionName();
  const word = useMark(results, option);
  const { id, party, colour, votes, percentage } = option;
  const isYes = isLaw(results) && id === "oui";
  const isWithdrawn =
    definition.votingMethod !== "referendum" &&
    definition.candidates.some(({ candidateId, withdrawnAt }) => candidateId === id && withdrawnAt !== undefined);
  return (
    <BarRow
      name={nameOf(option)}
      {...(!isLaw(results) && {
        detail: isWithdrawn ? t.ballot.withdrawn : party === null ? t.ballot.independent : inLanguage(party),
      })}
      share={formatShare(language, shareOf(option), thresholdsOf(definition, option.id))}
      count={t.results.votes(votes)}
    >
      <Bar
        colour={isYes ? YES_COLOUR : colour}
        percentage={percentage}
        needed={isYes ? results.outcome.required_majority.percentage : undefined}
        {...(word !== undefined && {
          mark: (
            <>
              <Tick />
              {word}
            </>
          ),
        })}
      />
    </BarRow>
  );
}

/** Everything in the box, and how many of those on the roll have a ballot there. */
export function Summary({ results }: Readonly<{ results: Results }>) {
  const { total, blank, spoiled, turnout } = results;
  const takesSeveral = !isLaw(results) && results.voting_method === "choose";
  const t = useResultsMessages();
  const language = useLanguage();
  return (
    <dl class="summary">
      <div>
        <dt>{t.results.turnout}</dt>
        <dd>
          {formatShare(language, turnoutOf(results))}
          <span class="quiet">{t.home.turnoutOf(turnout.ballots, turnout.on_roll)}</span>
          {turnout.voted_elsewhere !== undefined && (
            <span class="quiet">{t.results.votedElsewhere(formatCount(language, turnout.voted_elsewhere))}</span>
          )}
        </dd>
      </div>
      <Figure label={takesSeveral ? t.results.validBallots : t.results.total} count={total} />
      <Figure label={t.results.blank} count={blank} />
      <Figure label={t.results.spoiled} count={spoiled} />
    </dl>
  );
}

function Figure({ label, count }: Readonly<{ label: string; count: number | null }>) {
  const language = useLanguage();
  if (count === null) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{formatCount(language, count)}</dd>
    </div>
  );
}
