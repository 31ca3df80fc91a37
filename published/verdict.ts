import type { RaceDefinition } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { uncountedIn } from "#core/officers-acts.ts";
import type { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { foremostIn, isLaw, isOneCount, type Option, optionsIn, type Results } from "#published/figures.ts";

/** What a result comes to: who won or leads, by how much, or what is still open. */

export type RaceVerdict = Readonly<
  /** `final` once the count made after closing is shown; before, they only lead. */
  | {
      kind: "elected";
      final: boolean;
      /** Most votes first. */
      elected: readonly [Option, ...Option[]];
      /** Who came next; undefined when nobody else had a vote. */
      next: Option | undefined;
      /** Votes between the last elected and who came next, in the last round where there are rounds. */
      margin: number;
      /** The last round, from 1; undefined without rounds. */
      round: number | undefined;
      /** A tie that no rule breaks leaves so many of several seats open. */
      open?: Readonly<{ tied: readonly Option[]; seats: number; over: "seat" | "elimination" }>;
      /** A lot broke a tie for so many of the last seats. */
      byLot?: Readonly<{ tied: readonly Option[]; seats: number; by: "lot" | "lot-after-closing" }>;
    }
  | { kind: "tie"; final: boolean; tied: readonly Option[]; over: "seat" | "elimination"; round: number | undefined }
  | { kind: "no-ballots"; final: boolean }
>;

export type Verdict =
  | RaceVerdict
  | Readonly<
      | { kind: "law"; outcome: LawResults["outcome"]["kind"]; margin: number }
      /** A sum over regions that elect each for themselves: see the seats. */
      | { kind: "by-region" }
      | { kind: "withheld" }
    >;

/** The options as they stood in a round, most votes first. @param whole what the votes are a share of */
function inRound(
  options: readonly Option[],
  round: NonNullable<ElectionResults["rounds"]>[number],
  whole: number,
): readonly Option[] {
  return round.candidates
    .flatMap(({ candidate_id, votes, percentage }) => {
      const option = options.find(({ id }) => id === candidate_id);
      return option === undefined ? [] : [{ ...option, votes, percentage, whole }];
    })
    .toSorted((a, b) => b.votes - a.votes);
}

function rankedVerdict(results: ElectionResults, options: readonly Option[], final: boolean): RaceVerdict | undefined {
  const { outcome, rounds } = results;
  const last = rounds?.at(-1);
  if (outcome === undefined || last === undefined) return undefined;
  const standing = inRound(options, last, last.continuing);
  const named = outcome.candidate_ids.flatMap((id) => standing.filter((option) => option.id === id));
  const [first] = named;
  if (outcome.kind === "no-ballots" || first === undefined) return { kind: "no-ballots", final };
  if (outcome.kind === "tie") {
    const over = outcome.tie_over === "elimination" ? "elimination" : "seat";
    return { kind: "tie", final, tied: named, over, round: last.round };
  }
  const next = standing.find(({ id }) => id !== first.id);
  return {
    kind: "elected",
    final,
    elected: [first],
    next,
    margin: first.votes - (next?.votes ?? 0),
    round: last.round,
  };
}

/** Of a contest with several seats. */
function severalVerdict(results: ElectionResults, all: readonly Option[], final: boolean): RaceVerdict | undefined {
  const { outcome, voting_method } = results;
  if (outcome === undefined || (voting_method !== "choose" && voting_method !== "stv")) return undefined;
  const last = results.rounds?.at(-1);
  const round = last?.round;
  // A quota is a share of all valid ballots.
  const options = last === undefined ? all : inRound(all, last, results.total ?? 0);
  const named = (ids: readonly string[]): readonly Option[] =>
    ids.flatMap((id) => options.filter((option) => option.id === id));
  if (outcome.kind === "no-ballots") return { kind: "no-ballots", final };
  const tied = outcome.kind === "tie" ? named(outcome.candidate_ids) : [];
  const over = outcome.tie_over === "elimination" ? "elimination" : "seat";
  const [first, ...others] = named(outcome.elected);
  if (first === undefined) return { kind: "tie", final, tied, over, round };
  const elected: readonly [Option, ...Option[]] = [first, ...others];
  const next = options.find(({ id, votes }) => votes > 0 && !outcome.elected.includes(id));
  const fewest = Math.min(...elected.map(({ votes }) => votes));
  return {
    kind: "elected",
    final,
    elected,
    next,
    margin: fewest - (next?.votes ?? 0),
    round,
    ...(tied.length > 0 && { open: { tied, seats: outcome.open_seats, over } }),
    ...(outcome.by_lot !== undefined && { byLot: { ...outcome.by_lot, tied: named(outcome.by_lot.tied) } }),
  };
}

/** Of a race that is one count, and not withheld. */
export function raceVerdict(definition: RaceDefinition, results: ElectionResults): RaceVerdict {
  const final = results.status === "closed";
  // Marks for somebody who withdrew are told, but stand against nobody.
  const uncounted = uncountedIn(definition);
  const options = optionsIn(results).filter(({ id }) => !uncounted.has(id));
  return (
    severalVerdict(results, options, final) ??
    rankedVerdict(results, options, final) ??
    singleVerdict(results, options, final)
  );
}

function singleVerdict(results: ElectionResults, options: readonly Option[], final: boolean): RaceVerdict {
  const foremost = foremostIn(results);
  const [first] = foremost;
  if (first === undefined) return { kind: "no-ballots", final };
  if (foremost.length > 1) return { kind: "tie", final, tied: foremost, over: "seat", round: undefined };
  const next = options.find(({ id, votes }) => id !== first.id && votes > 0);
  const margin = first.votes - (next?.votes ?? 0);
  const lot = results.outcome?.by_lot;
  return {
    ...{ kind: "elected", final, elected: [first], next, margin, round: undefined },
    ...(lot !== undefined && { byLot: { ...lot, tied: options.filter(({ id }) => lot.tied.includes(id)) } }),
  };
}

export function verdictOf(definition: ElectionDefinition, results: Results): Verdict {
  if (results.withheld !== null) return { kind: "withheld" };
  if (isLaw(results)) {
    return { kind: "law", outcome: results.outcome.kind, margin: Math.abs((results.oui ?? 0) - (results.non ?? 0)) };
  }
  if (definition.votingMethod === "referendum" || !isOneCount(results)) return { kind: "by-region" };
  return raceVerdict(definition, results);
}
