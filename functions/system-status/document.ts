import { votingPhaseAt } from "#core/contest.ts";
import type { Overview, Turnout } from "#core/disclosure.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { firstMinuteMs, KIND_NAMES, type VoteCounts } from "#functions/runtime/measured/vote-counts.ts";
import type { PartCheck } from "#functions/runtime/part-checks.ts";
import type {
  Part,
  PartState,
  SystemStatus,
  UnknownBecause,
  VoteFigures,
  WatchedElection,
} from "#functions/system-status/contract.ts";
import {
  NOTHING_COUNTED,
  sumMinutes,
  sumTold,
  type Told,
  type ToldMinutes,
  type ToldVotes,
  tell,
} from "#functions/system-status/disclosure.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";

/** The status document, from whatever the parts answered. */

/** An election, and as much of its overview and counts as could be read. */
export type Watched = Readonly<{
  election: RegisteredElection;
  overview: Overview | undefined;
  counts: VoteCounts | undefined;
}>;

export type Gathered = Readonly<{
  atMs: number;
  /** Undefined when the elections themselves could not be read. */
  elections: readonly Watched[] | undefined;
  waiting: Told;
  oldestWaitingMs: Told;
  setAside: Told;
  countingDelayMs: Told;
  parts: readonly PartCheck<Part>[];
}>;

/** A part that takes longer than this to answer is slow. */
const SLOW_AFTER_MS = 1_000;

function stateOf({ ok, latencyMs }: PartCheck<Part>): PartState {
  if (!ok) return "down";
  return latencyMs > SLOW_AFTER_MS ? "slow" : "ok";
}

/** Writes figures into a document, and into `unknown` why a figure is null. */
function writer(unknown: Record<string, UnknownBecause>) {
  const write = <T>(path: string, told: T | UnknownBecause): T | null => {
    if (typeof told !== "string") return told;
    unknown[path] = told as UnknownBecause;
    return null;
  };
  return {
    write,
    votes: (path: string, votes: ToldVotes): VoteFigures => ({
      received: write(`${path}.received`, votes.received),
      accepted: write(`${path}.accepted`, votes.accepted),
      duplicate: write(`${path}.duplicate`, votes.duplicate),
      invalid: {
        unknown_credentials: write(`${path}.invalid.unknown_credentials`, votes.unknown_credentials),
        wrong_region: write(`${path}.invalid.wrong_region`, votes.wrong_region),
        struck: write(`${path}.invalid.struck`, votes.struck),
      },
      counted: write(`${path}.counted`, votes.counted),
      spoiled: write(`${path}.spoiled`, votes.spoiled),
    }),
  };
}
type Writer = ReturnType<typeof writer>;

function turnoutFigures({ ballots, onRoll, percentage }: Turnout): WatchedElection["turnout"] {
  return { ballots, on_roll: onRoll, percentage };
}

function turnoutTold({ cancelled }: ElectionDefinition, overview: Overview | undefined) {
  if (cancelled !== undefined) return "cancelled";
  return overview === undefined ? "unreachable" : turnoutFigures(overview.turnout);
}

function watchedElection(
  { write, votes: writeVotes }: Writer,
  { election, overview }: Watched,
  votes: ToldVotes,
  atMs: number,
): WatchedElection {
  const { definition } = election;
  const path = `elections.${definition.electionId}`;
  return {
    election_id: definition.electionId,
    title: definition.title,
    status: votingPhaseAt(election, atMs),
    ...(definition.cancelled !== undefined && { cancelled: definition.cancelled }),
    opens_at: definition.opensAt,
    closes_at: definition.closesAt,
    time_zone: definition.timeZone,
    withheld: overview?.embargo ?? null,
    rounded_to: overview?.roundedTo ?? 1,
    turnout: write(`${path}.turnout`, turnoutTold(definition, overview)),
    votes: writeVotes(`${path}.votes`, votes),
  };
}

/** Sums over all elections. */
function sums(told: readonly Readonly<{ votes: ToldVotes; minutes: ToldMinutes }>[] | undefined) {
  const votes = KIND_NAMES.map((kind) => [
    kind,
    told === undefined ? "unreachable" : sumTold(told.map((one) => one.votes[kind])),
  ]);
  const minutes = KIND_NAMES.map((kind) => [
    kind,
    told === undefined ? "unreachable" : sumMinutes(told.map((one) => one.minutes[kind])),
  ]);
  return { votes: Object.fromEntries(votes) as ToldVotes, minutes: Object.fromEntries(minutes) as ToldMinutes };
}

export function statusDocument(gathered: Gathered): SystemStatus {
  const { atMs, elections, parts } = gathered;
  const unknown: Record<string, UnknownBecause> = {};
  const written = writer(unknown);
  const minutesOf = (path: string, told: readonly number[] | UnknownBecause): number[] | null => {
    const minutes = written.write(`per_minute.${path}`, told);
    return minutes === null ? null : [...minutes];
  };
  const told = elections?.map(({ election: { definition }, counts, overview }) =>
    definition.cancelled === undefined ? tell(counts, overview, firstMinuteMs(atMs)) : NOTHING_COUNTED,
  );
  const { votes, minutes } = sums(told);
  const states = parts.map((check) => ({ part: check.part, state: stateOf(check), latency_ms: check.latencyMs }));
  const worst = (["down", "slow"] as const).find((bad) => states.some(({ state }) => state === bad)) ?? "ok";
  return {
    status: worst,
    updated_at: new Date(atMs).toISOString(),
    votes: written.votes("votes", votes),
    per_minute: {
      from: new Date(firstMinuteMs(atMs)).toISOString(),
      received: minutesOf("received", minutes.received),
      accepted: minutesOf("accepted", minutes.accepted),
      duplicate: minutesOf("duplicate", minutes.duplicate),
      invalid: minutesOf("invalid", sumMinutes([minutes.unknown_credentials, minutes.wrong_region, minutes.struck])),
      counted: minutesOf("counted", minutes.counted),
      spoiled: minutesOf("spoiled", minutes.spoiled),
    },
    queue: {
      waiting: written.write("queue.waiting", gathered.waiting),
      oldest_waiting_ms: written.write("queue.oldest_waiting_ms", gathered.oldestWaitingMs),
      set_aside: written.write("queue.set_aside", gathered.setAside),
    },
    counting: { delay_ms: written.write("counting.delay_ms", gathered.countingDelayMs) },
    parts: states,
    elections: written.write(
      "elections",
      elections?.map((watched, index) => {
        const votesTold = told?.[index]?.votes ?? votes;
        return watchedElection(written, watched, votesTold, atMs);
      }) ?? "unreachable",
    ),
    unknown,
  };
}
