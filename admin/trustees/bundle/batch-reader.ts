import { closeSync, openSync, readSync } from "node:fs";
import { linesPath, mixFiles, openedPath, openingFiles } from "#admin/trustees/bundle/file-names.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { readTrusteeLine, type TrusteeBoxLine } from "#core/trustees/bundle/box-line.ts";
import {
  type BatchPlace,
  type BundleLayout,
  type RegionPlace,
  type Span,
  spreadInto,
} from "#core/trustees/bundle/layout.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import { ENCRYPTED_BYTES } from "#core/trustees/encrypted-batch.ts";

/** Reads what belongs to one batch out of the files of a bundle, whatever their size. Throws Refusal for files that are missing or cut short. */

export type BatchReader = Readonly<{
  /** The lines of the box that are the batch of the first mix. */
  lines(place: BatchPlace): readonly TrusteeBoxLine[];
  /** The ballots, 64 bytes each, that a mix was made of. @param mix from 1 */
  inputs(mix: number, place: BatchPlace): Uint8Array;
  outputs(mix: number, place: BatchPlace): Uint8Array;
  proof(mix: number, place: BatchPlace): Uint8Array;
  /** @param trustee its number, from 1 */
  opening(trustee: number, place: BatchPlace): Uint8Array;
  /** The elements that the ballots of the last mix say, 32 bytes each. */
  opened(place: BatchPlace): Uint8Array;
  close(): void;
}>;

type Files = Readonly<{ at(path: string): number; close(): void }>;

function openFiles(): Files {
  const open = new Map<string, number>();
  return {
    at(path) {
      const there = open.get(path);
      if (there !== undefined) return there;
      try {
        const descriptor = openSync(path, "r");
        open.set(path, descriptor);
        return descriptor;
      } catch {
        throw new EnglishRefusal(`${path}: this file cannot be read.`);
      }
    },
    close() {
      for (const descriptor of open.values()) closeSync(descriptor);
      open.clear();
    },
  };
}

function readInto(files: Files, path: string, into: Uint8Array, from: number): void {
  const descriptor = files.at(path);
  for (let read = 0; read < into.length; ) {
    const more = readSync(descriptor, into, read, into.length - read, from + read);
    if (more === 0) throw new EnglishRefusal(`${path}: this file is cut short.`);
    read += more;
  }
}

function readSpan(files: Files, path: string, { from, bytes }: Span): Uint8Array {
  const read = new Uint8Array(bytes);
  readInto(files, path, read, from);
  return read;
}

function lineOf(path: string, text: string, regionId: string): TrusteeBoxLine {
  const line = readTrusteeLine(text);
  if (line?.regionId === regionId) return line;
  throw new EnglishRefusal(
    `${path}: a line of region ${regionId} is not one as Scrutin wrote it. Do not trust this box.`,
  );
}

export function batchReader(folder: string, { regions }: BundleLayout): BatchReader {
  const files = openFiles();
  const byId = new Map(regions.map((region) => [region.regionId, region]));
  const regionOf = ({ regionId }: BatchPlace): RegionPlace => {
    const region = byId.get(regionId);
    if (region === undefined) throw new RangeError("a batch is of a region of its bundle");
    return region;
  };

  const lines = (place: BatchPlace): readonly TrusteeBoxLine[] => {
    const { regionId, lineBytes, lines: all } = regionOf(place);
    const path = linesPath(folder);
    const span = { from: all.from + place.before * lineBytes, bytes: place.ballots * lineBytes };
    const text = Buffer.from(readSpan(files, path, span)).toString("latin1");
    return Array.from({ length: place.ballots }, (_, at) => {
      const line = text.slice(at * lineBytes, (at + 1) * lineBytes);
      return lineOf(path, line.endsWith("\n") ? line.slice(0, -1) : "", regionId);
    });
  };

  const encrypted = (place: BatchPlace): Uint8Array => {
    const bytes = new Uint8Array(place.ballots * ENCRYPTED_BYTES);
    lines(place).forEach(({ body }, at) => {
      bytes.set(bytesIn(body).subarray(0, ENCRYPTED_BYTES), at * ENCRYPTED_BYTES);
    });
    return bytes;
  };

  const spread = (mix: number, place: BatchPlace): Uint8Array => {
    const path = mixFiles(folder, mix).binary;
    const bytes = new Uint8Array(place.ballots * ENCRYPTED_BYTES);
    let at = 0;
    for (const from of spreadInto(regionOf(place), place)) {
      readInto(files, path, bytes.subarray(at, at + ENCRYPTED_BYTES), from);
      at += ENCRYPTED_BYTES;
    }
    return bytes;
  };

  const ofMix = (mix: number, span: Span): Uint8Array => readSpan(files, mixFiles(folder, mix).binary, span);

  return {
    lines,
    inputs: (mix, place) => (mix === 1 ? encrypted(place) : spread(mix - 1, place)),
    outputs: (mix, place) => ofMix(mix, place.outputs),
    proof: (mix, place) => ofMix(mix, place.proof),
    opening: (trustee, place) => readSpan(files, openingFiles(folder, trustee).binary, place.opening),
    opened: (place) => readSpan(files, openedPath(folder), place.opened),
    close: files.close,
  };
}
