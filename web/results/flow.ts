import type { RoundResult } from "#functions/results/contract.ts";

/**
 * Sankey layout of a ranked count: a lane per candidate, the winner on top, as deep as its votes; ribbons from the
 * eliminated come from below and land under what a lane already had.
 */

/** A candidate's id, or null for the exhausted ballots. */
type LaneId = string | null;

export type Lane = Readonly<{ id: LaneId; top: number }>;
/** Votes in one round. `x` is in hundredths of the width; `y` and `depth` are in units of the height. */
export type FlowNode = Readonly<{ id: LaneId; round: number; x: number; y: number; depth: number }>;
/** Transferred votes, or a lane's own that stay. */
export type Ribbon = Readonly<{ from: LaneId; to: LaneId; round: number; depth: number; path: string }>;
export type Flow = Readonly<{
  height: number;
  lanes: readonly Lane[];
  nodes: readonly FlowNode[];
  ribbons: readonly Ribbon[];
  /** The votes needed, as a line through the winner's lane. */
  threshold: string;
}>;

export const NODE_WIDTH = 2;
/** A name stands over its lane. */
const NAME_DEPTH = 28;
/** Mean depth of a lane: the height depends on their number only, so it stays while counts change. */
const AVERAGE_DEPTH = 40;
const SHALLOWEST = 6;
const LANE_GAP = 12;

/** Lanes from the top: whoever is left, most votes first, then the eliminated, the last one first, then the exhausted. */
function laneIds(rounds: readonly RoundResult[], electedId: string | undefined): readonly LaneId[] {
  const left = [...(rounds.at(-1)?.candidates ?? [])]
    .sort((a, b) => b.votes - a.votes)
    .map(({ candidate_id: id }) => id);
  const eliminated = rounds.flatMap(({ eliminated }) => eliminated).reverse();
  const inTurn = rounds.flatMap(({ elected = [] }) => elected);
  const first = inTurn.length > 0 || electedId === undefined ? inTurn : [electedId];
  return [...new Set([...first, ...left, ...eliminated]), null];
}

function votesIn(round: RoundResult | undefined, id: LaneId): number {
  if (id === null) return round?.exhausted ?? 0;
  return round?.candidates.find(({ candidate_id }) => candidate_id === id)?.votes ?? 0;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** A ribbon from one place to another, as deep at both ends. */
function ribbonPath(fromX: number, fromY: number, toX: number, toY: number, depth: number): string {
  const [x0, y0, x1, y1, middle] = [fromX, fromY, toX, toY, (fromX + toX) / 2].map(rounded);
  const [end0, end1] = [rounded(fromY + depth), rounded(toY + depth)];
  return `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}V${end1}C${middle} ${end1} ${middle} ${end0} ${x0} ${end0}Z`;
}

/** Lays out the rounds of a count; a count in a single round is one column. */
export function flowOf(rounds: readonly RoundResult[], electedId: string | undefined): Flow {
  const ids = laneIds(rounds, electedId);
  const needed = Math.max(...rounds.map(({ threshold }) => threshold));
  const mostIn = (id: LaneId, index: number): number =>
    Math.max(index === 0 ? needed : 0, ...rounds.map((round) => votesIn(round, id)));
  const most = ids.reduce((sum, id, index) => sum + mostIn(id, index), 0);
  const depthOf = (votes: number): number => (votes / most) * ids.length * (AVERAGE_DEPTH - SHALLOWEST);
  const xOf = (index: number): number => (rounds.length < 2 ? 0 : (index / (rounds.length - 1)) * (100 - NODE_WIDTH));

  let height = 0;
  const tops = new Map<LaneId, number>();
  for (const [index, id] of ids.entries()) {
    tops.set(id, height);
    height += NAME_DEPTH + SHALLOWEST + depthOf(mostIn(id, index)) + LANE_GAP;
  }
  const bandTop = (id: LaneId): number => (tops.get(id) ?? 0) + NAME_DEPTH;

  const nodes: FlowNode[] = [];
  const ribbons: Ribbon[] = [];
  for (const [index, round] of rounds.entries()) {
    const next = rounds[index + 1];
    const [fromX, toX] = [xOf(index) + NODE_WIDTH, xOf(index + 1)];
    for (const id of ids) {
      const depth = depthOf(votesIn(round, id));
      if (depth === 0) continue;
      nodes.push({ id, round: round.round, x: xOf(index), y: bandTop(id), depth });
      if (next === undefined || (id !== null && round.eliminated.includes(id))) continue;
      // A surplus leaves from below the quota.
      const stays = id !== null && round.surplus_of?.includes(id) ? depthOf(votesIn(next, id)) : depth;
      const path = ribbonPath(fromX, bandTop(id), toX, bandTop(id), stays);
      ribbons.push({ from: id, to: id, round: round.round, depth: stays, path });
    }
    if (next === undefined) continue;
    const leavesAt = new Map<LaneId, number>([
      ...round.eliminated.map((id) => [id, bandTop(id)] as const),
      ...(round.surplus_of ?? []).map((id) => [id, bandTop(id) + depthOf(votesIn(next, id))] as const),
    ]);
    for (const id of ids) {
      let arrivesAt = bandTop(id) + depthOf(votesIn(round, id));
      for (const { from, votes } of round.transfers.filter(({ candidate_id }) => candidate_id === id)) {
        const depth = depthOf(votes);
        const left = leavesAt.get(from) ?? 0;
        ribbons.push({
          from,
          to: id,
          round: round.round,
          depth,
          path: ribbonPath(fromX, left, toX, arrivesAt, depth),
        });
        leavesAt.set(from, left + depth);
        arrivesAt += depth;
      }
    }
  }
  const threshold = rounds
    .map((round, index) => {
      const y = rounded(bandTop(ids[0] ?? null) + depthOf(round.threshold));
      return `${index === 0 ? "M" : "L"}${rounded(xOf(index))} ${y}H${rounded(xOf(index) + NODE_WIDTH)}`;
    })
    .join("");
  const lanes = ids.map((id) => ({ id, top: tops.get(id) ?? 0 }));
  return { height: height - LANE_GAP, lanes, nodes, ribbons, threshold };
}
