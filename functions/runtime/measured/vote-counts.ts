import type { ElectionDefinition } from "#core/election.ts";
import type { Measurements, Metric, Series } from "#functions/runtime/measured/measurements.ts";
import { METRICS } from "#functions/runtime/metrics-contract.ts";
import { keepAnswers } from "#storage/kept-answers.ts";

/** How many ballots each election has received, accepted and so on since it opened, and in each of the last 60 minutes. */

/** What is counted, and the function that measures it. */
const KINDS = {
  received: { service: "submit", name: METRICS.submitted },
  accepted: { service: "validate", name: METRICS.accepted },
  duplicate: { service: "validate", name: METRICS.duplicates },
  unknown_credentials: { service: "validate", name: METRICS.invalid, reason: "unknown-credentials" },
  wrong_region: { service: "validate", name: METRICS.invalid, reason: "wrong-region" },
  struck: { service: "validate", name: METRICS.invalid, reason: "struck" },
  counted: { service: "tally", name: METRICS.counted },
  spoiled: { service: "tally", name: METRICS.spoiled },
} as const;
export type Kind = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as readonly Kind[];

/** Ballots of one kind in one election: before the minutes shown, and in each of them, the last still running. */
export type MinuteCounts = Readonly<{ before: number; minutes: readonly number[] }>;
export type VoteCounts = Readonly<Record<Kind, MinuteCounts>>;

export const MINUTES_SHOWN = 60;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** CloudWatch keeps hourly figures for 455 days; no election is open longer. */
const KEPT_DAYS = 454;
/** Past figures may still grow by late ones. */
const PAST_KEPT_FOR_MS = 5 * MINUTE_MS;

const floor = (atMs: number, stepMs: number): number => Math.floor(atMs / stepMs) * stepMs;
const sum = (series: Series): number => series.reduce<number>((total, value) => total + (value ?? 0), 0);

function metricsOf(namespace: string, electionId: string): readonly Metric[] {
  return KIND_NAMES.map((kind) => {
    const { service, name, ...why } = KINDS[kind];
    return { namespace, name, dimensions: { service, election: electionId, ...why }, stat: "Sum" };
  });
}

/** Start of the first minute shown at an instant. */
export function firstMinuteMs(atMs: number): number {
  return floor(atMs, MINUTE_MS) - (MINUTES_SHOWN - 1) * MINUTE_MS;
}

/**
 * Reads the counts of these elections, by election id. Older counts are read in steps of days and hours and kept for
 * minutes, since CloudWatch bills every metric of every request.
 */
export function voteCounts(measurements: Measurements, namespace: string, now: () => number) {
  const past = keepAnswers<readonly number[]>(PAST_KEPT_FOR_MS, now);

  return async (definitions: readonly ElectionDefinition[]): Promise<ReadonlyMap<string, VoteCounts>> => {
    const atMs = now();
    const metrics = definitions.flatMap(({ electionId }) => metricsOf(namespace, electionId));
    const openedMs = Math.min(...definitions.map(({ opensAt }) => Date.parse(opensAt)));
    const firstMs = Math.max(floor(openedMs, DAY_MS), floor(atMs, DAY_MS) - KEPT_DAYS * DAY_MS);
    const hourMs = Math.max(firstMs, floor(atMs - HOUR_MS, HOUR_MS));
    const dayMs = Math.max(firstMs, floor(hourMs, DAY_MS));

    const ids = definitions.map(({ electionId }) => electionId).join(" ");
    const [earlier, lately] = await Promise.all([
      past(`${firstMs} ${hourMs} ${ids}`, async () => {
        const [days, hours] = await Promise.all([
          measurements.read(metrics, { fromMs: firstMs, untilMs: dayMs, periodMs: DAY_MS }),
          measurements.read(metrics, { fromMs: dayMs, untilMs: hourMs, periodMs: HOUR_MS }),
        ]);
        return metrics.map((_, index) => sum(days[index] ?? []) + sum(hours[index] ?? []));
      }),
      measurements.read(metrics, {
        fromMs: hourMs,
        untilMs: floor(atMs, MINUTE_MS) + MINUTE_MS,
        periodMs: MINUTE_MS,
      }),
    ]);

    const countsAt = (index: number): MinuteCounts => {
      const minutes = (lately[index] ?? []).map((value) => value ?? 0);
      const hidden = Math.max(0, minutes.length - MINUTES_SHOWN);
      const shown = minutes.slice(hidden);
      return {
        before: (earlier[index] ?? 0) + sum(minutes.slice(0, hidden)),
        minutes: [...new Array<number>(MINUTES_SHOWN - shown.length).fill(0), ...shown],
      };
    };
    return new Map(
      definitions.map(({ electionId }, place) => {
        const counts = KIND_NAMES.map((kind, offset) => [kind, countsAt(place * KIND_NAMES.length + offset)] as const);
        return [electionId, Object.fromEntries(counts) as VoteCounts] as const;
      }),
    );
  };
}
