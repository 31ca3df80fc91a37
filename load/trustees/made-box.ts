import { BUNDLE_FILES } from "#admin/certification/bundle-files.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalJson, canonicalText } from "#core/canonical-json.ts";
import { contestRegionIds } from "#core/contest.ts";
import { OPENING_FORMAT, rollLine } from "#core/opening.ts";
import { type TrusteeBoxLine, writeTrusteeLine } from "#core/trustees/bundle/box-line.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { transcript } from "#core/trustees/transcript.ts";
import { castAll, type MadeCard, type MadeElection } from "#load/trustees/made-election.ts";
import { ceremonyOf, rootOf, sha256Hex, type World, write } from "#load/trustees/made-world.ts";
import { fingerprintOf, publicPartOf, signStatement } from "#storage/signing-key.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** Roll, opening and box of a made election. */

const rollLines = (cards: readonly MadeCard[]): readonly string[] =>
  cards.map(({ regionId, key }) => `${regionId},${key.voterKey}`).sort();
const rollRootOf = (cards: readonly MadeCard[]): string =>
  rootOf(cards.map(({ regionId, key }) => rollLine({ hash: key.voterKey, regionId })).sort());

function onRollOf(made: MadeElection, cards: readonly MadeCard[]): Record<string, number> {
  const counts = contestRegionIds(made.contest.definition).map((regionId): [string, number] => [
    regionId,
    cards.filter((card) => card.regionId === regionId).length,
  ]);
  return Object.fromEntries(counts);
}

export async function writeRoll(world: World): Promise<string> {
  const { made, folder, cheats } = world;
  const signed = cheats.roll?.(made.cards) ?? made.cards;
  const { name, key } = { name: "Registrar", key: nodeTrustees.signingKey(made.registrar) };
  const statement = {
    ...{ format: "scrutin-roll-1", electionId: made.contest.definition.electionId, ceremony: ceremonyOf(world) },
    registrar: { name, signingKey: toBase64Url(key) },
    ...{ onRoll: onRollOf(made, signed), rollRoot: rollRootOf(signed) },
  };
  const bytes = transcript("scrutin/v2/roll", canonicalJson(statement));
  const signedBy = (secret: Uint8Array): string => toBase64Url(nodeTrustees.sign(secret, bytes));
  const roll = { statement, signature: signedBy(made.registrar) };
  await write(folder, "ceremony/roll.json", canonicalText(roll));
  const signers = cheats.rollSigners ?? [1, 2];
  const trustees: { trustee: number; signature: string }[] = [];
  for (const trustee of signers) {
    const signature = signedBy(itemAt(made.ceremony.trustees, trustee - 1).secrets.signing);
    trustees.push({ trustee, signature });
    const file = { format: "scrutin-roll-trustee-1", trustee, signature };
    await write(folder, `ceremony/roll-trustee-${trustee}.json`, canonicalText(file));
  }
  await write(folder, "roll.txt", `${rollLines(cheats.unsignedRoll ?? signed).join("\n")}\n`);
  return sha256Hex(canonicalJson({ ...roll, trustees }));
}

export type Stated = Readonly<{ opening: string; rollRoot: string; onRoll: Record<string, number> }>;

export async function writeOpening({ made, folder, cheats }: World): Promise<Stated> {
  const { definition } = made.contest;
  const cards = cheats.unsignedRoll ?? cheats.roll?.(made.cards) ?? made.cards;
  const [rollRoot, onRoll] = [rollRootOf(cards), onRollOf(made, cards)];
  const statement = {
    ...{ format: OPENING_FORMAT, statedAt: "2026-03-01T12:00:00.000Z", definition },
    publicKey: made.ceremony.ceremony.publicKey,
    signingKey: fingerprintOf({ publicKey: publicPartOf(made.officeKey) }),
    acknowledgementKey: toBase64Url(nodeTrustees.signingKey(made.acknowledgement)),
    ...{ onRoll, rollRoot },
  };
  const text = canonicalText({ statement, signature: signStatement(made.officeKey, statement) });
  await write(folder, BUNDLE_FILES.opening, text);
  await write(folder, BUNDLE_FILES.changes, canonicalText([]));
  return { opening: sha256Hex(text), rollRoot, onRoll };
}

export type Box = Readonly<{ sha256: string; merkleRoot: string; lines: readonly TrusteeBoxLine[] }>;

export async function writeBox(world: World, { opening, rollRoot }: Stated): Promise<Box> {
  const { made, folder, cheats } = world;
  const { definition } = made.contest;
  const cast = castAll(made).map(({ line }) => line);
  const regionIds = contestRegionIds(definition);
  const lines = (cheats.lines?.(cast) ?? cast).toSorted((a, b) => {
    const byRegion = regionIds.indexOf(a.regionId) - regionIds.indexOf(b.regionId);
    return byRegion === 0 ? (a.trackingCode < b.trackingCode ? -1 : 1) : byRegion;
  });
  const texts = lines.map(writeTrusteeLine);
  await write(folder, "box.jsonl", texts.map((text) => `${text}\n`).join(""));
  const count = (regionId: string): number => lines.filter((line) => line.regionId === regionId).length;
  const merkleRoot = rootOf(texts);
  const statement = {
    ...{ format: "scrutin-box-1", electionId: definition.electionId, ceremony: ceremonyOf(world) },
    ...{ opening, rollRoot, closesAt: definition.closesAt },
    ballots: Object.fromEntries(regionIds.map((regionId) => [regionId, count(regionId)])),
    ...{ merkleRoot, setAside: [] },
  };
  const text = canonicalText({ statement, signature: signStatement(made.officeKey, statement) });
  await write(folder, "box.json", text);
  return { sha256: sha256Hex(text), merkleRoot, lines };
}
