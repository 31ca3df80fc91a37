import { grouped } from "#admin/shared/grouped.ts";
import { layOut } from "#admin/terminal/text-table.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import { decimalsFor, percentageDigits, type Ratio } from "#core/percentage.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults } from "#functions/results/contract.ts";
import { isLaw, type Option, optionsIn, type Results, thresholdsOf, turnoutOf } from "#published/figures.ts";
import { regionLines } from "#published/regions.ts";
import { en } from "#web/messages/en.ts";
import { resultsEn } from "#web/messages/results-en.ts";
import { tellVerdict } from "#web/results/telling.ts";

/** A result as text: the page's own sentences, then a table; on a terminal with bars, in the parties' colours. */

const READER = { t: { ...en, ...resultsEn }, language: "en" } as const;

const BAR_WIDTH = 30;

/** A bar of a percentage, in a colour `#rrggbb` where there is one (24-bit SGR sequences). */
function bar(percentage: number, colour: string | null): string {
  const filled = Math.round((percentage / 100) * BAR_WIDTH);
  const [full, rest] = ["█".repeat(filled), "░".repeat(BAR_WIDTH - filled)];
  const channels = colour?.match(/[0-9a-f]{2}/g)?.map((channel) => Number.parseInt(channel, 16));
  return channels === undefined ? `${full}${rest}` : `\u001b[38;2;${channels.join(";")}m${full}\u001b[39m${rest}`;
}

const count = (votes: number | null): string => (votes === null ? "–" : grouped(votes));
const share = (ratio: Ratio, thresholds: readonly Ratio[] = []): string =>
  `${percentageDigits(ratio, decimalsFor(ratio, 2, thresholds))} %`;

function optionLines(definition: ElectionDefinition, results: Results, decorated: boolean): readonly string[] {
  const options: readonly (Pick<Option, "id" | "name" | "party" | "colour"> &
    Readonly<{ votes: number | null; percentage: number | null; whole: number }>)[] =
    results.withheld === null ? optionsIn(results) : withheldOptions(results);
  const table = layOut(
    options.map(({ name, id, party, votes, whole }) => [
      name ?? READER.t.ballot[id === "oui" ? "yes" : "no"],
      party?.en ?? "",
      count(votes),
      votes === null ? "–" : share({ part: votes, whole }, thresholdsOf(definition, id)),
    ]),
    [{}, {}, { align: "right" }, { align: "right" }],
  );
  return table.split("\n").map((line, index) => {
    const option = options[index];
    if (!decorated || option === undefined || option.percentage === null) return line;
    return `${line}  ${bar(option.percentage, option.colour)}`;
  });
}

function withheldOptions(results: Results) {
  const nothing = { votes: null, percentage: null, whole: 0 };
  if (isLaw(results)) {
    return ["oui", "non"].map((id) => ({ id, name: undefined, party: null, colour: null, ...nothing }));
  }
  return results.candidates.map(({ candidate_id: id, name, party, colour }) => ({
    id,
    name,
    party,
    colour,
    ...nothing,
  }));
}

/** The seats by region, then by party. */
function seatLines(election: PublicElection, results: ElectionResults): readonly string[] {
  const { seats, seats_by_party } = results;
  if (seats === undefined || seats_by_party === undefined || seats.length === 1) return [];
  const regions = layOut(
    regionLines(election.definition, results).flatMap(({ id, name, seat, elected, tied }) => {
      if (seat === undefined) return [];
      const tie = seat.tie_over === "elimination" ? "tie over an elimination" : "tie";
      const names = [
        ...elected.map((one) => one.name),
        ...(tied.length > 0 ? [`${tie}: ${tied.map((one) => one.name).join(", ")}`] : []),
      ];
      if (names.length === 0) return [[id, name.en, "no votes", "", ""]];
      const ahead = `${grouped(seat.margin)} ahead`;
      return [[id, name.en, names.join(", "), share({ part: seat.votes, whole: seat.whole }), ahead]];
    }),
    [{}, {}, {}, { align: "right" }, { align: "right" }],
  );
  const parties = layOut(
    seats_by_party.map((party) => [party.party?.en ?? "Independent", grouped(party.seats)]),
    [{}, { align: "right" }],
  );
  return ["", "seats by region", regions, "", "seats by party", parties];
}

/** The text of a result; `decorated` adds the bars, for a terminal. */
export function formatResults(election: PublicElection, results: Results, decorated: boolean): string {
  const { turnout } = results;
  const told = tellVerdict(READER, election, results);
  const place = !isLaw(results) && results.region_id !== null ? `, region ${results.region_id}` : "";
  return [
    `${results.title.en}${place} (${results.status})`,
    told.headline,
    ...told.details,
    ...(isLaw(results) ? [] : seatLines(election, results)),
    "",
    ...optionLines(election.definition, results, decorated),
    "",
    `votes ${count(results.total)}, blank ${count(results.blank)}, spoiled ${count(results.spoiled)}`,
    `turnout ${count(turnout.ballots)} of ${count(turnout.on_roll)} (${share(turnoutOf(results))})`,
    ...(turnout.voted_elsewhere === undefined
      ? []
      : [`on paper or by mail, not among these ballots: ${count(turnout.voted_elsewhere)}`]),
    ...(!isLaw(results) && results.regions_withheld.length > 0
      ? [`left out of the sum for too few ballots: region ${results.regions_withheld.join(", ")}`]
      : []),
    `counted on ${formatInstant("en", results.updated_at, election.definition.timeZone)}`,
  ].join("\n");
}
