import type { ElectionDefinition } from "#core/election.ts";
import type { Increment } from "#storage/increment.ts";

/** The pipeline as a model: everything that lasts, and everything that is under way, without a clock. */

/** A ballot that is handed in, by its index in the list of all. */
export type BallotIndex = number;

export type CastBallot = Readonly<{ voter: number; selection: string }>;

/** A process of `validate` with one message: it still has to put the ballot, record its rejection, or delete it. */
export type Validator = Readonly<{ message: number; next: "put" | "reject" | "delete" }>;

/** A process of `tally` with the records up to `to`, and what it has not added yet. */
export type Counter = Readonly<{ to: number; left: readonly Increment[] }>;

/** A row of a tally sheet: its fence, and the places in the stream of what it counted, in whichever of its cells. */
export type Row = Readonly<{ fence: string; counted: readonly string[] }>;

export type State = Readonly<{
  /** By ballot: not posted yet, in the queue without an answer to its voter, or answered with 202. */
  posts: readonly ("unsent" | "unanswered" | "answered")[];
  /** Every message sent: its ballot, and whether the queue still holds it. */
  messages: readonly Readonly<{ ballot: BallotIndex; isQueued: boolean }>[];
  validators: readonly Validator[];
  box: Readonly<Record<number, BallotIndex>>;
  rejected: readonly BallotIndex[];
  stream: readonly BallotIndex[];
  /** How many records of the stream were delivered and acknowledged. */
  position: number;
  counters: readonly Counter[];
  rows: Readonly<Record<string, Row>>;
  /** Writes of processes that are dead: each may still arrive, at any time or never. */
  afloat: Readonly<{ puts: readonly BallotIndex[]; additions: readonly Increment[] }>;
  /** Faults that may still happen. */
  crashes: number;
  repeats: number;
}>;

/** How the pipeline keeps its promise. The model can also be explored without one of these. */
export type Rules = Readonly<{
  /** Only ballots beyond the row's fence are added. */
  addsBehindFence: boolean;
  putsOnce: boolean;
  /** A message is deleted once its outcome is stored, not when it is received. */
  deletesLast: boolean;
  /** The stream advances once a batch is counted, not when it is delivered. */
  advancesLast: boolean;
}>;

export const RULES: Rules = { addsBehindFence: true, putsOnce: true, deletesLast: true, advancesLast: true };

export type World = Readonly<{
  name: string;
  /** Of one region; its method decides whether choices share a row or have one each. */
  definition: ElectionDefinition;
  ballots: readonly CastBallot[];
  /** Whether the ballots, one per voter, are already in the box, so that only counting is explored. */
  isCast: boolean;
  crashes: number;
  /** Unnecessary deliveries. */
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
