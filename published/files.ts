import type { ElectionDefinition } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import { percentage } from "#core/percentage.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults, LawResults, SeatResult, TurnoutOverTime } from "#functions/results/contract.ts";
import { COLUMNS, type Column, type FigureName } from "#published/columns.ts";
import { type Cell, writeCsv } from "#published/csv.ts";
import { isLaw, type Option, optionsIn, type Results, regionOf, transfersTo } from "#published/figures.ts";
import { verdictOf } from "#published/verdict.ts";

/** Results as JSON and CSV, for other programs: docs/results-files.md explains every field. */

export type Shown = Readonly<{
  election: PublicElection;
  results: Results;
  turnout: TurnoutOverTime | undefined;
}>;

/** The API's own answers. */
export function resultsJson({ election, results, turnout }: Shown): string {
  const all = {
    ...(election.definition.test === true && { test: true }),
    ...results,
    ...(turnout !== undefined && { turnout_over_time: turnout }),
  };
  return `${JSON.stringify(all, null, 2)}\n`;
}

/** One figure of a result: what is counted, of whom, in which round or until when. */
type Figure = Readonly<{ figure: FigureName } & Partial<Record<Exclude<Column, "figure">, Cell>>>;

/** One row for each figure of each result, under the same columns for every kind of vote, names in the reader's language. */
export function resultsCsv(shown: readonly Shown[], language: Language): string {
  return writeCsv([COLUMNS, ...shown.flatMap((one) => rowsOf(one, language))]);
}

function rowsOf({ election, results, turnout }: Shown, language: Language): readonly (readonly Cell[])[] {
  const regionNameOf = (id: string): string =>
    election.definition.regions.find(({ regionId }) => regionId === id)?.name[language] ?? id;
  const regionId = regionOf(results);
  const figures: readonly Figure[] = [
    ...optionsIn(results).map(
      ({ id, name, party, votes, percentage }): Figure => ({
        figure: "votes",
        id,
        name: name ?? id,
        party: party?.[language] ?? "",
        count: votes,
        percentage,
      }),
    ),
    { figure: "total", count: results.total },
    { figure: "blank", count: results.blank },
    { figure: "spoiled", count: results.spoiled },
    { figure: "ballots", count: results.turnout.ballots, percentage: results.turnout.percentage },
    { figure: "on_roll", count: results.turnout.on_roll },
    { figure: "voted_elsewhere", count: results.turnout.voted_elsewhere ?? null },
    ...verdictFigures(election.definition, results),
    ...(isLaw(results) ? lawFigures(results) : raceFigures(results, regionNameOf)),
    ...(turnout?.points ?? []).map(
      ({ until, ballots, percentage }): Figure => ({
        figure: "ballots_until",
        until,
        count: ballots,
        percentage,
      }),
    ),
  ];
  const about = {
    election_id: election.election_id,
    title: election.title[language],
    contest_region: regionId === undefined ? "" : regionNameOf(regionId),
    contest_region_id: regionId,
    status: results.status,
    withheld: results.withheld,
    updated_at: results.updated_at,
  };
  return figures
    .filter(({ count }) => count !== null)
    .map((figure) => {
      const row: Readonly<Partial<Record<Column, Cell>>> = { ...about, ...figure };
      return COLUMNS.map((column) => row[column]);
    });
}

/** Who won or leads in this contest, and by how many votes. */
function verdictFigures(definition: ElectionDefinition, results: Results): readonly Figure[] {
  const verdict = verdictOf(definition, results);
  switch (verdict.kind) {
    case "elected":
      return [
        ...verdict.elected.map(({ id, name = id }): Figure => {
          return { figure: verdict.final ? "elected" : "leading", id, name };
        }),
        { figure: "margin", ...(verdict.round !== undefined && { round: verdict.round }), count: verdict.margin },
        ...(verdict.open === undefined ? [] : tieFigures({ ...verdict.open, round: verdict.round })),
      ];
    case "tie":
      return tieFigures(verdict);
    case "law":
      return [{ figure: "margin", count: verdict.margin }];
    default:
      return [];
  }
}

