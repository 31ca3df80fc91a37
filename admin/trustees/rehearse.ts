import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readClosed } from "#admin/trustees/close.ts";
import { type CeremonyFolder, REHEARSAL, readFolder, readTrialOpenings, trialPath } from "#admin/trustees/folder.ts";
import { selfOf } from "#admin/trustees/join.ts";
import type { OpenKey } from "#admin/trustees/key-file.ts";
import { writeNewFile, writeSyncedFile } from "#admin/trustees/new-file.ts";
import { ownShare, scalarOf } from "#admin/trustees/own-share.ts";
import { secretProduct } from "#admin/trustees/secret-product.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import {
  openTrialBox,
  type Rehearsal,
  rehearsalFile,
  rehearsalOf,
  type TrialOpening,
} from "#core/trustees/ceremony/rehearsal.ts";
import type { RandomBytes } from "#core/trustees/group.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** The rehearsal: each trustee opens the trial box, and so shows that its key works. */

const random: RandomBytes = (length) => new Uint8Array(randomBytes(length));

export type Rehearsed = Readonly<{ ceremony: Ceremony; rehearsal: Rehearsal; number?: number }>;

async function openTrial(
  folder: CeremonyFolder,
  ceremony: Ceremony,
  key: OpenKey,
  number: number,
): Promise<TrialOpening> {
  const share = await ownShare(folder, key);
  try {
    const sign = (bytes: Uint8Array) => nodeTrustees.sign(key.secrets.signing, bytes);
    return openTrialBox(ceremony, number, scalarOf(share), sign, random, await secretProduct(share));
  } finally {
    share.fill(0);
  }
}

/** What was rehearsed so far. Throws Refusal for an opening that is false. */
function judged(path: string, ceremony: Ceremony, openings: ReadonlyMap<number, TrialOpening>): Rehearsal {
  const rehearsal = rehearsalOf(nodeTrustees.verify, ceremony, openings, random);
  const [bad] = rehearsal.bad;
  if (bad === undefined) return rehearsal;
  const name = ceremony.trustees[bad - 1]?.name ?? "";
  throw new EnglishRefusal(
    `${trialPath(path, bad)} (trustee ${bad}, ${name}): this does not open the trial box of this ceremony. Delete it; that trustee rehearses again.`,
  );
}

/** How far the rehearsal is; with a key, after that trustee's part. Throws Refusal when anything is wrong. */
export async function rehearse(path: string, key?: OpenKey): Promise<Rehearsed> {
  const folder = await readFolder(path);
  const ceremony = await readClosed(folder);
  const before = await readTrialOpenings(path, ceremony);
  if (key === undefined) return { ceremony, rehearsal: judged(path, ceremony, before) };
  const { number } = selfOf(path, folder.proposal, key);
  judged(path, ceremony, before);
  if (!before.has(number)) {
    await writeNewFile(trialPath(path, number), canonicalText(await openTrial(folder, ceremony, key, number)));
  }
  const openings = await readTrialOpenings(path, ceremony);
  const rehearsal = judged(path, ceremony, openings);
  if (rehearsal.isDone) await writeSyncedFile(join(path, REHEARSAL), canonicalText(rehearsalFile(openings)));
  return { ceremony, rehearsal, number };
}
