import { createHash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { linesOf } from "#admin/certification/bundle-files.ts";
import { merkleTree } from "#core/merkle-tree.ts";
import { TRACKING_CODE_LENGTH } from "#core/tracking-code.ts";
import { readTrusteeLine, type TrusteeBoxLine, writeTrusteeLine } from "#core/trustees/bundle/box-line.ts";

/** The lines of a box, of any size, into the order of `box.jsonl`: they come by tracking code, and go by region. */

/** What lines are sorted by. */
export const byCode = (line: TrusteeBoxLine): string => `${line.trackingCode}${writeTrusteeLine(line)}`;

export type WrittenLines = Readonly<{ ballots: Readonly<Record<string, number>>; merkleRoot: string }>;

async function write(stream: WriteStream, line: string): Promise<void> {
  if (!stream.write(`${line}\n`)) await once(stream, "drain");
}

async function end(stream: WriteStream): Promise<void> {
  stream.end();
  await finished(stream);
}

/** A file for each region. Gives how many lines each has. */
async function partByRegion(
  folder: string,
  regionIds: readonly string[],
  sorted: AsyncGenerator<string>,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map(regionIds.map((regionId) => [regionId, 0]));
  const streams = new Map<string, WriteStream>();
  for await (const text of sorted) {
    const line = text.slice(TRACKING_CODE_LENGTH);
    const regionId = readTrusteeLine(line)?.regionId ?? "";
    const stream = streams.get(regionId) ?? createWriteStream(join(folder, regionId));
    streams.set(regionId, stream);
    counts.set(regionId, (counts.get(regionId) ?? 0) + 1);
    await write(stream, line);
  }
  await Promise.all([...streams.values()].map(end));
  return counts;
}

/**
 * @param file the one to write
 * @param folder for files that are gone at the end
 * @param sorted each as byCode has it
 */
export async function writeByRegion(
  file: string,
  folder: string,
  regionIds: readonly string[],
  sorted: AsyncGenerator<string>,
): Promise<WrittenLines> {
  const parts = await mkdtemp(join(folder, ".regions-"));
  try {
    const counts = await partByRegion(parts, regionIds, sorted);
    const tree = merkleTree((bytes) => createHash("sha256").update(bytes).digest());
    const stream = createWriteStream(file);
    for (const regionId of regionIds.filter((id) => (counts.get(id) ?? 0) > 0)) {
      for await (const line of linesOf(join(parts, regionId))) {
        tree.add(Buffer.from(line, "latin1"));
        await write(stream, line);
      }
    }
    await end(stream);
    return { ballots: Object.fromEntries(counts), merkleRoot: Buffer.from(tree.root()).toString("hex") };
  } finally {
    await rm(parts, { recursive: true, force: true });
  }
}
