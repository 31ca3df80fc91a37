import { type ContestTallies, type Disagreement, deficits } from "#core/recount.ts";

/** Tells ballots that are missing from the tallies from those not counted yet. */

export type Patience = Readonly<{
  /** Once no tally has changed for this long, nothing more will be counted. */
  stillForMs: number;
  /** When to stop waiting, in milliseconds since 1970. */
  untilMs: number;
  now: () => number;
  pause: (ms: number) => Promise<void>;
}>;

export type Missing = Readonly<{
  /** Not counted, and the tallies no longer change. */
  lasting: readonly Disagreement[];
  /** Not counted yet while counting goes on; the next recount will tell. */
  awaited: readonly Disagreement[];
}>;

/** How often the tallies are read within `stillForMs`, so that changes are seen. */
const LOOKS = 10;

/** A contest may wait for a late shard while others are counted, but no longer than this many times `stillForMs`. */
const ONE_CONTEST_STILL_TIMES = 5;

const ballotsIn = (tally: Iterable<number>): number => [...tally].reduce((sum, count) => sum + count, 0);

/**
 * What the tallies lack of a box that was counted before. Reads them again until nothing is missing or no more is coming.
 */
export async function missingFrom(
  recounted: ContestTallies,
  readTallies: () => Promise<ContestTallies>,
  { stillForMs, untilMs, now, pause }: Patience,
): Promise<Missing> {
  const lastChange = new Map<string, { ballots: number; atMs: number }>();
  const lookEveryMs = stillForMs / LOOKS;
  let lastChangeOfAnyMs = now();
  for (;;) {
    const tallied = await readTallies();
    const atMs = now();
    for (const [contest, tally] of tallied) {
      const ballots = ballotsIn(tally.values());
      if (lastChange.get(contest)?.ballots === ballots) continue;
      lastChange.set(contest, { ballots, atMs });
      lastChangeOfAnyMs = atMs;
    }
    const stillSince = (contest: string): number => atMs - (lastChange.get(contest)?.atMs ?? atMs);
    const missing = deficits(tallied, recounted);
    const { lasting = [], awaited = [] } = Object.groupBy(missing, ({ contest }) =>
      atMs - lastChangeOfAnyMs >= stillForMs || stillSince(contest) >= ONE_CONTEST_STILL_TIMES * stillForMs
        ? "lasting"
        : "awaited",
    );
    if (awaited.length === 0 || atMs + lookEveryMs > untilMs) return { lasting, awaited };
    await pause(lookEveryMs);
  }
}
