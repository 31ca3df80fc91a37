import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { generateRoll } from "#admin/roll/generation.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import type { Credential } from "#load/shared/ballots.ts";
import { inTemporaryFolder } from "#local/loose-ends.ts";

/** Credentials by number. An array is one. */
export type Credentials = Readonly<{ length: number; at(index: number): Credential | undefined }>;

/** Credentials that no two voters share and that cannot be guessed from an earlier run, in the 19 bytes that each has in its file. */
export function inventManyCredentials(count: number, onProgress?: OnProgress): Promise<Credentials> {
  return inTemporaryFolder(async (folder) => {
    const out = join(folder, "voters.csv");
    await generateRoll({ voters: count, regions: 1, out, ...(onProgress !== undefined && { onProgress }) });
    const bytes = await readFile(out);
    const firstAt = bytes.indexOf("\n") + 1;
    const width = (bytes.length - firstAt) / count;
    if (!Number.isInteger(width)) throw new Error("the rows of an invented roll of one region differ in length");
    return {
      length: count,
      at(index) {
        const at = firstAt + index * width;
        const [nas = "", code = ""] = bytes.toString("latin1", at, at + width).split(",");
        return index < 0 || index >= count ? undefined : { nas, code };
      },
    };
  });
}
