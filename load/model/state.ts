import type { ElectionDefinition } from "#core/election.ts";
import type { Increment } from "#storage/increment.ts";

/** The pipeline as a model: everything that lasts, and everything that is under way, without a clock. */

/** A ballot that somebody hands in, by its place in the list of all. */
export type BallotIndex = number;

export type CastBallot = Readonly<{ voter: number; selection: string }>;

/** A process of `validate` with one message: it still has to put the ballot, to write the refusal down, or to delete it. */
export type Validator = Readonly<{ message: number; next: "put" | "refuse" | "delete" }>;

/** A process of `tally` with the records up to `to`, and what it has not added yet. */
export type Counter = Readonly<{ to: number; left: readonly Increment[] }>;

/** A row of a tally sheet: its fence, and the places in the stream of what it counted, in whichever of its cells. */
export type Row = Readonly<{ fence: string; counted: readonly string[] }>;

export type State = Readonly<{
  /** By ballot: not posted yet, in the queue but its voter was told nothing, or answered with 202. */
  posts: readonly ("unsent" | "unanswered" | "answered")[];
  /** What was ever sent: the ballot, and whether the queue still holds it. */
  messages: readonly Readonly<{ ballot: BallotIndex; isQueued: boolean }>[];
  validators: readonly Validator[];
  box: Readonly<Record<number, BallotIndex>>;
  rejected: readonly BallotIndex[];
  stream: readonly BallotIndex[];
  /** How many records of the stream were handed over and acknowledged. */
  position: number;
  counters: readonly Counter[];
  rows: Readonly<Record<string, Row>>;
  /** Writes of processes that are dead: each may still arrive, at any time or never. */
  afloat: Readonly<{ puts: readonly BallotIndex[]; additions: readonly Increment[] }>;
  /** Faults that may still happen. */
  crashes: number;
  repeats: number;
}>;

/** How the pipeline keeps its promise. The model can be asked what becomes of it without one of these. */
export type Rules = Readonly<{
  /** An addition is made only beyond the row's fence. */
  addsBehindFence: boolean;
  putsOnce: boolean;
  /** A message is deleted once its outcome is stored, not when it is received. */
  deletesLast: boolean;
  /** The stream goes on once a batch is counted, not when it is handed over. */
  advancesLast: boolean;
}>;

export const RULES: Rules = { addsBehindFence: true, putsOnce: true, deletesLast: true, advancesLast: true };

export type World = Readonly<{
  name: string;
  /** Of one region; its method decides whether choices share a row, or have one each. */
  definition: ElectionDefinition;
  ballots: readonly CastBallot[];
  /** Whether the ballots, one of each voter, are in the box already, so that only their counting is explored. */
  isCast: boolean;
  crashes: number;
  /** Deliveries that need not have been. */
  repeats: number;
}>;

export function beginning({ ballots, isCast, crashes, repeats }: World): State {
  return {
    posts: ballots.map(() => (isCast ? "answered" : "unsent")),
    messages: [],
    validators: [],
    box: isCast ? Object.fromEntries(ballots.map(({ voter }, ballot) => [voter, ballot])) : {},
    rejected: [],
    stream: isCast ? ballots.map((_, ballot) => ballot) : [],
    position: 0,
    counters: [],
    rows: {},
    afloat: { puts: [], additions: [] },
    crashes,
    repeats,
  };
}
