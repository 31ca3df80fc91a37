import { rm } from "node:fs/promises";
import type { OnProgress } from "#admin/shared/progress.ts";
import { newBinaryFile } from "#admin/trustees/bundle/binary-file.ts";
import type { Bundle } from "#admin/trustees/bundle/bundle-folder.ts";
import type { SignedFiles } from "#admin/trustees/bundle/file-names.ts";
import { onThreads } from "#admin/trustees/bundle/threads.ts";
import { requireAbsent, writeNewFile } from "#admin/trustees/new-file.ts";
import { canonicalText } from "#core/canonical-json.ts";
import type { BatchPlace } from "#core/trustees/bundle/layout.ts";
import { itemAt } from "#core/trustees/item-at.ts";

/** What a trustee makes of every batch, on all cores, in one file that it then signs. A run that is killed leaves nothing that looks whole. */

export type BatchWork = Readonly<{
  bundle: Bundle;
  files: SignedFiles;
  /** The module that makes each batch's part. */
  thread: URL;
  data: unknown;
  /** Where in the file a batch's part begins. */
  from: (place: BatchPlace) => number;
  /** What is signed, over the SHA-256 of the file. */
  sign: (sha256: string) => unknown;
  step: string;
  onProgress: OnProgress;
  threads?: number | undefined;
}>;

export async function writeSignedBatches(work: BatchWork): Promise<void> {
  const { bundle, files, thread, data, from, sign, step, onProgress, threads } = work;
  const { batches, ballots } = bundle.layout;
  await requireAbsent(files.signed);
  // What a killed run named before it signed.
  await rm(files.binary, { force: true });
  const file = await newBinaryFile(files.binary);
  try {
    let done = 0;
    onProgress({ step, done, total: ballots });
    await onThreads<number, Uint8Array>({
      ...{ thread, data, threads, tasks: batches.keys() },
      use: async (bytes, task) => {
        const place = itemAt(batches, task);
        await file.write(bytes, from(place));
        done += place.ballots;
        onProgress({ step, done, total: ballots });
      },
    });
    const sha256 = await file.finish();
    await writeNewFile(files.signed, canonicalText(sign(sha256)));
  } finally {
    await file.close();
  }
}
