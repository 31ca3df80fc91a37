import { grouped } from "#admin/shared/grouped.ts";
import { layOut } from "#admin/terminal/text-table.ts";
import type { Embargo } from "#core/disclosure.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import { decimalsFor, HALF, percentageDigits, type Ratio } from "#core/percentage.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { isLaw, type Option, optionsIn, type Results, shareOf, thresholdsOf, turnoutOf } from "#published/figures.ts";
import { foremostParty, regionLines, seatsIn } from "#published/regions.ts";
import { verdictOf } from "#published/verdict.ts";

/** A result as text: who won or leads, then a table; on a terminal with bars, in the parties' colours. */

const BAR_WIDTH = 30;

const EMBARGO_SENTENCES = {
  "not-open": "Voting has not opened yet.",
  "after-vote": "Until closing, the result is shown only to those who have voted.",
  "after-close": "The result is shown after closing.",
  "minimum-ballots": "Too few ballots for a result that keeps every vote secret.",
} as const satisfies Record<Embargo, string>;

const OUTCOME_SENTENCES = {
  adopted: "The law is adopted",
  rejected: "The law is rejected",
  "quorum-not-reached": "The quorum is not reached: the law is not adopted",
  undecided: "Not decided before closing",
} as const satisfies Record<LawResults["outcome"]["kind"], string>;

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
const nameOf = ({ name, id }: Option): string => name ?? id;
const namesOf = (options: readonly Option[]): string => new Intl.ListFormat("en").format(options.map(nameOf));
const votesOf = (votes: number): string => `${grouped(votes)} ${votes === 1 ? "vote" : "votes"}`;

/** Who has how many of all regions' seats, whether that is a majority, and what is still open. */
function seatsSentence(definition: ElectionDefinition, results: ElectionResults): string {
  const count = seatsIn(definition, results);
  const first = foremostParty(count);
  const has = first !== undefined && first.seats >= count.majority ? "a majority" : "no majority";
  const isAre = (seats: number): string => (seats === 1 ? "is" : "are");
  const unfilled = [
    ...(count.tied > 0 ? [`${grouped(count.tied)} ${isAre(count.tied)} tied`] : []),
    ...(count.open > 0 ? [`${grouped(count.open)} ${isAre(count.open)} open`] : []),
  ].map((part) => `; ${part}`);
  const whose =
    first === undefined
      ? "nobody has most"
      : `${first.party?.en ?? ""} has ${grouped(first.seats)}, ${has} (${grouped(count.majority)})`;
  return `Each region elects for itself. Of ${grouped(count.seats)} seats ${whose}${unfilled.join("")}.`;
}

/** Who won or leads, by how much, in one sentence. */
function verdictSentence(definition: ElectionDefinition, results: Results): string {
  const verdict = verdictOf(results);
  switch (verdict.kind) {
    case "withheld":
      return results.withheld === null ? "" : EMBARGO_SENTENCES[results.withheld];
    case "law":
      return `${OUTCOME_SENTENCES[verdict.outcome]}: oui and non are ${votesOf(verdict.margin)} apart.`;
    case "no-ballots":
      return "Nobody has a vote.";
    case "by-region":
      return isLaw(results) ? "" : seatsSentence(definition, results);
    case "tie": {
      const names = namesOf(verdict.tied);
      const round = verdict.round === undefined ? "" : ` in round ${verdict.round}`;
      return verdict.over === "seat"
        ? `Tie for the seat between ${names}${round}.`
        : `Tie over an elimination between ${names}${round}: the count cannot go on without a lot.`;
    }
    default: {
      const { elected, next, margin, round, final, open, byLot } = verdict;
      const names = new Intl.ListFormat("en").format(
        elected.map(
          (one) =>
            `${nameOf(one)} with ${votesOf(one.votes)} (${share(shareOf(one), round === undefined ? [] : [HALF])})`,
        ),
      );
      const where = round === undefined ? "" : ` in round ${round}`;
      const ahead = next === undefined ? "nobody else had a vote" : `${grouped(margin)} ahead of ${nameOf(next)}`;
      const seats = (many: number): string => (many === 1 ? "the last seat" : `the last ${grouped(many)} seats`);
      const about = open?.over === "elimination" ? "Tie over an elimination, on which" : "Tie for";
      const depends = open?.over === "elimination" ? "depends" : "";
      const tie =
        open === undefined
          ? ""
          : ` ${[about, seats(open.seats), depends].filter((word) => word !== "").join(" ")}, between ${namesOf(open.tied)}.`;
      const lot =
        byLot === undefined ? "" : ` A lot broke the tie for ${seats(byLot.seats)} between ${namesOf(byLot.tied)}.`;
      return `${final ? "Elected" : "In the lead"}${where}: ${names}; ${ahead}.${tie}${lot}`;
    }
  }
}

function optionLines(definition: ElectionDefinition, results: Results, decorated: boolean): readonly string[] {
  const options: readonly (Pick<Option, "id" | "name" | "party" | "colour"> &
    Readonly<{ votes: number | null; percentage: number | null; whole: number }>)[] =
    results.withheld === null ? optionsIn(results) : withheldOptions(results);
  const table = layOut(
    options.map(({ name, id, party, votes, whole }) => [
      name ?? id,
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
  const place = !isLaw(results) && results.region_id !== null ? `, region ${results.region_id}` : "";
  return [
    `${results.title.en}${place} (${results.status})`,
    verdictSentence(election.definition, results),
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
