import type { PublishedResults } from "#admin/elections/published-results.ts";
import { grouped } from "#admin/shared/grouped.ts";
import { layOut } from "#admin/terminal/text-table.ts";
import type { Embargo } from "#core/disclosure.ts";

/** A result as a table; on a terminal with bars, in the parties' colours. */

const BAR_WIDTH = 30;

const EMBARGO_SENTENCES = {
  "not-open": "Voting has not opened yet.",
  "after-vote": "Until closing, the result is shown only to those who have voted.",
  "after-close": "The result is shown after closing.",
  "minimum-ballots": "Too few ballots for a result that keeps every vote secret.",
} as const satisfies Record<Embargo, string>;

type Option = Readonly<{
  name: string;
  party: string;
  colour: string | null;
  votes: number | null;
  percentage: number | null;
}>;

function optionsOf(results: PublishedResults): readonly Option[] {
  if (results.kind === "election") {
    return results.election.candidates.map(({ name, party, colour, votes, percentage }) => {
      return { name, party: party?.en ?? "", colour, votes, percentage };
    });
  }
  const { oui, non, percentages } = results.law;
  return [
    { name: "oui", party: "", colour: null, votes: oui, percentage: percentages.oui },
    { name: "non", party: "", colour: null, votes: non, percentage: percentages.non },
  ];
}

/** A bar of a percentage, in a colour `#rrggbb` where there is one (24-bit SGR sequences). */
function bar(percentage: number, colour: string | null): string {
  const filled = Math.round((percentage / 100) * BAR_WIDTH);
  const [full, rest] = ["█".repeat(filled), "░".repeat(BAR_WIDTH - filled)];
  const channels = colour?.match(/[0-9a-f]{2}/g)?.map((channel) => Number.parseInt(channel, 16));
  return channels === undefined ? `${full}${rest}` : `\u001b[38;2;${channels.join(";")}m${full}\u001b[39m${rest}`;
}

function count(votes: number | null): string {
  return votes === null ? "–" : grouped(votes);
}

/** The text of a result; `decorated` adds the bars, for a terminal. */
export function formatResults(results: PublishedResults, decorated: boolean): string {
  const outcome = results.kind === "law" ? results.law : results.election;
  const { turnout } = outcome;
  const place =
    results.kind === "election" && results.election.region_id !== null ? `, region ${results.election.region_id}` : "";
  const options = optionsOf(results);
  const table = layOut(
    options.map(({ name, party, votes, percentage }) => [
      name,
      party,
      count(votes),
      percentage === null ? "–" : `${percentage.toFixed(2)} %`,
    ]),
    [{}, {}, { align: "right" }, { align: "right" }],
  );
  const lines = table.split("\n").map((line, index) => {
    const option = options[index];
    if (!decorated || option === undefined || option.percentage === null) return line;
    return `${line}  ${bar(option.percentage, option.colour)}`;
  });
  return [
    `${outcome.title.en}${place} (${outcome.status})`,
    ...(outcome.withheld === null ? [] : [EMBARGO_SENTENCES[outcome.withheld]]),
    "",
    ...lines,
    "",
    `votes ${count(outcome.total)}, blank ${count(outcome.blank)}, spoiled ${count(outcome.spoiled)}`,
    ...(results.kind === "law" ? [`outcome: ${results.law.outcome.kind.replaceAll("-", " ")}`] : []),
    `turnout ${count(turnout.ballots)} of ${count(turnout.on_roll)} (${turnout.percentage.toFixed(2)} %)`,
    ...(results.kind === "election" && results.election.regions_withheld.length > 0
      ? [`left out of the sum for too few ballots: region ${results.election.regions_withheld.join(", ")}`]
      : []),
    `counted ${outcome.updated_at}`,
  ].join("\n");
}
