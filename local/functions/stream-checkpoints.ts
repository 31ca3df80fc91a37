import { readFile, rename, writeFile } from "node:fs/promises";
import * as z from "zod";

/** How far each shard of a stream has been delivered. With a file, a restart resumes where the last run stopped. */
export type StreamCheckpoints = Readonly<{
  /** Sequence number of the last record delivered, if any. */
  of(shardId: string): string | undefined;
  /** Resolves once the position is kept. It may lag behind delivery: a record delivered again is counted once. */
  advance(shardId: string, sequenceNumber: string): Promise<void>;
}>;

export async function streamCheckpoints(file?: string): Promise<StreamCheckpoints> {
  const text = file === undefined ? "{}" : await readFile(file, "utf8").catch(() => "{}");
  const positions = new Map(Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(text))));
  let kept: Promise<void> = Promise.resolve();
  const keep = async (): Promise<void> => {
    if (file === undefined) return;
    await writeFile(`${file}.new`, JSON.stringify(Object.fromEntries(positions)));
    await rename(`${file}.new`, file);
  };
  return {
    of: (shardId) => positions.get(shardId),
    advance(shardId, sequenceNumber) {
      positions.set(shardId, sequenceNumber);
      // One write at a time: two shards share the file.
      kept = kept.catch(() => undefined).then(keep);
      return kept;
    },
  };
}
