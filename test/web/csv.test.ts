import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeCsv } from "#web/results/csv.ts";

const read = (text: string): string[][] => parse(text, { bom: true, record_delimiter: "\r\n" });
/** Texts that mean something to a spreadsheet or to the format, far more often than chance would make them. */
const awkward = fc.string({
  unit: fc.constantFrom("=", "+", "-", "@", '"', ",", "\r", "\n", "\t", " ", "a", "é", "＝", "'"),
});
const cell = fc.oneof(fc.string(), awkward);

describe("a table of results", () => {
  test("is read back cell by cell, but for the apostrophe before what would run", () => {
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1 });
    fc.assert(
      fc.property(rows, (written) => {
        const back = read(writeCsv(written));
        expect(back.map((row) => row.length)).toEqual(written.map((row) => row.length));
        for (const [index, text] of written.flat().entries()) {
          expect([text, `'${text}`]).toContain(back.flat()[index]);
        }
      }),
    );
  });

  test("holds no text that a spreadsheet would run as a formula", () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 4 }), (row) => {
        for (const text of read(writeCsv([row])).flat()) expect(text).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/);
      }),
    );
  });

  test("keeps numbers as numbers, what is missing empty, and accents for those who need the mark", () => {
    expect(
      writeCsv([
        ["name", "votes"],
        ["Maëlle", 3],
        ["-1+2", -1],
        [null, undefined],
        ['"Bo", Lee', 0.5],
      ]),
    ).toBe('\uFEFFname,votes\r\nMaëlle,3\r\n\'-1+2,-1\r\n,\r\n"""Bo"", Lee",0.5\r\n');
  });
});
