import { isPublic, votingPhaseAt } from "#core/contest.ts";
import { type CountAt, exactCount, overviewOf, publishedCount } from "#core/disclosure.ts";
import { stageAt } from "#core/published-state.ts";
import { type HttpHandler, json } from "#functions/runtime/http.ts";
import type { Measurements } from "#functions/runtime/measured/measurements.ts";
import {
  firstMinuteMs,
  KIND_NAMES,
  MINUTES_SHOWN,
  type VoteCounts,
  voteCounts,
} from "#functions/runtime/measured/vote-counts.ts";
import { logFailure } from "#functions/runtime/observability.ts";
import { checkParts, type PartCheck, type Parts } from "#functions/runtime/part-checks.ts";
import { type DelaySource, readDelays, waitingIn } from "#functions/system-status/backlog.ts";
import type { Part, SystemStatus } from "#functions/system-status/contract.ts";
import { type Gathered, statusDocument, type Watched } from "#functions/system-status/document.ts";
import type { Elections, RegisteredElection } from "#storage/elections-table.ts";
import { keepAnswers } from "#storage/kept-answers.ts";
import type { PublishedStates } from "#storage/published-table.ts";
import type { Tallies } from "#storage/tallies-table.ts";

export type SystemStatusDependencies = DelaySource &
  Readonly<{
    elections: Pick<Elections, "list">;
    tallies: Pick<Tallies, "ofElection">;
    published: Pick<PublishedStates, "find">;
    measurements: Measurements;
    parts: Parts<"elections" | "roll" | "votes" | "tallies" | "board" | "rejected-attempts", "votes" | "dead-letter">;
  }>;

/** The document is made at most this often. */
const MADE_EVERY_MS = 5_000;
/** CloudWatch bills every metric of every question. */
const MEASURED_EVERY_MS = 15_000;
const FOR_EVERYBODY = "public, max-age=5, stale-while-revalidate=10, stale-if-error=60";
/** A closed vote is shown until well after its last ballots are counted. */
const WATCHED_AFTER_CLOSING_MS = 24 * 60 * 60_000;
const PATIENCE_MS = 4_000;

const NOBODY_YET: VoteCounts[keyof VoteCounts] = { before: 0, minutes: new Array<number>(MINUTES_SHOWN).fill(0) };
const NO_VOTES = Object.fromEntries(KIND_NAMES.map((kind) => [kind, NOBODY_YET])) as VoteCounts;

/** A part's answer, or undefined when it fails or takes too long: the rest of the document does not wait for it. */
async function orUndefined<T>(what: string, answer: Promise<T>): Promise<T | undefined> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("no answer in time")), PATIENCE_MS);
  try {
    return await Promise.race([answer, late]);
  } catch (error) {
    logFailure(`the status document does without ${what}`, error);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** Answers `GET /api/v1/status`. */
export function createSystemStatusHandler(dependencies: SystemStatusDependencies): HttpHandler {
  const { elections, tallies, published, measurements, parts, namespace } = dependencies;
  const { now, sqs, queues } = parts;
  const kept = keepAnswers<SystemStatus>(MADE_EVERY_MS, now);
  const readCounts = voteCounts(measurements, namespace, now);
  const delaysAt = readDelays(measurements, dependencies);
  const measured = keepAnswers<readonly [ReadonlyMap<string, VoteCounts>, Awaited<ReturnType<typeof delaysAt>>]>(
    MEASURED_EVERY_MS,
    now,
  );

  /** What CloudWatch measured, and whether it answers. */
  const measure = async (watched: readonly RegisteredElection[], atMs: number) => {
    const voted = watched
      .filter((one) => !["upcoming", "cancelled"].includes(votingPhaseAt(one, atMs)))
      .map(({ definition }) => definition);
    // The minutes shown move on with each minute.
    const key = `${firstMinuteMs(atMs)} ${voted.map(({ electionId }) => electionId).join(" ")}`;
    const read = await orUndefined(
      "measurements",
      measured(key, () =>
        Promise.all([voted.length === 0 ? new Map<string, VoteCounts>() : readCounts(voted), delaysAt(atMs)]),
      ),
    );
    const check: PartCheck<Part> = {
      part: "measurements",
      ok: read !== undefined,
      latencyMs: Math.max(0, Math.round(now() - atMs)),
    };
    return { counts: read?.[0], delays: read?.[1], check };
  };

  /** What the results show; they publish it. */
  const countShown = async (
    { definition, isOpened = false }: Pick<RegisteredElection, "definition" | "isOpened">,
    atMs: number,
  ): Promise<CountAt> =>
    isOpened || stageAt(definition, atMs) === "exact"
      ? exactCount(definition, await tallies.ofElection(definition, { isOpened }), atMs)
      : publishedCount(definition, (await published.find(definition.electionId)).state, atMs);

  const watch = async (election: RegisteredElection, atMs: number): Promise<Omit<Watched, "counts">> => {
    if (election.definition.cancelled !== undefined) return { election, overview: undefined };
    const counted = await orUndefined("a count", countShown(election, atMs));
    return { election, overview: counted && overviewOf(election, counted) };
  };

  const gather = async (): Promise<Gathered> => {
    const atMs = now();
    const checking = checkParts(parts);
    const queue = orUndefined("the queue", waitingIn(sqs, queues.votes));
    const deadLetters = orUndefined("what is set aside", waitingIn(sqs, queues["dead-letter"]));
    const all = await orUndefined("the elections", elections.list());
    const watched = all
      ?.filter(isPublic)
      .filter(({ definition }) => Date.parse(definition.closesAt) > atMs - WATCHED_AFTER_CLOSING_MS);
    const [{ counts, delays, check }, watching] = await Promise.all([
      measure(watched ?? [], now()),
      Promise.all((watched ?? []).map((election) => watch(election, atMs))),
    ]);
    const waiting = (await queue) ?? "unreachable";
    return {
      atMs,
      elections:
        watched &&
        watching.map((one) => {
          const isUpcoming = votingPhaseAt(one.election, atMs) === "upcoming";
          return { ...one, counts: isUpcoming ? NO_VOTES : counts?.get(one.election.definition.electionId) };
        }),
      waiting,
      // SQS measures ages only once a minute; nothing waiting means 0 now.
      oldestWaitingMs: waiting === 0 ? 0 : (delays?.oldestWaitingMs ?? "unreachable"),
      setAside: (await deadLetters) ?? "unreachable",
      countingDelayMs: delays?.countingMs ?? "unreachable",
      parts: [...(await checking), check],
    };
  };

  return async () => json(200, await kept("", async () => statusDocument(await gather())), FOR_EVERYBODY);
}
