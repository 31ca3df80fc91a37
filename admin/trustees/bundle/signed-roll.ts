import { join } from "node:path";
import type { Bundle } from "#admin/trustees/bundle/bundle-folder.ts";
import { ceremonyFolderIn } from "#admin/trustees/bundle/file-names.ts";
import { readIfThere } from "#admin/trustees/read-file.ts";
import { toBase64Url } from "#core/bytes.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { type Ceremony, recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { RegistrarRoll, type RollStatement, TrusteeRoll } from "#core/trustees/roll/shape.ts";
import { rollBytes } from "#core/trustees/roll/signed-roll.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** The roll that registrar and trustees signed, as it lies in the ceremony's folder. */

/** What the registrar signed. Throws Refusal when it is missing, not the registrar's, or of another ceremony. */
export async function readRollStatement(folder: string, ceremony: Ceremony): Promise<RollStatement> {
  const path = join(folder, "roll.json");
  const roll = await readIfThere(path, "a signed roll", RegistrarRoll);
  if (roll === undefined) {
    throw new EnglishRefusal(
      `${path}: there is no such file. scrutin registrar cards writes it before the polls open.`,
    );
  }
  const { statement, signature } = roll;
  const isRegistrars = nodeTrustees.verify(
    bytesIn(statement.registrar.signingKey),
    rollBytes(statement),
    bytesIn(signature),
  );
  const isHere =
    statement.ceremony === toBase64Url(ceremonyDigest(recordIn(ceremony))) &&
    statement.electionId === ceremony.electionId;
  if (isRegistrars && isHere) return statement;
  throw new EnglishRefusal(
    `${path}: ${isRegistrars ? "this roll was signed for another ceremony" : "the registrar's signature does not fit"}. Do not go on: show the others what you have.`,
  );
}

/** Throws Refusal unless the box was sealed by a roll that this trustee signed, before the polls opened. */
export async function requireOwnRoll({ folder, ceremony, box }: Bundle, number: number): Promise<void> {
  const where = ceremonyFolderIn(folder);
  const statement = await readRollStatement(where, ceremony);
  const path = join(where, `roll-trustee-${number}.json`);
  const own = await readIfThere(path, "a trustee's signature under a roll", TrusteeRoll);
  const { name, signingKey } = itemAt(ceremony.trustees, number - 1);
  const isOwn =
    own?.trustee === number &&
    nodeTrustees.verify(bytesIn(signingKey), rollBytes(statement), bytesIn(own.signature)) &&
    statement.rollRoot === box.value.statement.rollRoot;
  if (isOwn) return;
  throw new EnglishRefusal(
    `${path}: ${name} did not sign the roll of this box, so its key opens nothing: voters could have been added to it. Trustees who signed it open the box.`,
  );
}
