import { contestRegionIds } from "#core/contest.ts";
import type { BallotIndex, CastBallot, Counter, Rules, State, Validator, World } from "#load/model/state.ts";
import { ballotsByCell, beyondFence, groupByRow, type Increment } from "#storage/increment.ts";

/** Every step that the pipeline, or a fault, can take from a state. Each changes one thing that lasts. */

export type Step = Readonly<{ name: string; to: State }>;

const SHARD = "shard";
/** Two at once interact in every way that more would. */
const AT_ONCE = 2;

const without = <T>(list: readonly T[], index: number): readonly T[] => list.toSpliced(index, 1);

/** Puts a ballot into the box as the conditional put does. */
function put(state: State, ballot: BallotIndex, voter: number, { putsOnce }: Rules): State {
  if (putsOnce && state.box[voter] !== undefined) return state;
  return { ...state, box: { ...state.box, [voter]: ballot }, stream: [...state.stream, ballot] };
}

/** Adds to a row as the conditional update does; returns what is left to add. */
function add(state: State, increment: Increment, rules: Rules): Readonly<{ to: State; left: Increment | undefined }> {
  const row = `${increment.sheet} ${increment.row}`;
  const sequenceNumbers = increment.ballots.map(({ sequenceNumber }) => sequenceNumber);
  const { fence, counted } = state.rows[row] ?? { fence: "", counted: [] };
  if (rules.addsBehindFence && (sequenceNumbers[0] ?? "") <= fence) {
    return { to: state, left: beyondFence(increment, fence) };
  }
  const added = { fence: sequenceNumbers.at(-1) ?? fence, counted: [...counted, ...sequenceNumbers] };
  return { to: { ...state, rows: { ...state.rows, [row]: added } }, left: undefined };
}

function cellsOf({ ballots }: Increment): string {
  return [...ballotsByCell(ballots).keys()].join(", ");
}

/** Voters post; `submit` answers, or dies after queueing the ballot, and the voter posts the same envelope again. */
function posting(state: State): readonly Step[] {
  const send = (ballot: BallotIndex): State => ({
    ...state,
    posts: state.posts.with(ballot, "unanswered"),
    messages: [...state.messages, { ballot, isQueued: true }],
  });
  return state.posts.flatMap((post, ballot): readonly Step[] => {
    if (post === "unsent") return [{ name: `post ${ballot}`, to: send(ballot) }];
    if (post === "answered") return [];
    const answered = { name: `answer ${ballot}`, to: { ...state, posts: state.posts.with(ballot, "answered") } };
    if (state.crashes === 0) return [answered];
    return [
      answered,
      { name: `submit dies; post ${ballot} again`, to: { ...send(ballot), crashes: state.crashes - 1 } },
    ];
  });
}

/** The queue delivers a message: for the first time, after a crash, or again while it is still being processed. */
function delivering(state: State, { deletesLast }: Rules): readonly Step[] {
  if (state.validators.length === AT_ONCE) return [];
  return state.messages.flatMap(({ ballot, isQueued }, message) => {
    if (!isQueued) return [];
    const isRepeat = state.validators.some((validator) => validator.message === message);
    if (isRepeat && state.repeats === 0) return [];
    const to: State = {
      ...state,
      messages: deletesLast ? state.messages : state.messages.with(message, { ballot, isQueued: false }),
      validators: [...state.validators, { message, next: "put" }],
      repeats: state.repeats - (isRepeat ? 1 : 0),
    };
    return [{ name: `deliver ${ballot}`, to }];
  });
}

