import { createHash } from "node:crypto";
import { open, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batchReader } from "#admin/trustees/bundle/batch-reader.ts";
import { readBundle } from "#admin/trustees/bundle/bundle-folder.ts";
import { mixFiles } from "#admin/trustees/bundle/file-names.ts";
import { mixBox } from "#admin/trustees/bundle/mix.ts";
import { openBox } from "#admin/trustees/bundle/open.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { openingContextOf } from "#core/trustees/bundle/contexts.ts";
import { mixFileBytes } from "#core/trustees/bundle/mix-file.ts";
import { ENCRYPTED_BYTES, readBatch } from "#core/trustees/encrypted-batch.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { checkOpenings } from "#core/trustees/opening.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";
import { CLOSED, castAll, type Meeting, prepare } from "#test/admin/trustees/sealed.ts";
import { random } from "#test/core/trustees/contexts.ts";

const options = { threads: 1 };

/** Changes one byte of a file, where it lies. */
async function changeByte(path: string, at: number): Promise<void> {
  const file = await open(path, "r+");
  try {
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at);
    byte[0] = (byte[0] ?? 0) ^ 1;
    await file.write(byte, 0, 1, at);
  } finally {
    await file.close();
  }
}

/** What a run refuses, and that it wrote nothing into the bundle. */
async function refused(bundle: string, run: () => Promise<unknown>): Promise<string> {
  const before = (await readdir(bundle)).sort();
  const error: unknown = await run().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect((await readdir(bundle)).sort()).toEqual(before);
  return error instanceof Error && error.name === "Refusal" ? error.message : `no refusal: ${String(error)}`;
}

describe("a box of three trustees, of whom two open it and only two signed the roll", () => {
  let meeting: Meeting;
  let sealed: string;
  let mixed: string;
  let tries = 0;
  beforeAll(async () => {
    meeting = await prepare({ trustees: 3, threshold: 2, mixes: 2, voters: { "1": 3, "2": 1 }, signRoll: [1, 2] });
    sealed = await meeting.seal(castAll(meeting));
    mixed = await meeting.copyOf(sealed, "mixed");
    for (const number of [3, 1]) await mixBox(mixed, await meeting.key(number), options);
  });
  afterAll(() => meeting.end());
  const copy = (folder: string): Promise<string> => meeting.copyOf(folder, `try-${++tries}`);
  const mix = async (folder: string, number: number, more = {}) =>
    mixBox(folder, await meeting.key(number), { ...options, ...more });
  const openAs = async (folder: string, number: number, more = {}) =>
    openBox(folder, meeting.keyFile(number), await meeting.key(number), { ...options, ...more });
  const opened = (number: number) => readdir(`${meeting.keyFile(number)}.opened`).catch(() => [] as readonly string[]);

  test("is neither mixed nor opened before voting has closed", async () => {
    const atMs = Date.parse(CLOSED.closesAt) - 1;
    expect(await refused(sealed, () => mix(sealed, 1, { atMs }))).toContain("Nobody mixes or opens its box before");
    expect(await refused(mixed, () => openAs(mixed, 1, { atMs }))).toContain("Nobody mixes or opens its box before");
    expect(await opened(1)).toEqual([]);
  });

  test("is not opened before all agreed mixes are made", async () => {
    expect(await refused(sealed, () => openAs(sealed, 1))).toContain("0 of the 2 mixes that were agreed are made");
    const once = await copy(sealed);
    await mix(once, 1);
    expect(await refused(once, () => openAs(once, 1))).toContain(
      "It is the turn of one of Cour d’appel, Party A: scrutin trustee mix",
    );
    expect(await opened(1)).toEqual([]);
  });

  test("is mixed by each trustee once, and as often as agreed", async () => {
    const once = await copy(sealed);
    await mix(once, 2);
    expect(await refused(once, () => mix(once, 2))).toContain(
      "Cour d’appel made mix 1 of 2, and each trustee mixes once. It is the turn of one of Court of audit, Party A",
    );
    expect(await refused(mixed, () => mix(mixed, 2))).toContain("all 2 mixes are made, by Party A, Court of audit");
  });

  test("is not opened by a trustee who did not sign its roll", async () => {
    expect(await refused(mixed, () => openAs(mixed, 3))).toContain("Party A did not sign the roll of this box");
    expect(await opened(3)).toEqual([]);
  });

  test.each([
    ["roll.txt", 5],
    ["box.jsonl", 250],
    ["box.json", 30],
    ["opening.json", 200],
    ["mix-1.bin", 40],
    ["mix-1.json", 30],
    ["mix-2.bin", 900],
    ["ceremony/ceremony.json", 40],
    ["ceremony/roll-trustee-1.json", 70],
  ])("is not opened once a byte of %s was changed", async (name, at) => {
    const folder = await copy(mixed);
    await changeByte(join(folder, name), at);
    expect(await refused(folder, () => openAs(folder, 1))).not.toContain("no refusal");
    expect(await opened(1)).toEqual([]);
  });

  test("is not opened after a mixer replaced a ballot by another and signed that", async () => {
    const folder = await copy(mixed);
    const { layout, mixes } = await readBundle(folder);
    const { binary, signed } = mixFiles(folder, 2);
    const bytes = await readFile(binary);
    const place = itemAt(layout.batches, 0);
    bytes.copy(
      bytes,
      place.outputs.from,
      place.outputs.from + ENCRYPTED_BYTES,
      place.outputs.from + 2 * ENCRYPTED_BYTES,
    );
    await writeFile(binary, bytes);
    const statement = {
      ...itemAt(mixes, 1).value.statement,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    };
    const { secrets } = await meeting.key(1);
    const signature = toBase64Url(nodeTrustees.sign(secrets.signing, mixFileBytes(statement)));
    await writeFile(signed, canonicalText({ statement, signature }));
    const said = await refused(folder, () => openAs(folder, 1));
    expect(said).toContain("mix 2: region 1, batch 1: not the ballots that were given, each once");
    expect(await opened(1)).toEqual([]);
  });

  test("of another set of ballots is not opened by a key that has opened the first", async () => {
    const first = await copy(mixed);
    await openAs(first, 2);
    expect(await opened(2)).toEqual(["E1.json"]);
    // The same again, as after a folder was lost, tells nobody anything.
    await openAs(await copy(mixed), 2);
    const fewer = await meeting.seal(castAll(meeting).slice(1), "fewer");
    for (const number of [3, 1]) await mix(fewer, number);
    const said = await refused(fewer, () => openAs(fewer, 2));
    expect(said).toContain("another box of election E1 was opened before");
    expect(await refused(first, () => openAs(first, 2))).toContain("Cour d’appel has opened this box");
  });

  test("tells which opening is bad", async () => {
    const folder = await copy(mixed);
    for (const number of [1, 2]) await openAs(folder, number);
    const { layout, ceremony } = await readBundle(folder);
    const place = itemAt(layout.batches, 0);
    const reader = batchReader(folder, layout);
    const ballots = readBatch(reader.outputs(2, place)) ?? [];
    // Trustee 1 hands in what trustee 2 made.
    const handedIn = [2, 2].map((of, at) => ({
      context: openingContextOf(ceremony, at + 1, place),
      bytes: reader.opening(of, place),
    }));
    expect(checkOpenings(ballots, handedIn, random).map((one) => one?.trustee)).toEqual([undefined, 2]);
    reader.close();
  });
});
