import type { Found } from "#admin/certification/box-count.ts";
import { linesOf } from "#admin/certification/bundle-files.ts";
import { linesPath, rollPath } from "#admin/trustees/bundle/file-names.ts";
import type { ReadBundle } from "#admin/trustees/verify/read-bundle.ts";
import type { SET_ASIDE_WHYS } from "#core/trustees/bundle/box-file.ts";
import { readTrusteeLine } from "#core/trustees/bundle/box-line.ts";
import { cardKey } from "#core/trustees/card-key.ts";
import { nodeCards } from "#storage/card-engine.ts";

/** Looking up a card or a tracking code: by the voter key, so that one code cannot be shown to two voters. */

/** As they stand on the card, normalised as voters' are. */
export type SoughtCard = Readonly<{ number: string; code: string }>;

/** What a card did; all undefined for one that is on no roll, or a code that was mistyped. */
export type CardFound = Readonly<{
  /** Where it is on the roll. */
  onRoll: string | undefined;
  /** The tracking code of the ballot that was cast with it. */
  trackingCode: string | undefined;
}>;

export type LookedUp = Readonly<{ found: readonly Found[]; card: CardFound | undefined }>;

async function regionOnRoll(folder: string, voterKey: string): Promise<string | undefined> {
  for await (const line of linesOf(rollPath(folder))) {
    const [regionId, key] = line.split(",");
    if (key === voterKey) return regionId;
  }
  return undefined;
}

/** @param codes spellings of a tracking code */
export async function lookUp(
  bundle: ReadBundle,
  codes: readonly string[],
  sought: SoughtCard | undefined,
): Promise<LookedUp> {
  const { electionId } = await bundle.ceremony();
  const voterKey = sought && cardKey(nodeCards, { electionId, ...sought }).voterKey;
  const found: Found[] = [];
  let trackingCode: string | undefined;
  if (codes.length > 0 || voterKey !== undefined) {
    for await (const text of linesOf(linesPath(bundle.folder))) {
      const line = readTrusteeLine(text);
      if (line === undefined) continue;
      if (codes.includes(line.trackingCode)) found.push({ regionId: line.regionId, fate: "mixed" });
      if (line.voterKey === voterKey) trackingCode = line.trackingCode;
    }
    for (const { trackingCode: code, regionId } of (await bundle.box()).value.statement.setAside) {
      if (codes.includes(code)) found.push({ regionId, fate: "set-aside" });
    }
  }
  const card =
    voterKey === undefined ? undefined : { onRoll: await regionOnRoll(bundle.folder, voterKey), trackingCode };
  return { found, card };
}

export type Where = "in-the-box" | (typeof SET_ASIDE_WHYS)[number] | "missing";

/** Where a ballot with this tracking code is. */
export async function whereIs(bundle: ReadBundle, trackingCode: string): Promise<Where> {
  for await (const text of linesOf(linesPath(bundle.folder))) {
    if (readTrusteeLine(text)?.trackingCode === trackingCode) return "in-the-box";
  }
  const { setAside } = (await bundle.box()).value.statement;
  return setAside.find((ballot) => ballot.trackingCode === trackingCode)?.why ?? "missing";
}
