import type { Overview } from "#core/disclosure.ts";
import { growthByMinute } from "#core/published-state.ts";
import {
  KIND_NAMES,
  type Kind,
  MINUTES_SHOWN,
  type MinuteCounts,
  type VoteCounts,
} from "#functions/runtime/measured/vote-counts.ts";
import type { UnknownBecause } from "#functions/system-status/contract.ts";

/**
 * What may be shown of an election's counts. While any part of its results is withheld, nothing here reveals more than its
 * turnout does: docs/adr/0032-status-tells-no-more-than-turnout.md.
 */

/** A figure, or why it is unknown. */
export type Told = number | UnknownBecause;

export type ToldVotes = Readonly<Record<Kind, Told>>;
export type ToldMinutes = Readonly<Record<Kind, readonly number[] | UnknownBecause>>;

type Rounded = Readonly<{ total: number; minutes: readonly number[] }>;

/**
 * A count since the opening, rounded down to a multiple of `step`, and its growth in each minute. Since the running total is
 * rounded and not the minutes, they reveal no more than the rounded total seen every minute.
 */
export function roundDown({ before, minutes }: MinuteCounts, step: number): Rounded {
  let count = before;
  let told = Math.floor(count / step) * step;
  const grown = minutes.map((more) => {
    const last = told;
    count += more;
    told = Math.floor(count / step) * step;
    return told - last;
  });
  return { total: told, minutes: grown };
}

const add = (parts: readonly Rounded[]): Rounded => ({
  total: parts.reduce((sum, { total }) => sum + total, 0),
  minutes: Array.from({ length: MINUTES_SHOWN }, (_, minute) =>
    parts.reduce((sum, { minutes }) => sum + (minutes[minute] ?? 0), 0),
  ),
});

const ofEachKind = <T>(value: T) => Object.fromEntries(KIND_NAMES.map((kind) => [kind, value])) as Record<Kind, T>;

/** What is shown of an election that was cancelled: nothing. */
export const NOTHING_COUNTED = { votes: ofEachKind("cancelled" as const), minutes: ofEachKind("cancelled" as const) };

/**
 * What is shown of one election. Without its overview, which says what may be shown, nothing is.
 * @param fromMs start of the first minute shown
 */
export function tell(
  counts: VoteCounts | undefined,
  overview: Overview | undefined,
  fromMs: number,
): Readonly<{ votes: ToldVotes; minutes: ToldMinutes }> {
  const all = ofEachKind;
  if (overview === undefined) return { votes: all("unreachable"), minutes: all("unreachable") };
  const { roundedTo, spoiled, turnout, growth } = overview;
  const isExact = roundedTo === 1;
  // As in the results; unlike metrics, they are exact.
  const known = { counted: turnout.ballots, spoiled: spoiled ?? "withheld" } as const;
  if (counts === undefined) return { votes: { ...all("unreachable"), ...known }, minutes: all("unreachable") };

  const { accepted, duplicate, unknown_credentials, wrong_region, struck, counted } = counts;
  const decided = {
    accepted: roundDown(accepted, roundedTo),
    duplicate: roundDown(duplicate, roundedTo),
    unknown_credentials: roundDown(unknown_credentials, roundedTo),
    wrong_region: roundDown(wrong_region, roundedTo),
    struck: roundDown(struck, roundedTo),
  };
  // Rounded on its own, its steps would come at other times and reveal where the others are between their own steps.
  const received = isExact ? roundDown(counts.received, 1) : add(Object.values(decided));
  const told = { received, ...decided };
  const votes = Object.entries(told).map(([kind, { total }]) => [kind, total]);
  const minutes = Object.entries(told).map(([kind, of]) => [kind, of.minutes]);
  return {
    votes: { ...all("unreachable"), ...Object.fromEntries(votes), ...known },
    minutes: {
      ...all("unreachable"),
      ...Object.fromEntries(minutes),
      counted: isExact ? counted.minutes : growthByMinute(growth, fromMs, MINUTES_SHOWN),
      spoiled: isExact && spoiled !== undefined ? counts.spoiled.minutes : "withheld",
    },
  };
}

/** The sum of what is known, leaving out what is withheld or cancelled. Unknown when any part could not be read. */
export function sumTold(parts: readonly Told[]): Told {
  if (parts.includes("unreachable")) return "unreachable";
  const known = parts.filter((told) => typeof told === "number");
  if (known.length === 0 && parts.length > 0) return parts.includes("withheld") ? "withheld" : "cancelled";
  return known.reduce((sum, told) => sum + told, 0);
}

/** The same, minute by minute. */
export function sumMinutes(parts: readonly (readonly number[] | UnknownBecause)[]): readonly number[] | UnknownBecause {
  const sums = Array.from({ length: MINUTES_SHOWN }, (_, minute) =>
    sumTold(parts.map((part) => (typeof part === "string" ? part : (part[minute] ?? 0)))),
  );
  const unknown = sums.find((told) => typeof told === "string");
  return unknown ?? sums.filter((told) => typeof told === "number");
}
