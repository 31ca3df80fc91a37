import type { ElectionDefinition } from "#core/election.ts";
import { ballotsIn, type Tally } from "#core/results.ts";
import { SPOILED } from "#core/selection.ts";
import { turnoutStep } from "#core/turnout.ts";
import { ElectionResults, TurnoutOverTime } from "#functions/results/contract.ts";
import { createResultsHandler } from "#functions/results/handler.ts";
import type { HttpEvent, HttpHandler } from "#functions/runtime/http.ts";
import { METRICS } from "#functions/runtime/metrics-contract.ts";
import { SystemStatus } from "#functions/system-status/contract.ts";
import { createSystemStatusHandler } from "#functions/system-status/handler.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";
import { OPENING, race } from "#test/definitions.ts";
import { answeringSystem } from "#test/functions/answering-system.ts";
import { publishedInMemory } from "#test/storage/published-memory.ts";

/**
 * An observer who reads every route of an election all day. Every candidate stands in every region and gets one ballot, so
 * votes by candidate say exactly which ballots a figure holds.
 */

export const OPENED_MS = Date.parse("2026-01-01T08:00:00Z");
export const CLOSES_MS = Date.parse("2026-01-01T20:00:00Z");
/** The last ballots are in the tallies. */
export const CLOSED_MS = CLOSES_MS + 10_000;
export const MOST_BALLOTS = 60;
const REGIONS = ["1", "2", "3"];

export function observedRace(minimumBallots: number, overrides: Record<string, unknown> = {}): ElectionDefinition {
  return race({
    opensAt: new Date(OPENED_MS).toISOString(),
    closesAt: new Date(CLOSES_MS).toISOString(),
    minimumBallots,
    regions: REGIONS.map((regionId) => ({ regionId, name: { fr: regionId, en: regionId } })),
    parties: [],
    candidates: Array.from({ length: MOST_BALLOTS }, (_, ballot) => ({
      candidateId: String(ballot),
      firstName: "Ada",
      lastName: "Roy",
      regionIds: REGIONS,
    })),
    ...overrides,
  });
}

/** Ballots whose numbers differ, by region. */
type Cast = readonly Readonly<{ regionId: string; atMs: number }>[];

/** Figures that hold these ballots, by the number of each. */
export type Figure = Readonly<{ route: string; ballots: ReadonlySet<number> }>;

export type Look = Readonly<{
  regions: ReadonlyMap<string, ElectionResults>;
  all: ElectionResults;
  turnout: TurnoutOverTime;
  status: SystemStatus;
}>;

