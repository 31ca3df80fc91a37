import type { CertifiedTrustees } from "#core/ballot-box.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { contestRegionIds } from "#core/contest.ts";
import { cutIntoBatches, spreadOverBatches } from "#core/trustees/batches.ts";
import { mixContextOf, openingContextOf } from "#core/trustees/bundle/contexts.ts";
import { mixFileBytes } from "#core/trustees/bundle/mix-file.ts";
import { openingFileBytes } from "#core/trustees/bundle/opening-file.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import { combineOpenings } from "#core/trustees/combination.ts";
import { ENCRYPTED_BYTES, type EncryptedBallot, readBatch } from "#core/trustees/encrypted-batch.ts";
import { encodePoint, type Point } from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { checkOpenings, openBatch } from "#core/trustees/opening.ts";
import { mix } from "#core/trustees/shuffle.ts";
import type { Box } from "#load/trustees/made-box.ts";
import { THRESHOLD } from "#load/trustees/made-ceremony.ts";
import {
  ceremonyOf,
  type MixedBatch,
  type RegionBatch,
  sha256Hex,
  type World,
  write,
} from "#load/trustees/made-world.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** Mixes and openings of a made election. */

function firstInputs({ made }: World, { lines }: Box): readonly RegionBatch[] {
  return contestRegionIds(made.contest.definition).flatMap((regionId) => {
    const own = lines.filter((line) => line.regionId === regionId);
    const halves = own.map(({ body }) => bytesIn(body).subarray(0, ENCRYPTED_BYTES));
    const ballots = halves.length === 0 ? [] : (readBatch(new Uint8Array(Buffer.concat(halves))) ?? []);
    return cutIntoBatches(ballots).map((cut, batch) => ({ regionId, batch, ballots: cut }));
  });
}

function nextInputs(mixed: readonly MixedBatch[]): readonly RegionBatch[] {
  const byRegion = Map.groupBy(mixed, ({ regionId }) => regionId);
  return [...byRegion].flatMap(([regionId, batches]) =>
    spreadOverBatches(batches.map(({ ballots }) => ballots)).map((ballots, batch) => ({ regionId, batch, ballots })),
  );
}

const bytesOf = (ballots: readonly EncryptedBallot[]): Uint8Array =>
  new Uint8Array(Buffer.concat(ballots.map(({ bytes }) => bytes)));

export type Mixed = Readonly<{ batches: readonly MixedBatch[]; digests: readonly string[] }>;

export async function writeMixes(world: World, box: Box): Promise<Mixed> {
  const { made, folder, cheats, random } = world;
  const { ceremony, trustees } = made.ceremony;
  const mixers = cheats.mixers ?? [1, 3];
  let inputs = firstInputs(world, box);
  let batches: readonly MixedBatch[] = [];
  const digests: string[] = [];
  for (const [place, trustee] of mixers.entries()) {
    const isLast = place === mixers.length - 1;
    const honest = inputs.map(({ regionId, batch, ballots }): MixedBatch => {
      const own = mixContextOf(ceremony, place + 1, trustee, { regionId, batch });
      const { outputs, proof } = mix((isLast && cheats.mixContext?.(own)) || own, ballots, random);
      return { regionId, batch, ballots: outputs, proof };
    });
    batches = (isLast && cheats.mixed?.(honest, inputs)) || honest;
    const bin = new Uint8Array(Buffer.concat(batches.flatMap(({ ballots, proof }) => [bytesOf(ballots), proof])));
    await write(folder, `mix-${place + 1}.bin`, bin);
    const statement = {
      ...({ format: "scrutin-mix-1", ceremony: ceremonyOf(world), box: box.sha256 } as const),
      ...{ mix: place + 1, trustee, sha256: sha256Hex(bin) },
    };
    const { signing } = itemAt(trustees, trustee - 1).secrets;
    const signature = toBase64Url(nodeTrustees.sign(signing, mixFileBytes(statement)));
    const text = canonicalText({ statement, signature });
    await write(folder, `mix-${place + 1}.json`, text);
    digests.push(sha256Hex(text));
    inputs = nextInputs(batches);
  }
  return { batches, digests };
}

export type Opened = Readonly<{
  elements: readonly (readonly Point[])[];
  openings: CertifiedTrustees["openings"];
  opened: string;
}>;

export async function writeOpenings(world: World, box: Box, { batches, digests }: Mixed): Promise<Opened> {
  const { made, folder, cheats, random } = world;
  const { ceremony, trustees } = made.ceremony;
  const openings: { trustee: number; sha256: string }[] = [];
  const good: (readonly { trustee: number; products: readonly Point[] }[])[] = batches.map(() => []);
  for (const [place, number] of (cheats.openers ?? [1, 2]).entries()) {
    const { share, secrets } = itemAt(trustees, number - 1);
    const honest = batches.map((at) => openBatch(openingContextOf(ceremony, number, at), at.ballots, share, random));
    batches.forEach((at, index) => {
      const handedIn = { context: openingContextOf(ceremony, number, at), bytes: itemAt(honest, index) };
      const [opened] = checkOpenings(at.ballots, [handedIn], random);
      if (opened !== undefined) good[index] = [...itemAt(good, index), opened];
    });
    const told = (place === 0 && cheats.openings?.(honest, batches)) || honest;
    const bin = new Uint8Array(Buffer.concat(told));
    await write(folder, `opening-${number}.bin`, bin);
    const statement = {
      ...({ format: "scrutin-opening-by-trustee-1", ceremony: ceremonyOf(world), box: box.sha256 } as const),
      ...{ mixes: [...digests], trustee: number, sha256: sha256Hex(bin) },
    };
    const signature = toBase64Url(nodeTrustees.sign(secrets.signing, openingFileBytes(statement)));
    const text = canonicalText({ statement, signature });
    await write(folder, `opening-${number}.json`, text);
    openings.push({ trustee: number, sha256: sha256Hex(text) });
  }
  const elements = batches.map((at, index) => combineOpenings(at.ballots, itemAt(good, index), THRESHOLD) ?? []);
  const honest = elements.flatMap((of) => of.map(encodePoint));
  const bin = new Uint8Array(Buffer.concat(cheats.opened?.(honest) ?? honest));
  await write(folder, "opened.bin", bin);
  return { elements, openings, opened: sha256Hex(bin) };
}
