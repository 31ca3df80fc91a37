import { ElectionDefinition } from "#core/election.ts";
import { countElection, type Tally } from "#core/results.ts";
import { writeSelection } from "#core/selection.ts";
import { type Figure, medianFigure, mustBe } from "#load/shared/figures.ts";
import { grouped } from "#load/shared/report.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";

/** How long it takes to count the rounds of a large ranked contest, from its tally to the winner. */

const CANDIDATES = 30;
const MAX_RANKINGS = 10;
const DISTINCT_RANKINGS = 100_000;
const BALLOTS = 1_000_000;
const MOST_SECONDS = 1;
const TRIALS = 5;

function contest(candidateIds: readonly string[]): ElectionDefinition {
  const text = { fr: "Banc d’essai", en: "Bench" };
  return ElectionDefinition.parse({
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
}

/** Distinct rankings of 3 to MAX_RANKINGS candidates, some more popular than others, so that the count takes many rounds. */
function ballots(candidateIds: readonly string[]): Tally {
  const random = seededRandom(1, "ranked count");
  const chance = (): number => random(2 ** 32) / 2 ** 32;
  const tally = new Map<string, number>();
  while (tally.size < DISTINCT_RANKINGS) {
    const left = [...candidateIds];
    const length = 3 + Math.floor(chance() * (MAX_RANKINGS - 2));
    const ranking = Array.from({ length }, () => left.splice(Math.floor(chance() ** 1.3 * left.length), 1)[0] ?? "");
    tally.set(writeSelection({ kind: "ranking", candidateIds: ranking }), Math.floor(BALLOTS / DISTINCT_RANKINGS));
  }
  return tally;
}

export function measureRankedCount(): Figure {
  const candidateIds = Array.from({ length: CANDIDATES }, (_, index) => `c${index + 1}`);
  const definition = contest(candidateIds);
  const tallies = new Map([["1", ballots(candidateIds)]]);
  let rounds = 0;
  const seconds = Array.from({ length: TRIALS }, () => {
    const startedMs = performance.now();
    rounds = countElection(definition, tallies).byRegion.get("1")?.ranked()?.rounds.length ?? 0;
    return (performance.now() - startedMs) / 1000;
  });
  const size = `${grouped(BALLOTS)} ballots, ${grouped(DISTINCT_RANKINGS)} distinct rankings`;
  const note = `${size}, ${CANDIDATES} candidates, ${rounds} rounds`;
  return medianFigure("ranked count", seconds, "s", mustBe("≤", MOST_SECONDS), note);
}
