import { beginning, type CastBallot, RULES, type Rules, type State, type World } from "#load/model/state.ts";
import { stepsFrom } from "#load/model/steps.ts";
import { padSequenceNumber } from "#storage/keys.ts";

/** Visits every state that the model can reach, and checks in each whether the promise holds. */

export type Exploration = Readonly<{
  states: number;
  /** States in which everything is answered, decided and counted. */
  settled: number;
  /** The first state in which the promise is broken, and the steps that lead to it; undefined when there is none. */
  broken: Readonly<{ promise: string; steps: readonly string[] }> | undefined;
}>;

function countedIn({ rows, stream }: State): readonly number[] {
  const places = new Map(stream.map((ballot, index) => [padSequenceNumber(String(index + 1)), ballot]));
  return Object.values(rows).flatMap(({ counted }) => counted.map((place) => places.get(place) ?? -1));
}

/** Nothing is left to do but faults. */
function isSettled({ posts, messages, validators, counters, position, stream }: State): boolean {
  return (
    posts.every((post) => post === "answered") &&
    messages.every(({ isQueued }) => !isQueued) &&
    validators.length === 0 &&
    counters.length === 0 &&
    position === stream.length
  );
}

/** Which promise a state breaks; undefined when it keeps them all. */
function brokenIn(state: State, ballots: readonly CastBallot[]): string | undefined {
  const counted = countedIn(state);
  const voters = counted.map((ballot) => ballots[ballot]?.voter);
  if (new Set(counted).size < counted.length) return "a ballot is counted twice";
  if (new Set(voters).size < voters.length) return "a voter is counted twice";
  if (counted.some((ballot) => !Object.values(state.box).includes(ballot)))
    return "a ballot is counted that is not in the box";
  if (state.rejected.some((ballot) => Object.values(state.box).includes(ballot)))
    return "a ballot is both accepted and rejected";
  if (!isSettled(state)) return undefined;
  const everybody = new Set(ballots.map(({ voter }) => voter));
  if (counted.length < everybody.size) return "an accepted vote is lost";
  const told = new Set([...Object.values(state.box), ...state.rejected]);
  return told.size < ballots.length ? "a voter is never told" : undefined;
}

/** Equal for states that differ only in an order that does not matter. */
function keyOf({ rows, validators, counters, afloat, ...ordered }: State): string {
  const sorted = (list: readonly unknown[]): readonly string[] => list.map((one) => JSON.stringify(one)).sort();
  const unordered = [Object.entries(rows), validators, counters, afloat.puts, afloat.additions];
  return JSON.stringify([Object.values(ordered), unordered.map(sorted)]);
}

type Visited = Readonly<{ state: State; name: string; from: Visited | undefined }>;

function stepsTo(visited: Visited): readonly string[] {
  const steps: string[] = [];
  for (let one: Visited | undefined = visited; one?.from !== undefined; one = one.from) steps.push(one.name);
  return steps.reverse();
}

/** Explores a world under its rules, breadth first, so that a broken promise is reported with the fewest steps. */
export function explore(world: World, rules: Rules = RULES): Exploration {
  const first: Visited = { state: beginning(world), name: "", from: undefined };
  const seen = new Set([keyOf(first.state)]);
  let settled = 0;
  let frontier: readonly Visited[] = [first];
  while (frontier.length > 0) {
    const next: Visited[] = [];
    for (const visited of frontier) {
      const { state } = visited;
      const steps = stepsFrom(state, world, rules);
      const isDone = isSettled(state);
      const promise =
        brokenIn(state, world.ballots) ?? (steps.length === 0 && !isDone ? "the pipeline stands still" : undefined);
      if (promise !== undefined) return { states: seen.size, settled, broken: { promise, steps: stepsTo(visited) } };
      if (isDone) settled++;
      for (const { name, to } of steps) {
        const key = keyOf(to);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ state: to, name, from: visited });
      }
    }
    frontier = next;
  }
  return { states: seen.size, settled, broken: undefined };
}
