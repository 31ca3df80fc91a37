import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batchReader } from "#admin/trustees/bundle/batch-reader.ts";
import { type Bundle, readBundle } from "#admin/trustees/bundle/bundle-folder.ts";
import { mixBox } from "#admin/trustees/bundle/mix.ts";
import { openBox } from "#admin/trustees/bundle/open.ts";
import { writeSelection } from "#core/selection.ts";
import { mixContextOf, openingContextOf } from "#core/trustees/bundle/contexts.ts";
import { combineOpenings } from "#core/trustees/combination.ts";
import { readBatch } from "#core/trustees/encrypted-batch.ts";
import { checkOpenings, type Opened } from "#core/trustees/opening.ts";
import { decodeSelection } from "#core/trustees/plaintext.ts";
import { isMixed } from "#core/trustees/shuffle.ts";
import { castAll, choice, type Meeting, prepare } from "#test/admin/trustees/sealed.ts";
import { random } from "#test/core/trustees/contexts.ts";

const MOST = 3;
const options = { threads: 1, mostInBatch: MOST };

const batch = (bytes: Uint8Array) => {
  const ballots = readBatch(bytes);
  if (ballots === undefined) throw new Error("this is no batch");
  return ballots;
};

/** What the box says by the openings of these trustees, by region; undefined where they open nothing. */
function saidBy(bundle: Bundle, trustees: readonly number[]): ReadonlyMap<string, readonly string[]> | undefined {
  const { folder, layout, ceremony, definition } = bundle;
  const reader = batchReader(folder, layout);
  const said = new Map<string, string[]>();
  try {
    for (const place of layout.batches) {
      const ballots = batch(reader.outputs(ceremony.mixes, place));
      const handedIn = trustees.map((trustee) => ({
        context: openingContextOf(ceremony, trustee, place),
        bytes: reader.opening(trustee, place),
      }));
      const opened = checkOpenings(ballots, handedIn, random).filter((one): one is Opened => one !== undefined);
      const elements = combineOpenings(ballots, opened, ceremony.threshold);
      if (elements === undefined) return undefined;
      const region = said.get(place.regionId) ?? [];
      said.set(place.regionId, region);
      for (const element of elements) {
        const selection = decodeSelection(definition, place.regionId, element);
        region.push(selection === undefined ? "spoiled" : writeSelection(selection));
      }
    }
    return said;
  } finally {
    reader.close();
  }
}

const sorted = (said: ReadonlyMap<string, readonly string[]> | undefined) =>
  said && [...said].map(([regionId, texts]) => [regionId, [...texts].sort()]);

/** Every three of five, or two of three. */
function choicesOf(count: number, threshold: number): readonly (readonly number[])[] {
  if (threshold === 0) return [[]];
  return Array.from({ length: count }, (_, at) => count - at).flatMap((last) =>
    choicesOf(last - 1, threshold - 1).map((first) => [...first, last]),
  );
}

describe.each([
  { trustees: 3, threshold: 2, mixes: 2 },
  { trustees: 5, threshold: 3, mixes: 3 },
])("$threshold of $trustees trustees, after $mixes mixes", ({ trustees, threshold, mixes }) => {
  let meeting: Meeting;
  let bundle: Bundle;
  const cast = new Map<string, string[]>();
  beforeAll(async () => {
    // Three batches in one region, one in the other.
    meeting = await prepare({ trustees, threshold, mixes, voters: { "1": 8, "2": 2 } });
    const folder = await meeting.seal(castAll(meeting));
    meeting.voters.forEach(({ regionId }, at) => {
      const text = writeSelection(choice(meeting.definition, regionId, at));
      cast.set(regionId, [...(cast.get(regionId) ?? []), text]);
    });
    for (let mixer = trustees; mixer > trustees - mixes; mixer--) {
      await mixBox(folder, await meeting.key(mixer), options);
    }
    for (let number = 1; number <= trustees; number++) {
      await openBox(folder, meeting.keyFile(number), await meeting.key(number), options);
    }
    bundle = await readBundle(folder, MOST);
  });
  afterAll(() => meeting.end());

  test("each mix gives the ballots of the one before, each once, and is signed by its mixer", () => {
    const reader = batchReader(bundle.folder, bundle.layout);
    expect(bundle.mixes.map(({ value }) => value.statement.trustee)).toEqual(
      Array.from({ length: mixes }, (_, place) => trustees - place),
    );
    expect(bundle.layout.batches).toHaveLength(4);
    for (const place of bundle.layout.batches) {
      for (let mix = 1; mix <= mixes; mix++) {
        const context = mixContextOf(bundle.ceremony, mix, trustees - mix + 1, place);
        const [inputs, outputs] = [batch(reader.inputs(mix, place)), batch(reader.outputs(mix, place))];
        expect(isMixed({ context, inputs, outputs }, reader.proof(mix, place), random)).toBe(true);
      }
    }
    reader.close();
  });

  test(`all choices of ${threshold} open the box and read the same, ${threshold - 1} open nothing`, () => {
    const expected = sorted(cast);
    for (const chosen of choicesOf(trustees, threshold)) expect(sorted(saidBy(bundle, chosen))).toEqual(expected);
    for (const few of choicesOf(trustees, threshold - 1)) expect(saidBy(bundle, few)).toBeUndefined();
  });

  test("no ballot of the box stands among those that were mixed", async () => {
    const box = await readFile(`${bundle.folder}/box.jsonl`, "latin1");
    const reader = batchReader(bundle.folder, bundle.layout);
    for (const place of bundle.layout.batches) {
      for (const { bytes } of batch(reader.outputs(mixes, place))) {
        expect(box).not.toContain(Buffer.from(bytes.subarray(0, 30)).toString("base64url"));
      }
    }
    reader.close();
  });
});
