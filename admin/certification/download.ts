import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { BUNDLE_FILES } from "#admin/certification/bundle-files.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** Downloading a published bundle, to verify it by its files. */

export const isAddress = (text: string): boolean => /^https?:\/\//.test(text);

/** S3 tells nobody what it does not have. */
const ABSENT = [403, 404];

/** Works on the files at an address, in a folder that is gone afterwards. Throws Refusal when there is no bundle. */
export async function withDownloaded<T>(address: string, work: (folder: string) => Promise<T>): Promise<T> {
  if (!URL.canParse(address)) throw new EnglishRefusal(`${address}: this is not an address.`);
  const folder = await mkdtemp(join(tmpdir(), "scrutin-bundle-"));
  try {
    for (const name of Object.values(BUNDLE_FILES)) {
      const url = new URL(name, address.endsWith("/") ? address : `${address}/`);
      const response = await fetch(url).catch(() => {
        throw new EnglishRefusal(`${url.origin} does not answer.`);
      });
      if (ABSENT.includes(response.status)) continue;
      if (!response.ok || response.body === null) throw new EnglishRefusal(`${url} answers ${response.status}.`);
      await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(join(folder, name)));
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
