import { TRACKING_CODE_BYTES } from "#core/tracking-code.ts";
import { ALWAYS_WARM, WRITES_PER_PARTITION } from "#infra/capacity.ts";
import { PARAMETERS } from "#infra/parameters.ts";
import { cellName } from "#storage/keys.ts";
import { sheetsFor } from "#storage/tally-sheet.ts";

/** What counting writes: a batch adds once to each tally sheet of its ballots, or to each ranking. */

export type Contests = Readonly<{
  /** Each votes separately. */
  regions: number;
  /** Different choices among a region's ballots: its candidates, or its rankings. */
  choices: number;
  /** Whether ballots rank: rankings share no tally sheet. */
  isRanked: boolean;
}>;

const WINDOW_SECONDS = PARAMETERS.tallyBatchWindowSeconds.parse(undefined);
const MOST_IN_A_BATCH = PARAMETERS.tallyBatchSize.parse(undefined);
/** One write unit stores as much of an item (DynamoDB guide, "Read and write operations"). */
const BYTES_PER_UNIT = 1024;

/** How many of `rows` equally likely rows this many ballots are expected to add to. */
export function rowsTouched(rows: number, ballots: number): number {
  return rows * (1 - (1 - 1 / rows) ** ballots);
}

/** A region also counts blank and spoiled ballots. */
const COUNTS_BESIDE_CHOICES = 2;

/** Rows that each shard of the stream counts in; regions and candidates are assumed to be numbered. */
export function tallyRows({ regions, choices, isRanked }: Contests): number {
  if (isRanked) return regions * choices;
  return sheetsFor(regions * (choices + COUNTS_BESIDE_CHOICES), cellName(String(regions), String(regions * choices)));
}

/** Write units of one batch: the tally rows, the row of turnout, and the tracking codes on the board. */
function batchUnits(contests: Contests, ballots: number): number {
  return (
    rowsTouched(tallyRows(contests), ballots) +
    1 +
    Math.max(1, Math.ceil((ballots * TRACKING_CODE_BYTES) / BYTES_PER_UNIT))
  );
}

/**
 * Write units that counting takes per vote of a day. Each shard of the stream is counted separately. Choices are taken as
 * equally likely; it is less where some are rare. @param writesPerSecond that the table of ballots is warm for
 */
export function tallyUnitsPerVote(
  perSecond: Iterable<number>,
  contests: Contests,
  writesPerSecond: number = ALWAYS_WARM.write,
): number {
  const shards = Math.ceil(writesPerSecond / WRITES_PER_PARTITION);
  let votes = 0;
  let units = 0;
  for (const inSecond of perSecond) {
    if (inSecond === 0) continue;
    const ballots = Math.max(1, Math.min(MOST_IN_A_BATCH, (inSecond * WINDOW_SECONDS) / shards));
    votes += inSecond;
    units += (inSecond / ballots) * batchUnits(contests, ballots);
  }
  return votes === 0 ? 0 : units / votes;
}