function tieFigures({
  tied,
  over,
  round,
}: Readonly<{ tied: readonly Option[]; over: "seat" | "elimination"; round: number | undefined }>): readonly Figure[] {
  return tied.map(
    ({ id, name = id }): Figure => ({
      figure: `tied_over_${over}`,
      ...(round !== undefined && { round }),
      id,
      name,
    }),
  );
}

function lawFigures({ outcome: { kind, quorum, required_majority } }: LawResults): readonly Figure[] {
  const figures: readonly Figure[] = [
    { figure: "outcome", name: kind },
    { figure: `required_majority_${required_majority.kind}`, percentage: required_majority.percentage },
    { figure: "quorum", percentage: quorum },
  ];
  return figures.filter(({ percentage }) => percentage !== null);
}

/** Who is elected, then who is tied. */
function namedIn({
  kind,
  elected,
  candidate_ids,
}: Omit<SeatResult, "region_id">): readonly (readonly ["seat_elected" | "seat_tie", string])[] {
  const tied = kind === "tie" ? candidate_ids : [];
  return [...elected.map((id) => ["seat_elected", id] as const), ...tied.map((id) => ["seat_tie", id] as const)];
}

/** Who has a region's seat or is tied for it, and by how many votes, as a share of its valid votes or those of its last round. */
function seatFigures(
  seat: SeatResult,
  region: string,
  who: (id: string) => Readonly<{ id: string; name: string }>,
): readonly Figure[] {
  const named = namedIn(seat);
  if (named.length === 0) return [];
  const { margin, whole } = seat;
  const where = { region, region_id: seat.region_id };
  return [
    ...named.map(([figure, id]) => ({ figure, ...where, ...who(id) })),
    { figure: "seat_margin", ...where, count: margin, percentage: percentage(margin, whole) },
  ];
}

function raceFigures(
  { candidates, rounds, seats }: ElectionResults,
  regionNameOf: (id: string) => string,
): readonly Figure[] {
  const who = (id: string) => ({ id, name: candidates.find(({ candidate_id }) => candidate_id === id)?.name ?? id });
  return [
    ...(seats ?? []).flatMap((seat) => seatFigures(seat, regionNameOf(seat.region_id), who)),
    ...(rounds ?? []).flatMap(
      ({ round, candidates: standing, continuing, exhausted, threshold, eliminated, ...moved }): readonly Figure[] => [
        ...standing.map(
          ({ candidate_id: id, votes, percentage }): Figure => ({
            figure: "round_votes",
            round,
            ...who(id),
            count: votes,
            percentage,
          }),
        ),
        { figure: "round_continuing", round, count: continuing },
        { figure: "round_exhausted", round, count: exhausted },
        { figure: "round_threshold", round, count: threshold },
        { figure: "round_lost", round, count: moved.lost ?? null },
        ...(moved.elected ?? []).map((id): Figure => ({ figure: "round_elected", round, ...who(id) })),
        ...eliminated.map((id): Figure => ({ figure: "round_eliminated", round, ...who(id) })),
        ...transfersTo(moved.transfers).map(
          ({ candidate_id: id, votes }): Figure => ({
            figure: id === null ? "round_transfer_exhausted" : "round_transfer",
            round,
            ...(id === null ? {} : who(id)),
            count: votes,
          }),
        ),
      ],
    ),
  ];
}

/** ASCII, so that every system takes it. */
export function fileName({ election, results }: Shown, extension: "csv" | "json"): string {
  const region = isLaw(results) ? null : results.region_id;
  const parts = ["results", election.election_id, region, results.updated_at.slice(0, 19).replaceAll(":", "")];
  const name = parts.filter((part) => part !== null).join("-");
  return `${name.replaceAll(/[^\w.-]+/g, "_")}.${extension}`;
}
