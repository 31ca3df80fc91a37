import { type Bundle, readAgain, readBundle } from "#admin/trustees/bundle/bundle-folder.ts";
import { requireChain } from "#admin/trustees/bundle/chain.ts";
import { requireClosed } from "#admin/trustees/bundle/closed.ts";
import { openingFiles } from "#admin/trustees/bundle/file-names.ts";
import type { BundleOptions } from "#admin/trustees/bundle/mix.ts";
import type { OpenWork } from "#admin/trustees/bundle/open-thread.ts";
import { recordBox, requireNoOtherBox } from "#admin/trustees/bundle/opened-before.ts";
import { writeSignedBatches } from "#admin/trustees/bundle/signed-binary.ts";
import { requireOwnRoll } from "#admin/trustees/bundle/signed-roll.ts";
import { namesOf, turnsIn } from "#admin/trustees/bundle/turns.ts";
import { numberOf } from "#admin/trustees/join.ts";
import type { OpenKey } from "#admin/trustees/key-file.ts";
import { ownShare } from "#admin/trustees/own-share.ts";
import { mixedBoxFaults } from "#admin/trustees/verify/mixed-box.ts";
import { toBase64Url } from "#core/bytes.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { type OpeningFile, type OpeningFileStatement, openingFileBytes } from "#core/trustees/bundle/opening-file.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/**
 * A trustee opens a box: the products of its share and every ballot of the last mix, with their proofs. What it refuses, no option overrides: otherwise
 * an administrator could have a single ballot opened.
 */

export type OpenDone = Readonly<{ bundle: Bundle; number: number }>;

/** Throws Refusal unless all agreed mixes are made and this trustee has not opened it. */
function requireTurn(bundle: Bundle, number: number): void {
  const { folder, ceremony } = bundle;
  const { mixesLeft, mayMix, mayOpen, openingsLeft } = turnsIn(bundle);
  if (mixesLeft > 0) {
    throw new EnglishRefusal(
      `${folder}: ${ceremony.mixes - mixesLeft} of the ${ceremony.mixes} mixes that were agreed are made, and nobody opens the box before all are. It is the turn of one of ${namesOf(ceremony, mayMix)}: scrutin trustee mix ${folder} --key FILE.`,
    );
  }
  if (mayOpen.includes(number)) return;
  const left =
    openingsLeft === 0 ? "No more are needed" : `${openingsLeft} more of ${namesOf(ceremony, mayOpen)} are needed`;
  throw new EnglishRefusal(`${folder}: ${namesOf(ceremony, [number])} has opened this box. ${left}.`);
}

/** Throws Refusal, a line for each fault, when anything does not hold that everybody verifies. */
async function requireVerified({ folder }: Bundle, { onProgress, mostInBatch }: BundleOptions): Promise<void> {
  const faults = await mixedBoxFaults(folder, { onProgress, mostInBatch });
  if (faults.length === 0) return;
  const told = faults.map((fault) => `  ${fault}`).join("\n");
  throw new EnglishRefusal(
    `${folder}: this box is not opened, since what everybody verifies does not hold:\n${told}\nShow the others what you have.`,
  );
}

/** A copy that threads share, so that one wiping is enough; the other is wiped at once. */
function shared(secret: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(secret.length));
  copy.set(secret);
  secret.fill(0);
  return copy;
}

/** @param keyFile beside which is kept which box was opened */
export async function openBox(
  folder: string,
  keyFile: string,
  key: OpenKey,
  options: BundleOptions = {},
): Promise<OpenDone> {
  const { atMs = Date.now(), onProgress = () => {}, threads, mostInBatch } = options;
  const bundle = await readBundle(folder, mostInBatch);
  const { ceremony, box, counts, mixes, meeting } = bundle;
  const { electionId } = ceremony;
  const number = numberOf(folder, meeting.proposal, key);
  requireClosed(bundle, atMs);
  requireTurn(bundle, number);
  await requireNoOtherBox(keyFile, electionId, box.sha256);
  await requireOwnRoll(bundle, number);
  // Quick, and so before what takes as long as a mix.
  await requireChain(bundle, onProgress);
  await requireVerified(bundle, options);
  await recordBox(keyFile, electionId, box.sha256);
  const sign = (sha256: string): OpeningFile => {
    const statement: OpeningFileStatement = {
      ...{ format: "scrutin-opening-by-trustee-1", ceremony: toBase64Url(ceremonyDigest(recordIn(ceremony))) },
      ...{ box: box.sha256, mixes: mixes.map((mix) => mix.sha256), trustee: number, sha256 },
    };
    return { statement, signature: toBase64Url(nodeTrustees.sign(key.secrets.signing, openingFileBytes(statement))) };
  };
  const share = shared(await ownShare(meeting, key));
  try {
    await writeSignedBatches({
      ...{ bundle, sign, onProgress, threads, step: "opening", files: openingFiles(folder, number) },
      thread: new URL("./open-thread.ts", import.meta.url),
      data: { folder, ceremony, counts, mostInBatch, trustee: number, share } satisfies OpenWork,
      from: ({ opening }) => opening.from,
    });
  } finally {
    share.fill(0);
  }
  return { bundle: await readAgain(bundle), number };
}
