import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { BUNDLE_FILES } from "#admin/certification/bundle-files.ts";
import { Certificate, TRUSTEES_CERTIFICATE_FORMAT } from "#core/ballot-box.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { certifiedResult } from "#core/certified-result.ts";
import type { Tally } from "#core/results.ts";
import { countBallot, SPOILED, writeSelection } from "#core/selection.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { decodeSelection } from "#core/trustees/plaintext.ts";
import { type Box, type Stated, writeBox, writeOpening, writeRoll } from "#load/trustees/made-box.ts";
import { type MadeElection, madeElection } from "#load/trustees/made-election.ts";
import { type Mixed, type Opened, writeMixes, writeOpenings } from "#load/trustees/made-mixes.ts";
import { type Cheats, ceremonyOf, type World, write } from "#load/trustees/made-world.ts";
import { drawnFrom } from "#load/trustees/seeds.ts";
import { signStatement } from "#storage/signing-key.ts";

/**
 * A whole bundle, made without any system, of an election whose secrets are known: so its maker can be everybody who cheats. Each step may
 * be given what is false; the steps after it go on from that, and sign it.
 */

function talliesOf({ made }: World, { batches }: Mixed, { elements }: Opened): ReadonlyMap<string, Tally> {
  const { definition } = made.contest;
  const tallies = new Map<string, Map<string, number>>();
  batches.forEach(({ regionId }, index) => {
    const tally = tallies.get(regionId) ?? new Map<string, number>();
    tallies.set(regionId, tally);
    for (const element of itemAt(elements, index)) {
      const selection = decodeSelection(definition, regionId, element);
      countBallot(tally, selection === undefined ? SPOILED : writeSelection(selection));
    }
  });
  return tallies;
}

type Certifying = Readonly<{ signedRoll: string; stated: Stated; box: Box; mixed: Mixed; opened: Opened }>;

async function writeCertificate(world: World, { signedRoll, stated, box, mixed, opened }: Certifying): Promise<void> {
  const { made, folder, cheats } = world;
  const { definition } = made.contest;
  const { opening, rollRoot, onRoll } = stated;
  const honest = talliesOf(world, mixed, opened);
  const votersOnRoll = Object.values(onRoll).reduce((sum, count) => sum + count, 0);
  const result = certifiedResult(definition, cheats.tallies?.(honest) ?? honest, votersOnRoll);
  const { total, blank, spoiled } = result.wholeCountry;
  const certificate = Certificate.parse({
    ...{ format: TRUSTEES_CERTIFICATE_FORMAT, certifiedAt: "2026-03-03T12:00:00.000Z", opening, definition },
    ...{ publicKey: made.ceremony.ceremony.publicKey, merkleRoot: box.merkleRoot },
    trustees: {
      ...{ ceremony: ceremonyOf(world), signedRoll, box: box.sha256, mixes: [...mixed.digests] },
      ...{ openings: opened.openings, opened: opened.opened },
    },
    counts: {
      ...{ onRoll: votersOnRoll, cast: box.lines.length, counted: total, blank, spoiled },
      ...{ setAside: 0, duplicates: 0, invalid: 0 },
    },
    ...{ onRoll, rollRoot, ...result },
  });
  await write(folder, BUNDLE_FILES.certificate, canonicalText(certificate));
  await write(folder, BUNDLE_FILES.signature, canonicalText(signStatement(made.officeKey, certificate)));
}

/** Makes a bundle in a folder that is not there yet. */
export async function makeBundle(
  name: MadeElection["name"],
  folder: string,
  cheats: Cheats = {},
): Promise<MadeElection> {
  await mkdir(folder, { recursive: true });
  const made = await madeElection(name, join(folder, "ceremony"));
  const world: World = { made, folder, cheats, random: drawnFrom(`${made.seed} mixes`) };
  const signedRoll = await writeRoll(world);
  const stated = await writeOpening(world);
  const box = await writeBox(world, stated);
  const mixed = await writeMixes(world, box);
  const opened = await writeOpenings(world, box, mixed);
  await writeCertificate(world, { signedRoll, stated, box, mixed, opened });
  return made;
}
