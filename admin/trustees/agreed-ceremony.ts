import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readClosed } from "#admin/trustees/close.ts";
import { REHEARSAL, readFolder } from "#admin/trustees/folder.ts";
import { readIfThere } from "#admin/trustees/read-file.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { isRehearsed, RehearsalFile } from "#core/trustees/ceremony/rehearsal.ts";
import { wordsOf } from "#core/trustees/ceremony/words.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";
import type { CeremonyGiven } from "#storage/trustees-register.ts";

/** A ceremony with which an election can be registered. Throws Refusal unless it is whole, as its messages have it, and rehearsed. */
export async function agreedCeremony(path: string): Promise<CeremonyGiven> {
  const ceremony = await readClosed(await readFolder(path));
  const file = join(path, REHEARSAL);
  const rehearsal = await readIfThere(file, "the proof of a rehearsal", RehearsalFile);
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
  if (rehearsal === undefined || !isRehearsed(nodeTrustees.verify, ceremony, rehearsal, random)) {
    throw new EnglishRefusal(
      `${file}: ${rehearsal === undefined ? "there is no such file" : "this proves no rehearsal of this ceremony"}. Enough trustees open the trial box first, so that no key is lost unnoticed: scrutin ceremony rehearse ${path} --key FILE.`,
    );
  }
  return { ceremony, words: wordsOf("ceremony", ceremonyDigest(recordIn(ceremony))) };
}
