import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeCsv } from "#published/csv.ts";

const read = (text: string): string[][] => parse(text, { bom: true, record_delimiter: "\r\n" });
/** Texts that often mean something to a spreadsheet or the format. */
const awkward = fc.string({
  unit: fc.constantFrom("=", "+", "-", "@", '"', ",", "\r", "\n", "\t", " ", "a", "é", "＝", "'"),
});
const cell = fc.oneof(fc.string(), awkward);

describe("a table of results", () => {
  test("round-trips cell by cell, except for an apostrophe before formulas", () => {
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

  test("has no text that a spreadsheet would run as a formula", () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 4 }), (row) => {
        for (const text of read(writeCsv([row])).flat()) expect(text).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/);
      }),
    );
  });

  test("keeps numbers as numbers, missing values empty, and accents by a byte order mark", () => {
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
