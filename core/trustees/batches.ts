/**
 * How a region's ballots are cut into batches, which are mixed and opened each by itself.
 *
 * Of n ballots there are k = ceil(n / 16,384) batches. Before the first mix they are cut in the order of the box, as equally as can be: the first
 * n mod k batches have one more than the others. Between two mixes, the outputs of all batches follow one another, and
 * what is at place p goes to batch p mod k, in the order of places: so a batch keeps its size, and two mixes
 * spread each ballot over the whole region. What the last mix gives is opened in its own batches.
 */

export const MOST_IN_BATCH = 16_384;

/** The sizes of the batches of so many ballots; none of none. Tests have smaller batches, and so more of them. */
export function batchSizes(ballots: number, mostInBatch = MOST_IN_BATCH): readonly number[] {
  const batches = Math.ceil(ballots / mostInBatch);
  return Array.from({ length: batches }, (_, batch) => Math.ceil((ballots - batch) / batches));
}

/** Ballots in the order of the box, as the batches of the first mix. */
export function cutIntoBatches<Ballot>(
  ballots: readonly Ballot[],
  mostInBatch = MOST_IN_BATCH,
): readonly (readonly Ballot[])[] {
  let from = 0;
  return batchSizes(ballots.length, mostInBatch).map((size) => {
    from += size;
    return ballots.slice(from - size, from);
  });
}

/** What all batches of one mix gave, as the batches of the next. */
export function spreadOverBatches<Ballot>(mixed: readonly (readonly Ballot[])[]): readonly (readonly Ballot[])[] {
  const ballots = mixed.flat();
  return mixed.map((_, batch) => ballots.filter((_ballot, place) => place % mixed.length === batch));
}
