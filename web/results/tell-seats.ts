import type { ElectionDefinition } from "#core/election.ts";
import type { ElectionResults } from "#functions/results/contract.ts";
import { foremostParty, seatsIn } from "#published/regions.ts";
import { percentOf, type Reader, type Told } from "#web/results/told.ts";
import { formatShare } from "#web/share.ts";

/** Who has how many of all regions' seats, whether that is a majority, and what is tied or still open. */
export function tellSeats({ t, language }: Reader, definition: ElectionDefinition, results: ElectionResults): Told {
  const { seats, majority, parties, tied, open, ...count } = seatsIn(definition, results);
  const isFinal = results.status === "closed";
  const say = t.verdict[isFinal ? "final" : "soFar"];
  const first = foremostParty({ seats, majority, parties, tied, open, ...count });
  const isByParty = parties.some(({ party }) => party !== null);
  const nameOf = (party: (typeof parties)[number]["party"]): string =>
    party === null ? t.ballot.independent : party[language];
  const hasMajority = first !== undefined && first.seats >= majority;
  const filled = seats - tied - open;
  const headline = (): string => {
    if (filled + tied === 0) return `${say.noVotes}.`;
    if (!isByParty) return `${say.filled(filled, seats)}.`;
    if (first === undefined) return t.seats.nobodyAhead;
    return t.seats[isFinal ? "final" : "soFar"][hasMajority ? "majority" : "most"](
      nameOf(first.party),
      first.seats,
      seats,
    );
  };
  const next = parties.find(({ id, seats: won }) => id !== first?.id && won > 0);
  const ahead =
    first === undefined || next === undefined
      ? []
      : [t.verdict.seatsAhead(first.seats - next.seats, nameOf(next.party))];
  const unfilled = [...(tied > 0 ? [t.seats.tied(tied)] : []), ...(open > 0 ? [t.seats.open(open)] : [])];
  return {
    headline: headline(),
    details: [...ahead, ...(unfilled.length > 0 ? [unfilled.join(" ")] : [])],
    bars: isByParty
      ? parties.map(({ id, party, colour, seats: won }) => ({
          ...{ id, name: nameOf(party), colour, share: t.verdict.seats(won) },
          count: formatShare(language, { part: won, whole: seats }),
          percentage: percentOf({ part: won, whole: seats }),
          needed: { percentage: percentOf({ part: majority, whole: seats }), label: t.seats.majority(majority) },
        }))
      : [],
    isWithheld: false,
    isFinal,
    isWon: isFinal && hasMajority,
  };
}
