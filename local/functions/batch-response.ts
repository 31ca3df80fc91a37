import * as z from "zod";

/** A function's answer to a batch whose mapping reports batch item failures. */
const BatchResponse = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

/**
 * The items of a batch that must be delivered again, read as Lambda reads the answer: none where there is nothing in it, and
 * all of them where it cannot be understood or names an item that was not in the batch, so that a slip loses nothing.
 */
export function failedItems(answer: unknown, batch: readonly string[]): ReadonlySet<string> {
  const parsed = BatchResponse.safeParse(answer);
  if (!parsed.success) return new Set(batch);
  const failed = parsed.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) ?? [];
  return failed.every((identifier) => batch.includes(identifier)) ? new Set(failed) : new Set(batch);
}
