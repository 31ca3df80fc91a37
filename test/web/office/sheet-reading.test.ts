import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { BadRow } from "#spreadsheet/sheet.ts";
import { blobSource, type SheetSource } from "#spreadsheet/source.ts";
import { race } from "#test/definitions.ts";
import { readSheetFile } from "#web/office/roll/sheet-reading.ts";

/** A file of voters as the console's page reads it. */

const HEADER = "nas,code,region_id\n";
const rowOf = (index: number): string => `${100_000_000 + index},ABC123,1\n`;
const sourceOf = (text: string): SheetSource => blobSource("voters.csv", new Blob([text]));

test("a file of 200,000 rows is read piece by piece: never more than a block and two pieces lie in memory", async () => {
  const ROWS = 200_000;
  const bytesOf = (rows: number): number => HEADER.length + rows * rowOf(0).length;
  let pulled = 0;
  // The file exists nowhere: what is read is made when it is asked for.
  const source: SheetSource = {
    name: "voters.csv",
    bytes: bytesOf(ROWS),
    async *read() {
      pulled = 0;
      const encoder = new TextEncoder();
      for (let from = 0; from < ROWS; from += 500) {
        const rows = Array.from({ length: 500 }, (_, index) => rowOf(from + index)).join("");
        const bytes = encoder.encode(from === 0 ? HEADER + rows : rows);
        pulled += bytes.length;
        yield bytes;
      }
    },
  };
  const read = await readSheetFile(source, race(), {});
  if (!("summary" in read)) throw new Error("the columns are known");
  expect(read.summary).toMatchObject({ rows: ROWS, blocks: 400, bad: 0, badRows: [] });
  let taken = 0;
  for await (const block of read.blocks()) {
    taken += block.length;
    expect(block.length).toBe(500);
    expect(pulled - bytesOf(taken)).toBeLessThanOrEqual(3 * 16_384);
  }
  expect(taken).toBe(ROWS);
});

test("of a file that is all wrong, a hundred faults are kept, and every one is told as it is met", async () => {
  const told: BadRow[] = [];
  const text = HEADER + "1,2,3\n".repeat(1_000);
  const read = await readSheetFile(sourceOf(text), race(), { onBad: (row) => told.push(row) });
  if (!("summary" in read)) throw new Error("the columns are known");
  expect(read.summary).toMatchObject({ bad: 1_000, sha256: createHash("sha256").update(text).digest("hex") });
  expect(read.summary.badRows).toHaveLength(100);
  expect(told).toHaveLength(1_000);
});

test("a column that is not recognised is asked for, and what is not of the roll stays behind", async () => {
  const text = "Nom;NAS;Mot;Région\nRoy;123456789;ABC123;1\n";
  const asked = await readSheetFile(sourceOf(text), race(), {});
  expect(asked).toMatchObject({ mapping: { nas: 1, region_id: 3 }, wanted: ["nas", "code", "region_id"] });
  expect("summary" in asked).toBe(false);
  const read = await readSheetFile(sourceOf(text), race(), { mapping: { nas: 1, code: 2, region_id: 3 } });
  if (!("summary" in read)) throw new Error("the columns are known");
  const rows: unknown[] = [];
  for await (const block of read.blocks()) rows.push(...block);
  expect(rows).toEqual([[2, ["123456789", "ABC123", "1"]]]);
});
