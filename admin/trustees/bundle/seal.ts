import type { KeyObject } from "node:crypto";
import { chmod, cp, mkdir, mkdtemp, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { BUNDLE_FILES } from "#admin/certification/bundle-files.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { readBundle } from "#admin/trustees/bundle/bundle-folder.ts";
import { requireChain } from "#admin/trustees/bundle/chain.ts";
import { boxPath, ceremonyFolderIn, linesPath, rollPath } from "#admin/trustees/bundle/file-names.ts";
import { type SealWork, sealLines } from "#admin/trustees/bundle/seal-lines.ts";
import { readRollStatement } from "#admin/trustees/bundle/signed-roll.ts";
import { readClosed } from "#admin/trustees/close.ts";
import { readFolder } from "#admin/trustees/folder.ts";
import { syncFolder, writeNewFile } from "#admin/trustees/new-file.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { contestRegionIds } from "#core/contest.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { inForce } from "#core/opening.ts";
import type { BoxFile, BoxStatement } from "#core/trustees/bundle/box-file.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { signStatement } from "#storage/signing-key.ts";
import type { StatedOpening } from "#storage/stated-opening.ts";

/** Sealing a box: a folder with all that trustees need to mix and open it, and everybody to verify what they do. */

export type SealOptions = Readonly<{
  /** The ceremony's folder, with the signed roll. */
  ceremony: string;
  /** `roll.txt`, as it was signed. */
  roll: string;
  opening: StatedOpening;
  stampKey: KeyObject;
  /** The election's, which signed the opening. */
  signingKey: KeyObject;
  read: SealWork["read"];
  /** The folder to make. */
  out: string;
  threads?: number | undefined;
  onProgress?: OnProgress | undefined;
}>;

async function requireNothingAt(folder: string): Promise<void> {
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new EnglishRefusal(`${folder}: this is not a readable folder.`);
  });
  if (there.length > 0) throw new EnglishRefusal(`${folder}: this folder is not empty; name another.`);
}

/** So that what a power cut leaves under the folder's name is whole. */
async function syncAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = await open(join(entry.parentPath, entry.name), "r+");
    await file.sync().finally(() => file.close());
  }
  await syncFolder(folder);
}

/** The folder appears only once it is whole. */
async function makeWhole<T>(out: string, work: (folder: string) => Promise<T>): Promise<T> {
  const target = resolve(out);
  await requireNothingAt(target);
  await mkdir(dirname(target), { recursive: true });
  const folder = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    const made = await work(folder);
    await syncAll(folder);
    await chmod(folder, 0o755);
    await rename(folder, target);
    await syncFolder(dirname(target));
    return made;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeBundle(folder: string, options: SealOptions): Promise<BoxFile> {
  const { opening, stampKey, signingKey, read, threads, onProgress = () => {} } = options;
  const ceremony = await readClosed(await readFolder(options.ceremony));
  const { definition } = inForce(opening.opening, opening.changes);
  if (opening.opening.statement.publicKey !== ceremony.publicKey) {
    throw new EnglishRefusal(`${options.ceremony}: voters encrypted for another key than the one of this ceremony.`);
  }
  const { rollRoot } = await readRollStatement(options.ceremony, ceremony);
  if (inForce(opening.opening, opening.changes).roll.rollRoot !== rollRoot) {
    throw new EnglishRefusal(`${options.ceremony}: roll.json is not of the roll that was stated before voting opened.`);
  }
  await cp(options.ceremony, ceremonyFolderIn(folder), { recursive: true });
  await cp(options.roll, rollPath(folder));
  await writeNewFile(join(folder, BUNDLE_FILES.opening), opening.text);
  await writeNewFile(join(folder, BUNDLE_FILES.changes), canonicalText(opening.changes));
  const regionIds = contestRegionIds(definition);
  const sealed = await sealLines({
    ...{ ceremony, regionIds, stampKey, rollRoot, read, folder, threads, onProgress },
    ...{ roll: rollPath(folder), lines: linesPath(folder) },
  });
  const statement: BoxStatement = {
    ...{ format: "scrutin-box-1", electionId: definition.electionId },
    ceremony: toBase64Url(ceremonyDigest(recordIn(ceremony))),
    ...{ opening: opening.sha256, rollRoot, closesAt: definition.closesAt },
    ...sealed,
    setAside: [...sealed.setAside],
  };
  const box: BoxFile = { statement, signature: signStatement(signingKey, statement) };
  await writeNewFile(boxPath(folder), canonicalText(box));
  await requireChain(await readBundle(folder));
  return box;
}

/** Makes a bundle. Throws Refusal when ceremony, roll and opening do not belong together, or the folder holds anything. */
export const makeBundle = (options: SealOptions): Promise<BoxFile> =>
  makeWhole(options.out, (folder) => writeBundle(folder, options));
