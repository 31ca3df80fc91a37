import type { PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults, SeatResult } from "#functions/results/contract.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";

/** Each region's seat, and the seats by party; nothing for a single region. */
export function Seats({ election, results }: Readonly<{ election: PublicElection; results: ElectionResults }>) {
  const t = useMessages();
  const inLanguage = useBilingual();
  const language = useLanguage();
  const { seats, seats_by_party, candidates, status } = results;
  if (seats === undefined || seats_by_party === undefined) return null;
  const isFinal = status === "closed";
  const candidateOf = (id: string) => candidates.find(({ candidate_id }) => candidate_id === id);
  const regionName = (id: string): string => {
    const region = election.definition.regions.find(({ regionId }) => regionId === id);
    return region === undefined ? id : inLanguage(region.name);
  };
  const partyName = (party: SeatParty): string => (party === null ? t.ballot.independent : inLanguage(party));
  const holder = ({ kind, candidate_ids }: SeatResult): string => {
    const names = candidate_ids.map((id) => candidateOf(id)?.name ?? id);
    if (kind === "no-ballots") return t.results.none;
    return kind === "tie" ? t.seats.tie(new Intl.ListFormat(language).format(names)) : names.join();
  };

  return (
    <section class="seats">
      <h2>{isFinal ? t.seats.won : t.seats.leading}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.results.region}</th>
            <th scope="col">{isFinal ? t.seats.elected : t.results.leading}</th>
            <th scope="col">{t.seats.party}</th>
          </tr>
        </thead>
        <tbody>
          {seats.map((seat) => {
            const leader = seat.kind === "elected" ? candidateOf(seat.candidate_ids[0] ?? "") : undefined;
            return (
              <tr key={seat.region_id}>
                <th scope="row">{regionName(seat.region_id)}</th>
                <td>{holder(seat)}</td>
                <td>{leader !== undefined && partyName(leader.party)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <ul class="party-seats">
        {seats_by_party.map(({ party, seats: count }) => (
          <li key={partyName(party)}>{t.seats.of(partyName(party), count)}</li>
        ))}
      </ul>
    </section>
  );
}

type SeatParty = NonNullable<ElectionResults["seats_by_party"]>[number]["party"];
