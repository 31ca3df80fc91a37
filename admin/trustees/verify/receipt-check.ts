import { readFile } from "node:fs/promises";
import * as z from "zod";
import { whereIs } from "#admin/trustees/verify/look-up.ts";
import type { ReadBundle } from "#admin/trustees/verify/read-bundle.ts";
import { type CheckGroup, oneCheck, type Told, tell } from "#admin/trustees/verify/told.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { isAcceptance } from "#core/trustees/acceptance.ts";
import { bytesIn, bytesText, PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from "#core/trustees/ceremony/byte-fields.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** Holding the office to a receipt: what it accepted must be in the box. */

const Receipt = z.object({
  format: z.literal("scrutin-receipt-1"),
  electionId: z.string(),
  trackingCode: z.string(),
  accepted: z.object({
    minute: z.string(),
    publicKey: bytesText(PUBLIC_KEY_BYTES),
    signature: bytesText(SIGNATURE_BYTES),
  }),
});

/** Throws Refusal for a file that is no receipt. */
async function readReceipt(file: string): Promise<z.infer<typeof Receipt>> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new EnglishRefusal(`${file}: this file cannot be read.`);
  });
  const none = new EnglishRefusal(`${file}: this is not a receipt as the site gives it to voters.`);
  try {
    const read = Receipt.safeParse(JSON.parse(text));
    if (read.success) return read.data;
  } catch {
    throw none;
  }
  throw none;
}

async function receiptCheck(bundle: ReadBundle, file: string): Promise<Told> {
  const { electionId, trackingCode, accepted } = await readReceipt(file);
  const { statement } = (await bundle.opening()).value;
  const key = statement.acknowledgementKey;
  if (electionId !== statement.definition.electionId) {
    return tell(undefined, `the receipt is of election ${electionId}, and proves nothing here`);
  }
  const isAccepted =
    key !== undefined &&
    isAcceptance(
      nodeTrustees.verify,
      bytesIn(key),
      { electionId, trackingCode, minute: accepted.minute },
      bytesIn(accepted.signature),
    );
  if (!isAccepted) return tell(undefined, "the office did not sign this receipt, so it proves nothing");
  const where = await whereIs(bundle, trackingCode);
  const when = `accepted by the office at ${accepted.minute}`;
  if (where === "in-the-box") return tell(true, `${trackingCode}, ${when}, is in the box`);
  return where === "missing"
    ? tell(false, `${trackingCode} was ${when}, and is NOT IN THE BOX: show this receipt to everybody`)
    : tell(
        false,
        `${trackingCode} was ${when}, and set aside (${where.replaceAll("-", " ")}): show this receipt to everybody`,
      );
}

export const receiptGroups = (bundle: ReadBundle, file: string | undefined): readonly CheckGroup[] =>
  file === undefined ? [] : [oneCheck("receipt", () => receiptCheck(bundle, file))];
