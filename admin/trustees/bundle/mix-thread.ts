import { workerData } from "node:worker_threads";
import { batchReader } from "#admin/trustees/bundle/batch-reader.ts";
import { type BatchesOf, type BatchTask, layoutOf, random } from "#admin/trustees/bundle/batch-task.ts";
import { linesPath, mixFiles } from "#admin/trustees/bundle/file-names.ts";
import { answerTasks } from "#admin/trustees/bundle/threads.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { mixContextOf } from "#core/trustees/bundle/contexts.ts";
import { ENCRYPTED_BYTES, readBatch } from "#core/trustees/encrypted-batch.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { mix } from "#core/trustees/shuffle.ts";

/** A thread that mixes: answers each batch with its outputs and their proof, as they lie in the mix's file. */

/** @param mix from 1 */
export type MixWork = BatchesOf & Readonly<{ mix: number; trustee: number }>;
/** Outputs, then proof. */
export type MixedBatch = Uint8Array<ArrayBuffer>;

const work: MixWork = workerData;
const layout = layoutOf(work);
const reader = batchReader(work.folder, layout);

answerTasks<BatchTask, MixedBatch>((task) => {
  const place = itemAt(layout.batches, task);
  const inputs = readBatch(reader.inputs(work.mix, place));
  if (inputs === undefined) {
    const path = work.mix === 1 ? linesPath(work.folder) : mixFiles(work.folder, work.mix - 1).binary;
    throw new EnglishRefusal(`${path}: region ${place.regionId} holds what is no ballot. Do not trust it.`);
  }
  const { outputs, proof } = mix(mixContextOf(work.ceremony, work.mix, work.trustee, place), inputs, random);
  const bytes = new Uint8Array(place.outputs.bytes + place.proof.bytes);
  outputs.forEach((output, at) => {
    bytes.set(output.bytes, at * ENCRYPTED_BYTES);
  });
  bytes.set(proof, place.outputs.bytes);
  return { answer: bytes, moved: [bytes.buffer] };
});
