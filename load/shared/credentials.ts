import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { generateRoll } from "#admin/roll/generation.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import type { Credential } from "#load/shared/ballots.ts";
import { inTemporaryFolder } from "#local/loose-ends.ts";

/** Credentials by number. An array is one. */
export type Credentials = Readonly<{ length: number; at(index: number): Credential | undefined }>;

/** Distinct credentials that no earlier run used, in 19 bytes each. */
export function inventCredentials(count: number, onProgress?: OnProgress): Promise<Credentials> {
  return inTemporaryFolder(async (folder) => {
    const out = join(folder, "voters.csv");
    await generateRoll({
      voters: count,
      regions: 1,
      out,
      shortCodes: true,
      ...(onProgress !== undefined && { onProgress }),
    });
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

/** The credentials of a number, which must exist. */
export function credentialOf(credentials: Credentials, number: number): Credential {
  const credential = credentials.at(number);
  if (credential === undefined) throw new RangeError(`there are no credentials of number ${number}`);
  return credential;
}
