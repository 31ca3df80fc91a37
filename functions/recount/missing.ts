import { type ContestTallies, type Disagreement, deficits } from "#core/recount.ts";

/** Telling ballots that the tallies lack from ballots that are only not counted yet. */

export type Patience = Readonly<{
  /** Tallies that stood still for so long, all of them, are not about to count more. */
  stillForMs: number;
  /** When to give up waiting, in milliseconds of the epoch. */
  untilMs: number;
  now: () => number;
  pause: (ms: number) => Promise<void>;
}>;

export type Missing = Readonly<{
  /** Not counted, and the tallies stand still. */
  lasting: readonly Disagreement[];
  /** Not counted yet, while counting goes on: the next recount will tell. */
  awaited: readonly Disagreement[];
}>;

/** Looks in the time that tallies must stand still, so that what moves is seen to. */
const LOOKS = 10;

/** A contest may wait for a late shard while others are counted; but not so many times as long as all must stand still. */
const ONE_CONTEST_STILL_TIMES = 5;

const ballotsIn = (tally: Iterable<number>): number => [...tally].reduce((sum, count) => sum + count, 0);

/**
 * What the tallies lack of a box that was counted before, looked at until nothing is missing or it is clear that nothing
 * more comes.
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
