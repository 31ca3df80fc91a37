import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { writeNewFile } from "#admin/trustees/new-file.ts";
import { readIfThere } from "#admin/trustees/read-file.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { Sha256Hex } from "#core/trustees/bundle/box-file.ts";

/**
 * Which box of an election a trustee has opened, beside its key file: a second box, such as one from which a ballot was left out, is never opened.
 * The difference of two results would tell that ballot.
 */

const OpenedBox = z.strictObject({
  format: z.literal("scrutin-opened-box-1"),
  electionId: z.string(),
  /** SHA-256 of `box.json`, in hexadecimal. */
  box: Sha256Hex,
});

const recordPath = (keyFile: string, electionId: string): string => join(`${keyFile}.opened`, `${electionId}.json`);

/** Throws Refusal when this key has opened another box of the election. Gives whether it has opened this one. */
export async function requireNoOtherBox(keyFile: string, electionId: string, box: string): Promise<boolean> {
  const path = recordPath(keyFile, electionId);
  const before = await readIfThere(path, "the record of a box that was opened", OpenedBox);
  if (before === undefined) return false;
  if (before.electionId === electionId && before.box === box) return true;
  throw new EnglishRefusal(
    `${path}: with this key, another box of election ${electionId} was opened before, whose box.json has the SHA-256 ${before.box}; this one has ${box}. Two boxes of one election tell how single voters voted: none but the first is opened. Show the others both.`,
  );
}

/** Writes down which box is opened, before anything of it is. Throws Refusal when it was another before, or it cannot be written. */
export async function recordBox(keyFile: string, electionId: string, box: string): Promise<void> {
  if (await requireNoOtherBox(keyFile, electionId, box)) return;
  await mkdir(`${keyFile}.opened`, { recursive: true, mode: 0o700 });
  const record: z.infer<typeof OpenedBox> = { format: "scrutin-opened-box-1", electionId, box };
  await writeNewFile(recordPath(keyFile, electionId), canonicalText(record), 0o600);
}