/** An election day, its clock, and several instances of the functions that tell of it. */
export function electionDay(definition: ElectionDefinition, instances = 3) {
  const election: RegisteredElection = { definition, publicKey: "", opening: OPENING, rollCounts: new Map() };
  const cast: { regionId: string; atMs: number }[] = [];
  /** Ballots without a stamp, which somebody wrote to the votes table. */
  const written: { regionId: string; atMs: number }[] = [];
  const published = publishedInMemory();
  const figures: Figure[] = [];
  let nowMs = OPENED_MS;

  const talliesAt = (untilMs: number): ReadonlyMap<string, Tally> =>
    new Map(
      REGIONS.map((id) => {
        const isThere = (ballot: Cast[number]): boolean => ballot.regionId === id && ballot.atMs < untilMs;
        const votes = [...cast.entries()].flatMap(([n, ballot]) => (isThere(ballot) ? [[String(n), 1] as const] : []));
        const spoiled = written.filter(isThere).length;
        return [id, new Map([...votes, ...(spoiled > 0 ? [[SPOILED, spoiled] as const] : [])])];
      }),
    );
  const tallies = {
    // An eventually consistent reading misses the ballots of the last second.
    ofElection: async (_: ElectionDefinition, reading?: { isConsistent?: boolean }) =>
      talliesAt(reading?.isConsistent ? Number.POSITIVE_INFINITY : nowMs - 1_000),
    turnoutOf: async (): Promise<Tally> => {
      const steps = Map.groupBy(cast, ({ atMs }) => turnoutStep(new Date(atMs).toISOString()));
      return new Map([...steps].map(([until, ballots]) => [until, ballots.length]));
    },
  };
  const elections = { find: async () => election, list: async () => [election] };
  const measured: readonly string[] = [METRICS.submitted, METRICS.accepted, METRICS.counted];

  const instance = (index: number): Readonly<{ results: HttpHandler; status: HttpHandler }> => {
    // Clocks differ by seconds.
    const now = (): number => nowMs + (index - 1) * 1_500;
    return {
      results: createResultsHandler({
        elections,
        tallies,
        published,
        box: { standingBallot: async () => undefined },
        secrets: { bytesIfAny: async () => undefined },
        receiptKeyPrefix: "",
        now,
      }),
      status: createSystemStatusHandler({
        elections,
        tallies,
        published,
        measurements: {
          read: async (metrics, { fromMs, untilMs, periodMs }) =>
            metrics.map(({ name }) =>
              Array.from({ length: Math.ceil((untilMs - fromMs) / periodMs) }, (_, period) => {
                const startMs = fromMs + period * periodMs;
                const inPeriod = cast.filter(({ atMs }) => atMs >= startMs && atMs < startMs + periodMs);
                return measured.includes(name) ? inPeriod.length : undefined;
              }),
            ),
        },
        ...answeringSystem(now),
      }),
    };
  };
  const running = Array.from({ length: instances }, (_, index) => instance(index));

  const ask = async (handler: HttpHandler, route: string, region_id?: string): Promise<unknown> => {
    const event = {
      routeKey: `GET /api/v1/${route}`,
      headers: {},
      pathParameters: { election_id: definition.electionId, ...(region_id !== undefined && { region_id }) },
    } as unknown as HttpEvent;
    const { body } = await handler(event, {} as Parameters<HttpHandler>[1]);
    return JSON.parse(body ?? "");
  };
  const note = (route: string, { candidates }: ElectionResults): void => {
    const ballots = candidates.flatMap(({ candidate_id, votes }) => (votes ? [Number(candidate_id)] : []));
    figures.push({ route, ballots: new Set(ballots) });
  };

  return {
    cast: cast as Cast,
    figures: figures as readonly Figure[],
    published,
    vote: (regionId: string): void => {
      cast.push({ regionId, atMs: nowMs });
    },
    write: (regionId: string): void => {
      written.push({ regionId, atMs: nowMs });
    },
    later: (ms: number): void => {
      nowMs += ms;
    },
    at: (ms: number): void => {
      nowMs = ms;
    },
    restart: (index: number): void => {
      running[index] = instance(index);
    },
    /** Reads every route that tells of the election, from one instance. */
    async look(index: number): Promise<Look> {
      const { results, status } = running[index] ?? instance(index);
      const regions = new Map<string, ElectionResults>();
      for (const regionId of REGIONS) {
        const region = ElectionResults.parse(await ask(results, "regions/{region_id}/results", regionId));
        note(`region ${regionId}`, region);
        regions.set(regionId, region);
      }
      const all = ElectionResults.parse(await ask(results, "results"));
      note("all regions", all);
      const turnout = TurnoutOverTime.parse(await ask(results, "elections/{election_id}/turnout"));
      return { regions, all, turnout, status: SystemStatus.parse(await ask(status, "status")) };
    },
  };
}

/**
 * The groups of ballots that figures can be told apart by. Every sum or difference of figures counts each group whole or not
 * at all, so it says nothing of fewer ballots than the smallest group has. Ballots in no figure are in no group.
 */
export function groupsIn(figures: readonly Figure[], ballots: number): readonly (readonly number[])[] {
  const distinct = [...new Map(figures.map((figure) => [[...figure.ballots].join(" "), figure])).values()];
  const numbers = Array.from({ length: ballots }, (_, number) => number);
  const groups = Map.groupBy(numbers, (number) =>
    distinct.map((figure) => Number(figure.ballots.has(number))).join(""),
  );
  return [...groups].flatMap(([shownIn, group]) => (shownIn.includes("1") ? [group] : []));
}

/** The ballots shown in all regions together, in each state ever published. */
export function totalsPublished({ history }: ReturnType<typeof publishedInMemory>): ReadonlySet<number> {
  const total = ({ state }: (typeof history)[number]): number =>
    [...state.contests.values()].reduce((sum, { shown = new Map() }) => sum + ballotsIn(shown), 0);
  return new Set([0, ...history.map(total)]);
}
