import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { BUNDLE_FILES, readIfThere } from "#admin/certification/bundle-files.ts";
import { Certificate } from "#core/ballot-box.ts";
import { isTrustees } from "#core/contest.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { Ceremony } from "#core/trustees/ceremony/record-shape.ts";

/** Downloading a published bundle, to verify it by its files. */

export const isAddress = (text: string): boolean => /^https?:\/\//.test(text);

/** S3 tells nobody what it does not have. */
const ABSENT = [403, 404];

/** Downloads a file into the folder; leaves it out where there is none. */
async function download(address: string, name: string, folder: string): Promise<void> {
  const url = new URL(name, address.endsWith("/") ? address : `${address}/`);
  const response = await fetch(url).catch(() => {
    throw new EnglishRefusal(`${url.origin} does not answer.`);
  });
  if (ABSENT.includes(response.status)) return;
  if (!response.ok || response.body === null) throw new EnglishRefusal(`${url} answers ${response.status}.`);
  const file = join(folder, name);
  await mkdir(dirname(file), { recursive: true });
  await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(file));
}

/** The other files of a bundle that trustees opened, once the record of their ceremony is there. */
async function trusteesNames(folder: string): Promise<readonly string[]> {
  const { bundleNames, CEREMONY_RECORD } = await import("#admin/trustees/bundle/bundle-names.ts");
  const ceremony = await readIfThere(folder, CEREMONY_RECORD, Ceremony);
  return ceremony === undefined ? [] : bundleNames(ceremony.value).filter((name) => name !== CEREMONY_RECORD);
}

/** Works on the files at an address, in a folder that is gone afterwards. Throws Refusal when there is no bundle. */
export async function withDownloaded<T>(address: string, work: (folder: string) => Promise<T>): Promise<T> {
  if (!URL.canParse(address)) throw new EnglishRefusal(`${address}: this is not an address.`);
  const folder = await mkdtemp(join(tmpdir(), "scrutin-bundle-"));
  try {
    for (const name of Object.values(BUNDLE_FILES)) await download(address, name, folder);
    const certificate = await readIfThere(folder, BUNDLE_FILES.certificate, Certificate);
    if (certificate !== undefined && isTrustees(certificate.value.definition)) {
      await download(address, "ceremony/ceremony.json", folder);
      for (const name of await trusteesNames(folder)) await download(address, name, folder);
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
