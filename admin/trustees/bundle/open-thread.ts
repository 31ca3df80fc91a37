import { workerData } from "node:worker_threads";
import { batchReader } from "#admin/trustees/bundle/batch-reader.ts";
import { type BatchesOf, type BatchTask, layoutOf, random } from "#admin/trustees/bundle/batch-task.ts";
import { mixFiles } from "#admin/trustees/bundle/file-names.ts";
import { answerTasks } from "#admin/trustees/bundle/threads.ts";
import { scalarOf } from "#admin/trustees/own-share.ts";
import { secretProduct } from "#admin/trustees/secret-product.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { openingContextOf } from "#core/trustees/bundle/contexts.ts";
import { readBatch } from "#core/trustees/encrypted-batch.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { openBatch } from "#core/trustees/opening.ts";

/** A thread that opens: answers each batch of the last mix with a trustee's opening of it. */

export type OpenWork = BatchesOf &
  Readonly<{
    trustee: number;
    /** In memory that all threads share, so that it is wiped once. */
    share: Uint8Array;
  }>;
export type OpenedBatch = Uint8Array;

const work: OpenWork = workerData;
const layout = layoutOf(work);
const reader = batchReader(work.folder, layout);
const share = scalarOf(new Uint8Array(work.share));
const product = await secretProduct(work.share);

answerTasks<BatchTask, OpenedBatch>((task) => {
  const place = itemAt(layout.batches, task);
  const ballots = readBatch(reader.outputs(work.ceremony.mixes, place));
  if (ballots === undefined) {
    const path = mixFiles(work.folder, work.ceremony.mixes).binary;
    throw new EnglishRefusal(`${path}: region ${place.regionId} holds what is no ballot. Do not trust it.`);
  }
  return { answer: openBatch(openingContextOf(work.ceremony, work.trustee, place), ballots, share, random, product) };
});
