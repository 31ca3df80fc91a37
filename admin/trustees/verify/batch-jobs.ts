import { randomBytes } from "node:crypto";
import { batchReader } from "#admin/trustees/bundle/batch-reader.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { countBallot, SPOILED, writeSelection } from "#core/selection.ts";
import { checkBallots } from "#core/trustees/ballot.ts";
import type { TrusteeBoxLine } from "#core/trustees/bundle/box-line.ts";
import { lineContext, mixContextOf, openingContextOf } from "#core/trustees/bundle/contexts.ts";
import { type BatchPlace, bundleLayout, type RegionBallots } from "#core/trustees/bundle/layout.ts";
import { ballotTrackingCode, isCast } from "#core/trustees/card-key.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { areCombined, combineOpenings } from "#core/trustees/combination.ts";
import { type EncryptedBallot, readBatch } from "#core/trustees/encrypted-batch.ts";
import { decodePointOrNeutral, encodePoint, POINT_BYTES, type Point, type RandomBytes } from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { checkOpenings, type Opened } from "#core/trustees/opening.ts";
import { decodeSelection } from "#core/trustees/plaintext.ts";
import { isMixed } from "#core/trustees/shuffle.ts";
import { isSignedBy } from "#storage/ed25519.ts";

/** What is done with one batch of a bundle, on any thread. Verifying weights are this machine's own. */

const random: RandomBytes = (length) => new Uint8Array(randomBytes(length));

/** Of which bundle. */
export type BatchTask = Readonly<{
  folder: string;
  ceremony: Ceremony;
  definition: ElectionDefinition;
  ballots: RegionBallots;
  mostInBatch?: number | undefined;
}>;

/** `place` counts all batches of the layout, from 0; mixes count from 1. */
export type BatchJob = Readonly<{ place: number }> &
  (
    | Readonly<{ kind: "lines" }>
    | Readonly<{ kind: "mix"; mix: number; trustee: number }>
    | Readonly<{ kind: "openings"; mixes: number; trustees: readonly number[] }>
    | Readonly<{ kind: "combine"; mixes: number; trustees: readonly number[] }>
  );

/** Places of ballots in the batch, from 0. */
export type LinesJudged = Readonly<{
  kind: "lines";
  wrongCodes: readonly number[];
  unsigned: readonly number[];
  unproved: readonly number[];
}>;
export type MixJudged = Readonly<{ kind: "mix"; isTrue: boolean }>;
export type OpeningsJudged = Readonly<{
  kind: "openings";
  /** Trustees whose openings of the batch are not good. */
  bad: readonly number[];
  /** Whether opened.bin is what the good ones come to. */
  isCombined: boolean;
  /** What opened.bin says, as selections are written; how often. */
  tally: ReadonlyMap<string, number>;
}>;
export type Combined = Readonly<{ kind: "combine"; bad: readonly number[]; elements: Uint8Array | undefined }>;
export type BatchJudged = LinesJudged | MixJudged | OpeningsJudged | Combined;

function placesWhere<T>(items: readonly T[], holds: (item: T, place: number) => boolean): readonly number[] {
  return items.flatMap((item, place) => (holds(item, place) ? [place] : []));
}

function judgeLines(ceremony: Ceremony, lines: readonly TrusteeBoxLine[]): LinesJudged {
  const read = lines.map((line) => ({ line, body: bytesIn(line.body), context: lineContext(ceremony, line) }));
  const proved = checkBallots(read, random);
  return {
    kind: "lines",
    wrongCodes: placesWhere(read, ({ line, body }) => ballotTrackingCode(line.voterKey, body) !== line.trackingCode),
    unsigned: placesWhere(
      read,
      ({ line, body, context }) => !isCast(isSignedBy, context, body, bytesIn(line.signature)),
    ),
    unproved: placesWhere(proved, (one) => one === undefined),
  };
}

function elementsIn(bytes: Uint8Array): readonly Point[] | undefined {
  const elements: Point[] = [];
  for (let from = 0; from < bytes.length; from += POINT_BYTES) {
    // A ballot may say the neutral element, which is no selection.
    const element = decodePointOrNeutral(bytes.subarray(from, from + POINT_BYTES));
    if (element === undefined) return undefined;
    elements.push(element);
  }
  return elements;
}

function tallyOf(
  definition: ElectionDefinition,
  regionId: string,
  elements: readonly Point[],
): ReadonlyMap<string, number> {
  const tally = new Map<string, number>();
  for (const element of elements) {
    const selection = decodeSelection(definition, regionId, element);
    countBallot(tally, selection === undefined ? SPOILED : writeSelection(selection));
  }
  return tally;
}

/** Does jobs of one bundle. */
export function batchWork({ folder, ceremony, definition, ballots, mostInBatch }: BatchTask) {
  const layout = bundleLayout(ballots, mostInBatch);
  const files = batchReader(folder, layout);
  const outputsOf = (mix: number, place: BatchPlace) => readBatch(files.outputs(mix, place));

  function checked(
    place: BatchPlace,
    mixed: readonly EncryptedBallot[],
    trustees: readonly number[],
  ): Readonly<{ good: readonly Opened[]; bad: readonly number[] }> {
    const handedIn = trustees.map((trustee) => ({
      context: openingContextOf(ceremony, trustee, place),
      bytes: files.opening(trustee, place),
    }));
    const openings = checkOpenings(mixed, handedIn, random);
    return {
      good: openings.filter((one) => one !== undefined),
      bad: trustees.filter((_, at) => openings[at] === undefined),
    };
  }

  function judgeMix(place: BatchPlace, mix: number, trustee: number): MixJudged {
    const inputs = readBatch(files.inputs(mix, place));
    const outputs = outputsOf(mix, place);
    const statement = inputs && outputs && { context: mixContextOf(ceremony, mix, trustee, place), inputs, outputs };
    return { kind: "mix", isTrue: statement !== undefined && isMixed(statement, files.proof(mix, place), random) };
  }

  function judgeOpenings(place: BatchPlace, mixes: number, trustees: readonly number[]): OpeningsJudged {
    const mixed = outputsOf(mixes, place);
    const elements = elementsIn(files.opened(place));
    if (mixed === undefined || elements === undefined) {
      return { kind: "openings", bad: mixed === undefined ? trustees : [], isCombined: false, tally: new Map() };
    }
    const { good, bad } = checked(place, mixed, trustees);
    const isCombined = areCombined(mixed, good, ceremony.threshold, elements, random);
    return { kind: "openings", bad, isCombined, tally: tallyOf(definition, place.regionId, elements) };
  }

  function combine(place: BatchPlace, mixes: number, trustees: readonly number[]): Combined {
    const mixed = outputsOf(mixes, place);
    if (mixed === undefined) return { kind: "combine", bad: trustees, elements: undefined };
    const { good, bad } = checked(place, mixed, trustees);
    const elements = combineOpenings(mixed, good, ceremony.threshold);
    return {
      ...{ kind: "combine", bad },
      elements: elements && new Uint8Array(Buffer.concat(elements.map(encodePoint))),
    };
  }

  return (job: BatchJob): BatchJudged => {
    const place = itemAt(layout.batches, job.place);
    switch (job.kind) {
      case "lines":
        return judgeLines(ceremony, files.lines(place));
      case "mix":
        return judgeMix(place, job.mix, job.trustee);
      case "openings":
        return judgeOpenings(place, job.mixes, job.trustees);
      case "combine":
        return combine(place, job.mixes, job.trustees);
      default:
        return job satisfies never;
    }
  };
}
