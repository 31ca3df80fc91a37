import type { OnProgress } from "#admin/shared/progress.ts";
import { numberOf } from "#admin/trustees/join.ts";
import type { OpenKey } from "#admin/trustees/key-file.ts";
import { writeNewFile } from "#admin/trustees/new-file.ts";
import { definitionIn } from "#admin/trustees/roll/question.ts";
import { readRollFile } from "#admin/trustees/roll/roll-file.ts";
import { openRollFolder, readSignedSoFar, requireSigned, trusteeRollPath } from "#admin/trustees/roll/signed-roll.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalText } from "#core/canonical-json.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import type { SignedRoll, TrusteeRoll } from "#core/trustees/roll/shape.ts";
import { rollBytes } from "#core/trustees/roll/signed-roll.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** A trustee signs the roll: after this no voter key can be added, by whoever it may be. */

export type SignedBy = Readonly<{ ceremony: Ceremony; number: number; roll: SignedRoll; isNew: boolean }>;

/** Signs a roll, or says again that it did. Throws Refusal when the file is not what the registrar signed, or anything in it is bad. */
export async function signRoll(path: string, file: string, key: OpenKey, onProgress?: OnProgress): Promise<SignedBy> {
  const opened = await openRollFolder(path);
  const { ceremony, folder } = opened;
  const number = numberOf(path, ceremony, key);
  const before = await readSignedSoFar(opened);
  const figures = await readRollFile(file, definitionIn(folder), onProgress);
  requireSigned(file, figures, before.statement);
  const isNew = before.trustees.every(({ trustee }) => trustee !== number);
  if (isNew) {
    const signature = nodeTrustees.sign(key.secrets.signing, rollBytes(before.statement));
    const signed: TrusteeRoll = {
      ...{ format: "scrutin-roll-trustee-1", trustee: number },
      signature: toBase64Url(signature),
    };
    await writeNewFile(trusteeRollPath(path, number), canonicalText(signed));
  }
  return { ceremony, number, roll: await readSignedSoFar(opened), isNew };
}
