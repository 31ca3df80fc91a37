import type { PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults, SeatResult } from "#functions/results/contract.ts";
import { useBilingual, useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { Bar, BarRow, Tick } from "#web/results/bar.tsx";
import { useHeldOrder } from "#web/results/held-order.ts";
import { writePath } from "#web/router.ts";

type Props = Readonly<{ election: PublicElection; results: ElectionResults }>;
type Party = NonNullable<ElectionResults["seats_by_party"]>[number];

/** The seats by party as bars, and each region's seat with a link to its figures; nothing for a single region. */
export function Seats({ election, results, sorting }: Props & Readonly<{ sorting: string }>) {
  const t = useResultsMessages();
  const { seats, seats_by_party, status } = results;
  if (seats === undefined || seats_by_party === undefined) return null;
  const isFinal = status === "closed";
  const filled = seats.reduce((sum, { elected, open_seats }) => sum + Math.max(1, elected.length + open_seats), 0);
  return (
    <section class="seats">
      <h2>{isFinal ? t.seats.won : t.seats.leading}</h2>
      <PartySeats parties={seats_by_party} seats={filled} sorting={sorting} />
      <table>
        <thead>
          <tr>
            <th scope="col">{t.results.region}</th>
            <th scope="col">{isFinal ? t.seats.elected : t.results.leading}</th>
          </tr>
        </thead>
        <tbody>
          {seats.map((seat) => (
            <SeatRow key={seat.region_id} seat={seat} election={election} results={results} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function PartySeats({
  parties,
  seats,
  sorting,
}: Readonly<{ parties: readonly Party[]; seats: number; sorting: string }>) {
  const t = useResultsMessages();
  const inLanguage = useBilingual();
  const held = useHeldOrder(
    parties.map((one) => ({ ...one, id: JSON.stringify(one.party) })),
    sorting,
  );
  return (
    <ul class="party-bars">
      {held.map(({ id, party, colour, seats: count }) => (
        <BarRow key={id} name={party === null ? t.ballot.independent : inLanguage(party)} count={t.seats.count(count)}>
          <Bar colour={colour} percentage={(count / Math.max(1, seats)) * 100} />
        </BarRow>
      ))}
    </ul>
  );
}

function SeatRow({ seat, election, results }: Props & Readonly<{ seat: SeatResult }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { region_id: regionId, kind, candidate_ids, elected, tie_over } = seat;
  const candidateOf = (id: string) => results.candidates.find(({ candidate_id }) => candidate_id === id);
  const region = election.definition.regions.find((one) => one.regionId === regionId);
  const names = candidate_ids.map((id) => candidateOf(id)?.name ?? id);
  return (
    <tr>
      <th scope="row">
        {region === undefined ? (
          regionId
        ) : (
          <a href={writePath(language, { page: "results", electionId: election.election_id, regionId })}>
            {inLanguage(region.name)}
          </a>
        )}
      </th>
      <td>
        {kind === "no-ballots" && t.results.none}
        {elected.map((id) => {
          const holder = candidateOf(id);
          return (
            <div key={id}>
              <Tick />
              {holder?.name ?? id}
              <span class="mark-party">{holder?.party == null ? t.ballot.independent : inLanguage(holder.party)}</span>
            </div>
          );
        })}
        {kind === "tie" &&
          t.seats[tie_over === "elimination" ? "tieOverElimination" : "tie"](
            new Intl.ListFormat(language).format(names),
          )}
      </td>
    </tr>
  );
}
