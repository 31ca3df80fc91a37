import type { RoundResult } from "#functions/results/contract.ts";

/**
 * Layout of a ranked count: a bar for each round, the rounds going down the page. The bands of a bar are the candidates' votes:
 * the winner on the left, then whoever stays longest, so that the next to go out is the last, beside the exhausted ballots.
 */

/** A candidate's id, or null for the exhausted ballots. */
export type BandId = string | null;
/** Votes in one round. Places and widths are in hundredths of the picture's width. */
export type Band = Readonly<{ id: BandId; votes: number; x: number; width: number }>;
/** Where a band's words stand, clear of the lines that cross it. In hundredths of the band. */
export type Room = Readonly<{ start: number; width: number }>;
/** Votes on their way to the next round: transferred, or a band's own that stay. */
export type Ribbon = Readonly<{ from: BandId; to: BandId; fromX: number; toX: number; width: number }>;
export type FlowRound = Readonly<{
  round: number;
  /** Only those with votes. */
  bands: readonly (Band & Readonly<{ room: Room }>)[];
  ribbons: readonly Ribbon[];
  /** Where the votes needed are reached: from the left edge, and in each further band that has as many. */
  needed: readonly number[];
  /** The middles of the bands that are elected or eliminated after this round, or else of the exhausted. */
  leaders: readonly number[];
}>;

/** From the left: the elected in turn, whoever is left, most votes first, then the eliminated, the last one first. */
function bandIds(rounds: readonly RoundResult[], electedId: string | undefined): readonly BandId[] {
  const left = [...(rounds.at(-1)?.candidates ?? [])]
    .sort((a, b) => b.votes - a.votes)
    .map(({ candidate_id: id }) => id);
  const eliminated = rounds.flatMap(({ eliminated }) => eliminated).reverse();
  const inTurn = rounds.flatMap(({ elected = [] }) => elected);
  const first = inTurn.length > 0 || electedId === undefined ? inTurn : [electedId];
  return [...new Set([...first, ...left, ...eliminated]), null];
}

function votesIn(round: RoundResult | undefined, id: BandId): number {
  if (id === null) return round?.exhausted ?? 0;
  return round?.candidates.find(({ candidate_id }) => candidate_id === id)?.votes ?? 0;
}

/** Lays out the rounds of a count. All bars together are as wide as the picture, whatever is exhausted or lost. */
export function flowOf(rounds: readonly RoundResult[], electedId: string | undefined): readonly FlowRound[] {
  const ids = bandIds(rounds, electedId);
  const all = Math.max(1, ...rounds.map(({ continuing, exhausted, lost = 0 }) => continuing + exhausted + lost));
  const widthOf = (votes: number): number => (votes / all) * 100;
  const barOf = (round: RoundResult): ReadonlyMap<BandId, Band> => {
    let x = 0;
    return new Map(
      ids.map((id) => {
        const votes = votesIn(round, id);
        const band = { id, votes, x, width: widthOf(votes) };
        x += band.width;
        return [id, band] as const;
      }),
    );
  };
  const bars = rounds.map(barOf);
  return rounds.map((round, index) => {
    const bar = [...(bars[index]?.values() ?? [])];
    const { elected = [], eliminated, threshold } = round;
    const told: readonly BandId[] = elected.length + eliminated.length > 0 ? [...elected, ...eliminated] : [null];
    const width = widthOf(threshold);
    const needed = [
      Math.min(width, 100),
      ...bar.slice(1).flatMap(({ id, x, votes }) => (id !== null && votes >= threshold ? [x + width] : [])),
    ];
    return {
      round: round.round,
      bands: bar.filter(({ votes }) => votes > 0).map((band) => ({ ...band, room: roomIn(band, needed) })),
      ribbons: ribbonsBetween(round, bars[index], bars[index + 1]),
      needed,
      leaders: bar
        .filter(({ id, votes }) => told.includes(id) && (id !== null || votes > 0))
        .map(({ x, width }) => x + width / 2),
    };
  });
}

/** The widest part that no line crosses. */
function roomIn({ x, width }: Band, lines: readonly number[]): Room {
  const inside = lines.map((line) => ((line - x) / width) * 100).filter((line) => line > 0 && line < 100);
  const edges = [0, ...inside.sort((one, other) => one - other), 100];
  return edges
    .slice(1)
    .map((end, index) => ({ start: edges[index] ?? 0, width: end - (edges[index] ?? 0) }))
    .reduce((widest, part) => (part.width > widest.width ? part : widest));
}

type Bar = ReadonlyMap<BandId, Band>;

/** What stays keeps to the left of its band. What is transferred lands to the right of what a band already had. */
function ribbonsBetween(round: RoundResult, above: Bar | undefined, below: Bar | undefined): readonly Ribbon[] {
  if (above === undefined || below === undefined) return [];
  const ribbons: Ribbon[] = [];
  const left = new Map<BandId, number>();
  const arrived = new Map<BandId, number>();
  const add = (from: BandId, to: BandId, votes: number): void => {
    const [source, target] = [above.get(from), below.get(to)];
    if (source === undefined || target === undefined || votes === 0) return;
    const width = (source.width / source.votes) * votes;
    const [gone, there] = [left.get(from) ?? 0, arrived.get(to) ?? 0];
    ribbons.push({ from, to, fromX: source.x + gone, toX: target.x + there, width });
    left.set(from, gone + width);
    arrived.set(to, there + width);
  };
  for (const [id, { votes }] of above) {
    if (id !== null && round.eliminated.includes(id)) continue;
    // Above the quota, a surplus leaves.
    add(id, id, round.surplus_of?.includes(id ?? "") ? (below.get(id)?.votes ?? 0) : votes);
  }
  for (const id of below.keys()) {
    for (const { from, votes } of round.transfers.filter(({ candidate_id }) => candidate_id === id))
      add(from, id, votes);
  }
  return ribbons;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** A ribbon in a square of 100, as wide at both ends. */
export function ribbonPath({ fromX, toX, width }: Ribbon): string {
  const [x0, x1, end0, end1] = [fromX, toX, fromX + width, toX + width].map(rounded);
  return `M${x0} 0C${x0} 50 ${x1} 50 ${x1} 100H${end1}C${end1} 50 ${end0} 50 ${end0} 0Z`;
}
