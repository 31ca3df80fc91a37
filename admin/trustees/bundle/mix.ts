import type { OnProgress } from "#admin/shared/progress.ts";
import { type Bundle, readAgain, readBundle } from "#admin/trustees/bundle/bundle-folder.ts";
import { requireChain } from "#admin/trustees/bundle/chain.ts";
import { requireClosed } from "#admin/trustees/bundle/closed.ts";
import { mixFiles } from "#admin/trustees/bundle/file-names.ts";
import type { MixWork } from "#admin/trustees/bundle/mix-thread.ts";
import { writeSignedBatches } from "#admin/trustees/bundle/signed-binary.ts";
import { namesOf, turnsIn } from "#admin/trustees/bundle/turns.ts";
import { numberOf } from "#admin/trustees/join.ts";
import type { OpenKey } from "#admin/trustees/key-file.ts";
import { toBase64Url } from "#core/bytes.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { type MixFile, type MixFileStatement, mixFileBytes } from "#core/trustees/bundle/mix-file.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/**
 * A trustee mixes a box: every batch encrypted anew and in another order, with its proof. It checks signatures and hashes of what came before,
 * and no proofs: a mix of what is false is refused when the box is opened.
 */

/** How a bundle is worked on. */
export type BundleOptions = Readonly<{
  atMs?: number;
  onProgress?: OnProgress;
  threads?: number;
  /** Smaller in tests, which so have more batches. */
  mostInBatch?: number;
}>;

/** The bundle as it is then, and which mix this was. */
export type MixDone = Readonly<{ bundle: Bundle; number: number; mix: number }>;

/** Throws Refusal when it is not this trustee's turn. */
function requireTurn(bundle: Bundle, number: number): void {
  const { folder, ceremony } = bundle;
  const { mixed, mixesLeft, mayMix } = turnsIn(bundle);
  if (mixesLeft === 0) {
    throw new EnglishRefusal(
      `${folder}: all ${ceremony.mixes} mixes are made, by ${namesOf(ceremony, mixed)}. Next: scrutin trustee open ${folder} --key FILE.`,
    );
  }
  if (mayMix.includes(number)) return;
  throw new EnglishRefusal(
    `${folder}: ${namesOf(ceremony, [number])} made mix ${mixed.indexOf(number) + 1} of ${ceremony.mixes}, and each trustee mixes once. It is the turn of one of ${namesOf(ceremony, mayMix)}.`,
  );
}

export async function mixBox(folder: string, key: OpenKey, options: BundleOptions = {}): Promise<MixDone> {
  const { atMs = Date.now(), onProgress = () => {}, threads, mostInBatch } = options;
  const bundle = await readBundle(folder, mostInBatch);
  const { ceremony, box, counts, mixes } = bundle;
  const number = numberOf(folder, bundle.meeting.proposal, key);
  requireClosed(bundle, atMs);
  requireTurn(bundle, number);
  await requireChain(bundle, onProgress);
  const mix = mixes.length + 1;
  const sign = (sha256: string): MixFile => {
    const statement: MixFileStatement = {
      ...{ format: "scrutin-mix-1", ceremony: toBase64Url(ceremonyDigest(recordIn(ceremony))) },
      ...{ box: box.sha256, mix, trustee: number, sha256 },
    };
    return { statement, signature: toBase64Url(nodeTrustees.sign(key.secrets.signing, mixFileBytes(statement))) };
  };
  await writeSignedBatches({
    ...{ bundle, sign, onProgress, threads, step: "mixing", files: mixFiles(folder, mix) },
    thread: new URL("./mix-thread.ts", import.meta.url),
    data: { folder, ceremony, counts, mostInBatch, mix, trustee: number } satisfies MixWork,
    from: ({ outputs }) => outputs.from,
  });
  return { bundle: await readAgain(bundle), number, mix };
}
