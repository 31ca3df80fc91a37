import type { ComponentChildren } from "preact";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults } from "#functions/results/contract.ts";
import { type PartyVotes, partiesIn, shareOf } from "#published/figures.ts";
import { type SeatsCount, seatsIn } from "#published/regions.ts";
import { formatCount } from "#web/format.ts";
import { useBilingual, useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { useHeldOrder } from "#web/results/held-order.ts";
import { Hemicycle } from "#web/results/hemicycle.tsx";
import { Swatch } from "#web/results/patterns.tsx";
import { Regions } from "#web/results/regions.tsx";
import { tellSeats } from "#web/results/tell-seats.ts";
import { inState } from "#web/results/tell-state.ts";
import { Verdict } from "#web/results/verdict.tsx";
import { formatShare } from "#web/share.ts";
import "#web/styles/regions.css";

type Props = Readonly<{
  election: PublicElection;
  results: ElectionResults;
  sorting: string;
  /** Whether nothing else tells the verdict. */
  hasVerdict: boolean;
  /** What has to be known to read it. */
  children: ComponentChildren;
}>;

/** The seats of all regions: who has how many, how many are open, and each region's own. */
export function Seats({ election, results, sorting, hasVerdict, children }: Props) {
  const t = useResultsMessages();
  const language = useLanguage();
  const reader = { t, language };
  const { definition } = election;
  const count = seatsIn(definition, results);
  const isByParty = count.parties.some(({ party }) => party !== null);
  const parties = useHeldOrder(count.parties, sorting);
  return (
    <section class="seats">
      {hasVerdict && (
        <Verdict
          told={inState(reader, election, results, () => tellSeats(reader, definition, results))}
          hasBars={false}
        />
      )}
      {isByParty && (
        <>
          <h2>{results.status === "closed" ? t.seats.won : t.seats.leading}</h2>
          <div class="seats-picture">
            <Hemicycle
              definition={definition}
              count={count}
              parties={parties}
              majority={t.seats.majority(count.majority)}
            />
            <PartyTable election={election} count={count} parties={parties} votes={partiesIn(results)} />
          </div>
        </>
      )}
      {children}
      <Regions election={election} results={results} />
    </section>
  );
}

type TableProps = Readonly<{
  election: PublicElection;
  count: SeatsCount;
  parties: SeatsCount["parties"];
  votes: readonly PartyVotes[];
}>;

function PartyTable({ election, count, parties, votes }: TableProps) {
  const t = useResultsMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const votesOf = new Map(votes.map((one) => [one.id, one]));
  return (
    <table class="party-table">
      <thead>
        <tr>
          <th scope="col">{t.seats.party}</th>
          <th scope="col">{t.seats.won}</th>
          {votes.length > 0 && <th scope="col">{t.seats.votes}</th>}
        </tr>
      </thead>
      <tbody>
        {parties.map(({ id, party, colour, seats }) => {
          const own = votesOf.get(id);
          return (
            <tr key={id}>
              <th scope="row">
                <Swatch definition={election.definition} party={party} colour={colour} />
                {party === null ? t.ballot.independent : inLanguage(party)}
              </th>
              <td>
                <strong>{formatCount(language, seats)}</strong>
              </td>
              {votes.length > 0 && (
                <td>
                  {own !== undefined && (
                    <>
                      {formatShare(language, shareOf(own))}{" "}
                      <span class="quiet">{formatCount(language, own.votes)}</span>
                    </>
                  )}
                </td>
              )}
            </tr>
          );
        })}
        {count.tied + count.open > 0 && (
          <tr>
            <th scope="row">{t.seats.notFilled}</th>
            <td>{formatCount(language, count.tied + count.open)}</td>
            {votes.length > 0 && <td />}
          </tr>
        )}
      </tbody>
    </table>
  );
}