/** Each validator continues or dies. What it was writing may still arrive. */
function validating(state: State, ballots: readonly CastBallot[], rules: Rules): readonly Step[] {
  return state.validators.flatMap(({ message, next }, index): readonly Step[] => {
    const ballot = state.messages[message]?.ballot ?? -1;
    const voter = ballots[ballot]?.voter ?? -1;
    const others = without(state.validators, index);
    const then = (to: State, ...following: readonly Validator["next"][]): Step => {
      const validators = [...others, ...following.map((step) => ({ message, next: step }))];
      return { name: `${next} ${ballot}`, to: { ...to, validators } };
    };
    const goOn = {
      put() {
        const to = put(state, ballot, voter, rules);
        return then(to, to.box[voter] === ballot ? "delete" : "reject");
      },
      reject: () => then({ ...state, rejected: [...new Set([...state.rejected, ballot])].sort() }, "delete"),
      delete: () => then({ ...state, messages: state.messages.with(message, { ballot, isQueued: false }) }),
    };
    if (state.crashes === 0) return [goOn[next]()];
    const puts = next === "put" ? [...state.afloat.puts, ballot] : state.afloat.puts;
    const dead = { ...state, validators: others, afloat: { ...state.afloat, puts }, crashes: state.crashes - 1 };
    return [goOn[next](), { name: "validate dies", to: dead }];
  });
}

/** The stream delivers any batch without a gap: the next records, cut anywhere, with or without earlier ones. */
function handingOver(state: State, { definition, ballots }: World, { advancesLast }: Rules): readonly Step[] {
  const [regionId = ""] = contestRegionIds(definition);
  if (state.counters.length === AT_ONCE) return [];
  const steps: Step[] = [];
  for (let from = 0; from <= state.position; from++) {
    for (let to = from + 1; to <= state.stream.length; to++) {
      const isRepeat = from < state.position || state.counters.length > 0;
      if (isRepeat && state.repeats === 0) continue;
      const records = state.stream.slice(from, to).map((ballot, index) => ({
        electionId: definition.electionId,
        regionId,
        sequenceNumber: String(from + index + 1),
        interpretation: ballots[ballot]?.selection ?? "",
      }));
      const counter: Counter = { to, left: groupByRow(SHARD, records, definition) };
      steps.push({
        name: `hand over ${from + 1} to ${to}`,
        to: {
          ...state,
          counters: [...state.counters, counter],
          position: advancesLast ? state.position : Math.max(state.position, to),
          repeats: state.repeats - (isRepeat ? 1 : 0),
        },
      });
    }
  }
  return steps;
}

/** Each counter adds any of what it has left, acknowledges its batch, or dies. What it was writing may still arrive. */
function counting(state: State, rules: Rules): readonly Step[] {
  return state.counters.flatMap((counter, index): readonly Step[] => {
    const others = without(state.counters, index);
    if (counter.left.length === 0) {
      const position = Math.max(state.position, counter.to);
      return [{ name: `acknowledge up to ${counter.to}`, to: { ...state, counters: others, position } }];
    }
    const additions = counter.left.map((increment, which): Step => {
      const { to, left } = add(state, increment, rules);
      const rest = left === undefined ? without(counter.left, which) : counter.left.with(which, left);
      return { name: `add to ${cellsOf(increment)}`, to: { ...to, counters: [...others, { ...counter, left: rest }] } };
    });
    if (state.crashes === 0) return additions;
    const afloat = { ...state.afloat, additions: [...state.afloat.additions, ...counter.left] };
    const dead = { ...state, counters: others, afloat, crashes: state.crashes - 1 };
    return [...additions, { name: "tally dies", to: dead }];
  });
}

/** What a dead process wrote arrives late. Nobody retries the rest. */
function arriving(state: State, ballots: readonly CastBallot[], rules: Rules): readonly Step[] {
  const { puts, additions } = state.afloat;
  return [
    ...puts.map((ballot, index): Step => {
      const afloat = { puts: without(puts, index), additions };
      return { name: `late put ${ballot}`, to: put({ ...state, afloat }, ballot, ballots[ballot]?.voter ?? -1, rules) };
    }),
    ...additions.map((increment, index): Step => {
      const afloat = { puts, additions: without(additions, index) };
      return { name: `late addition to ${cellsOf(increment)}`, to: add({ ...state, afloat }, increment, rules).to };
    }),
  ];
}

export function stepsFrom(state: State, world: World, rules: Rules): readonly Step[] {
  const { ballots } = world;
  return [
    ...posting(state),
    ...delivering(state, rules),
    ...validating(state, ballots, rules),
    ...handingOver(state, world, rules),
    ...counting(state, rules),
    ...arriving(state, ballots, rules),
  ];
}
