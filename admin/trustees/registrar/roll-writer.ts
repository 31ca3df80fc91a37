import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { linesOf } from "#admin/certification/bundle-files.ts";
import type { UnfinishedFile } from "#admin/trustees/registrar/unfinished-file.ts";
import { type RollFigures, type RollLine, sha256, withKeySorter } from "#admin/trustees/roll/roll-file.ts";
import { merkleTree } from "#core/merkle-tree.ts";
import { rollLine } from "#core/opening.ts";

/** Sorts voter keys into a roll, in constant memory: first all by key, which is the order of the root, then region by region. */

const BUFFERED_CHARACTERS = 16 * 1024;

/** Lines by region, each in a temporary file. */
function regionFiles(folder: string) {
  const gathered = new Map<string, string>();
  const sizes = new Map<string, number>();
  const names = new Map<string, string>();
  const fileOf = (regionId: string): string => {
    const name = names.get(regionId) ?? join(folder, `region-${names.size}`);
    names.set(regionId, name);
    return name;
  };
  const flush = async (regionId: string): Promise<void> => {
    await appendFile(fileOf(regionId), gathered.get(regionId) ?? "", { mode: 0o600 });
    gathered.set(regionId, "");
  };
  return {
    sizes,
    async add(regionId: string, line: string): Promise<void> {
      const text = `${gathered.get(regionId) ?? ""}${line}\n`;
      gathered.set(regionId, text);
      sizes.set(regionId, (sizes.get(regionId) ?? 0) + 1);
      if (text.length >= BUFFERED_CHARACTERS) await flush(regionId);
    },
    /** In the order of their lines: a comma follows each id. */
    async *sorted(): AsyncGenerator<string> {
      const regionIds = [...gathered.keys()].sort((a, b) => (`${a},` < `${b},` ? -1 : 1));
      for (const regionId of regionIds) {
        await flush(regionId);
        yield* linesOf(fileOf(regionId));
      }
    },
  };
}

/** Writes a roll of the voter keys that `fill` adds, in any order. */
export async function writeRoll(
  roll: UnfinishedFile,
  fill: (add: (line: RollLine) => Promise<void>) => Promise<void>,
): Promise<RollFigures> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-regions-"));
  try {
    return await withKeySorter(async (sorter) => {
      await fill(({ voterKey: hash, regionId }) => sorter.add(rollLine({ hash, regionId }))).finally(() =>
        sorter.close(),
      );
      const tree = merkleTree(sha256);
      const regions = regionFiles(folder);
      for await (const line of sorter.sorted()) {
        const [voterKey = "", regionId = ""] = line.split(" ");
        tree.add(Buffer.from(line));
        await regions.add(regionId, `${regionId},${voterKey}`);
      }
      for await (const line of regions.sorted()) await roll.write(`${line}\n`);
      return { onRoll: Object.fromEntries(regions.sizes), rollRoot: Buffer.from(tree.root()).toString("hex") };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
