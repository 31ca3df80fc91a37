import { ElectionDefinition } from "#core/election.ts";
import { countRankedContest, type RankedDefinition } from "#core/ranked-choice.ts";
import type { Histogram } from "#core/results.ts";
import { writeSelection } from "#core/selection.ts";
import type { Figure } from "#load/bench/figures.ts";

/** How long the rounds of a large ranked contest take, from its histogram to who is elected. */

const CANDIDATES = 30;
const MAX_RANKINGS = 10;
const DISTINCT_RANKINGS = 100_000;
const BALLOTS = 1_000_000;
const MOST_SECONDS = 1;
const TRIALS = 5;

/** A small generator (mulberry32), so that every run counts the same ballots; from 0, inclusive, to 1, exclusive. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function contest(candidateIds: readonly string[]): RankedDefinition {
  const text = { fr: "Banc d’essai", en: "Bench" };
  const definition = ElectionDefinition.parse({
    electionId: "bench",
    votingMethod: "ranked_choice",
    title: text,
    opensAt: "2026-01-01T00:00:00Z",
    closesAt: "2026-01-02T00:00:00Z",
    maxRankings: MAX_RANKINGS,
    regions: [{ regionId: "1", name: text }],
    candidates: candidateIds.map((id) => ({ candidateId: id, firstName: id, lastName: id, regionIds: ["1"] })),
    tieBreakOrder: candidateIds,
  });
  if (definition.votingMethod !== "ranked_choice") throw new Error("a ranked contest was defined");
  return definition;
}

/** Distinct rankings of 3 to MAX_RANKINGS candidates, some liked better than others so that the count takes many rounds. */
function ballots(candidateIds: readonly string[]): Histogram {
  const chance = chanceFrom(1);
  const histogram = new Map<string, number>();
  while (histogram.size < DISTINCT_RANKINGS) {
    const left = [...candidateIds];
    const length = 3 + Math.floor(chance() * (MAX_RANKINGS - 2));
    const ranking = Array.from({ length }, () => left.splice(Math.floor(chance() ** 1.3 * left.length), 1)[0] ?? "");
    histogram.set(writeSelection({ kind: "ranking", candidateIds: ranking }), Math.floor(BALLOTS / DISTINCT_RANKINGS));
  }
  return histogram;
}

/** The median time of a count, as the results function makes it. */
export function measureRankedCount(): Figure {
  const candidateIds = Array.from({ length: CANDIDATES }, (_, index) => `c${index + 1}`);
  const definition = contest(candidateIds);
  const histogram = ballots(candidateIds);
  let rounds = 0;
  const seconds = Array.from({ length: TRIALS }, () => {
    const startedMs = performance.now();
    rounds = countRankedContest(definition, candidateIds, histogram).rounds.length;
    return (performance.now() - startedMs) / 1000;
  }).sort((a, b) => a - b);
  return {
    name: "ranked count",
    value: seconds[Math.floor(TRIALS / 2)] ?? Number.NaN,
    unit: "s",
    target: { kind: "at-most", limit: MOST_SECONDS, isBinding: true },
    note: `${BALLOTS.toLocaleString("en")} ballots, ${DISTINCT_RANKINGS.toLocaleString("en")} distinct rankings, ${CANDIDATES} candidates, ${rounds} rounds; the slowest of ${TRIALS} ${(seconds.at(-1) ?? 0).toFixed(2)} s`,
  };
}
