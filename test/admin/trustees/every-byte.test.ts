import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { onThreads } from "#admin/trustees/bundle/threads.ts";
import { type ByteRange, byteRanges, filesOf } from "#load/trustees/every-byte.ts";

/** Of the bundle of twelve ballots, each byte of each file, on all cores. */

const FOLDER = join(import.meta.dirname, "../../fixtures/bundles/law");

test("every single changed byte of every file of a bundle makes verify fail", { timeout: 600_000 }, async () => {
  const ranges = byteRanges(FOLDER);
  const unfound: string[] = [];
  const looked = new Set<string>();
  let bytes = 0;
  await onThreads<ByteRange, readonly number[]>({
    thread: new URL("../../../load/trustees/every-byte-thread.ts", import.meta.url),
    data: FOLDER,
    tasks: ranges,
    use(places, { file, from, to }) {
      looked.add(file);
      bytes += to - from;
      unfound.push(...places.map((place) => `${file}, byte ${place}`));
    },
  });
  expect(unfound).toEqual([]);
  expect([...looked].sort()).toEqual(filesOf(FOLDER));
  const sizes = await Promise.all(filesOf(FOLDER).map(async (file) => (await stat(join(FOLDER, file))).size));
  expect(bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
});
