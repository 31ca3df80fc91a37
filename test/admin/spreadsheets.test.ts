import { createSecretKey } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readRollFile, readRollStart } from "#admin/roll/file.ts";
import { fileSource, openSheet, readSheet } from "#admin/spreadsheet/sheet.ts";
import { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import { openBlob, rowsOfBlob } from "#spreadsheet/sheet.ts";
import { voterHash } from "#storage/voter-hash.ts";
import { race } from "#test/definitions.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutin-sheets-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const definition = race();
const PEPPER = Buffer.alloc(32, 7);
const hashOf = (nas: string, code: string) => voterHash(createSecretKey(PEPPER), [nas, code], definition.electionId);

async function written(bytes: Uint8Array | string): Promise<string> {
  const file = join(folder, "roll.csv");
  await writeFile(file, bytes);
  return file;
}

/** The rows of a roll as an import reads them: "line 2: HASH 1" or the fault. */
async function rowsOf(bytes: Uint8Array | string, election = definition): Promise<readonly string[]> {
  const file = await written(bytes);
  const { rules } = await readRollStart(await fileSource(file), election, 5);
  const told: string[] = [];
  for await (const { rows } of readRollFile(await fileSource(file), rules, PEPPER)) {
    for (const row of rows) {
      told.push(`line ${row.line}: ${"problem" in row ? row.problem.en : `${row.hash} ${row.regionId}`}`);
    }
  }
  return told;
}

const refusalOf = (bytes: Uint8Array | string, election = definition): Promise<string> =>
  rowsOf(bytes, election).then(
    (rows) => `read ${rows.length} rows`,
    (error: Error) => error.message,
  );

async function allOf<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}

const utf16 = (text: string, isBigEndian = false): Buffer => {
  const bytes = Buffer.from(text, "utf16le");
  return isBigEndian ? bytes.swap16() : bytes;
};

const ADA = `${hashOf("123456789", "ABC123")} 1`;
const BO = `${hashOf("012345678", "XYZ789")} 2`;
const TEXT = "nas,code,region_id\n123456789,ABC123,1\n012345678,XYZ789,2\n";
const READ = [`line 2: ${ADA}`, `line 3: ${BO}`];

describe("a roll is read as the spreadsheet wrote it", () => {
  test.each([
    ["UTF-8", Buffer.from(TEXT)],
    ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${TEXT}`)],
    ["UTF-16, as Excel's “Unicode Text”", utf16(`\uFEFF${TEXT.replaceAll(",", "\t").replaceAll("\n", "\r\n")}`)],
    ["UTF-16, the other byte first", utf16(`\uFEFF${TEXT}`, true)],
    ["UTF-16 without a mark", utf16(TEXT)],
    ["UTF-16 without a mark, the other byte first", utf16(TEXT, true)],
    ["Windows-1252, as Excel's “CSV” in French", Buffer.from(TEXT.replace("region_id", "région"), "latin1")],
    ["semicolons", Buffer.from(TEXT.replaceAll(",", ";"))],
    ["tabs", Buffer.from(TEXT.replaceAll(",", "\t"))],
    ["CRLF", Buffer.from(TEXT.replaceAll("\n", "\r\n"))],
    ["carriage returns alone", Buffer.from(TEXT.replaceAll("\n", "\r"))],
    ["everything in quotation marks", Buffer.from(TEXT.replaceAll(/[^,\n]+/g, '"$&"'))],
    [
      "headings of another case, with spaces",
      Buffer.from(TEXT.replace("nas,code,region_id", " NAS , Code ,Region ID")),
    ],
    [
      "French headings",
      Buffer.from(TEXT.replace("nas,code,region_id", "Numéro d'assurance sociale,CODE DE VOTE,Numéro de région")),
    ],
    ["English headings", Buffer.from(TEXT.replace("nas,code,region_id", "SIN,Voting code,Region"))],
    ["columns in another order", Buffer.from("Région;NAS;Code\n1;123456789;ABC123\n2;012345678;XYZ789\n")],
    ["empty columns to the right", Buffer.from(TEXT.replaceAll("\n", ",,\n"))],
    ["no line break at the end", Buffer.from(TEXT.trimEnd())],
    [
      "what is pasted with a credential",
      Buffer.from(TEXT.replace("123456789,ABC", "\u200E123\u00A0456\u2212789\u202C,A\u00ADBC")),
    ],
    ["digits of another script", Buffer.from(TEXT.replace("123456789", "١٢٣٤٥٦٧٨٩").replace("ABC123", "ＡＢＣ１２３"))],
    ["a region pasted with invisible characters", Buffer.from(TEXT.replace("ABC123,1", "ABC123,\u200B1\u00A0"))],
  ])("%s", async (_, bytes) => {
    expect(await rowsOf(bytes)).toEqual(READ);
  });

  test("with the line `sep=;` of Excel, and rows of empty cells, which are counted as lines", async () => {
    const text =
      "sep=;\r\nnas;code;region_id\r\n;;\r\n123456789;ABC123;1\r\n\r\n;\u00A0; \r\n012345678;XYZ789;2\r\n;;\r\n";
    expect(await rowsOf(text)).toEqual([`line 4: ${ADA}`, `line 7: ${BO}`]);
    expect(await rowsOf(text.replace("sep=;", '"sep=;"'))).toEqual([`line 4: ${ADA}`, `line 7: ${BO}`]);
  });

  test("in any mixture of these, over many blocks", async () => {
    const voter = fc.record({
      nas: fc.integer({ min: 0, max: 999_999_999 }).map((number) => String(number).padStart(9, "0")),
      code: fc.stringMatching(/^[A-Z0-9]{6}$/),
      region: fc.constantFrom("1", "2"),
      isAfterBlank: fc.boolean(),
    });
    const form = fc.record({
      order: fc.constantFrom([0, 1, 2], [2, 0, 1], [1, 2, 0]),
      delimiter: fc.constantFrom(",", ";", "\t"),
      lineBreak: fc.constantFrom("\n", "\r\n", "\r"),
      isQuoted: fc.boolean(),
      hasSeparatorLine: fc.boolean(),
      encode: fc.constantFrom(
        (text: string) => Buffer.from(text),
        (text: string) => Buffer.from(`\uFEFF${text}`),
        (text: string) => utf16(`\uFEFF${text}`),
        (text: string) => utf16(text, true),
        (text: string) => Buffer.from(text, "latin1"),
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(voter, { minLength: 1, maxLength: 40 }),
        form,
        fc.constantFrom(1, 60),
        async (some, how, times) => {
          const voters = Array.from({ length: times }, () => some).flat();
          const lines: string[] = how.hasSeparatorLine ? [`sep=${how.delimiter}`] : [];
          const add = (cells: readonly string[]): void => {
            const written = how.order.map((place) => (how.isQuoted ? `"${cells[place]}"` : (cells[place] ?? "")));
            lines.push(written.join(how.delimiter));
          };
          add(["NAS", "Code de vote", "Région"]);
          const expected: string[] = [];
          for (const { nas, code, region, isAfterBlank } of voters) {
            if (isAfterBlank) add(["", "", " "]);
            add([nas, code, region]);
            expected.push(`line ${lines.length}: ${hashOf(nas, code)} ${region}`);
          }
          expect(await rowsOf(how.encode(lines.join(how.lineBreak)))).toEqual(expected);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("from a place that an earlier reading gave, in any encoding", async () => {
    const lines = Array.from({ length: 3_000 }, (_, index) => `${String(index).padStart(9, "0")},ABC123,1`);
    const text = ["nas,code,région", ...lines, ""].join("\n");
    for (const bytes of [
      Buffer.from(text),
      utf16(`\uFEFF${text}`),
      Buffer.from(text.replaceAll("\n", "\r"), "latin1"),
    ]) {
      const file = await written(bytes);
      const { rules } = await readRollStart(await fileSource(file), definition, 0);
      const blocks = await allOf(readRollFile(await fileSource(file), rules, PEPPER));
      const [first] = blocks;
      if (first === undefined) throw new Error("no block");
      const rest = await allOf(readRollFile(await fileSource(file), rules, PEPPER, first.end));
      expect(blocks.length).toBeGreaterThan(2);
      expect(rest.flatMap(({ rows }) => rows)).toEqual(blocks.slice(1).flatMap(({ rows }) => rows));
      expect(blocks.flatMap(({ rows }) => rows)).toHaveLength(3_000);
    }
  });
});

describe("what a spreadsheet has done to a value is told, by line, with the remedy, and without the value", () => {
  const REMEDY = "format the column as text and fill it in again";
  test.each([
    ["12345678,ABC123,1", `nas must have 9 digits: it seems to have lost a leading zero: ${REMEDY}`],
    ["1234567,ABC123,1", `nas must have 9 digits: it seems to have lost 2 leading zeros: ${REMEDY}`],
    ["1.23E+08,ABC123,1", `nas is a number in scientific notation, such as 1.23E+08: ${REMEDY}`],
    ['"1,23E+08",ABC123,1', `nas is a number in scientific notation, such as 1.23E+08: ${REMEDY}`],
    ["12345678.0,ABC123,1", `nas is a number with decimals: ${REMEDY}`],
    ["123456789,1.2E+4,1", `code is a number in scientific notation, such as 1.23E+08: ${REMEDY}`],
    ["#########,ABC123,1", "nas is an error of the spreadsheet, such as #N/A, or ##### of a column that is too narrow"],
    [
      "123456789,#VALUE,1",
      "code is an error of the spreadsheet, such as #N/A, or ##### of a column that is too narrow",
    ],
    [",ABC123,1", "nas is empty"],
    ["123456789,ABC123,1.0", `region_id is not a region of election E1: it is a number with decimals: ${REMEDY}`],
    ["123456789,ABC123,1,2", "has 4 columns where the header has 3"],
  ])("%s", async (row, problem) => {
    expect(await rowsOf(`nas,code,region_id\n${row}\n123456789,ABC123,1\n`)).toEqual([
      `line 2: ${problem}`,
      `line 3: ${ADA}`,
    ]);
  });

  test("a region that lost its zero", async () => {
    const { $schema, ...given } = race();
    const election = ElectionDefinition.parse({
      ...given,
      regions: [{ regionId: "01", name: { fr: "Une", en: "One" } }],
      candidates: [{ candidateId: "1", firstName: "Ada", lastName: "Roy", regionIds: ["01"] }],
      parties: [],
    });
    expect(await rowsOf("nas,code,region_id\n123456789,ABC123,1\n", election)).toEqual([
      `line 2: region_id is not a region of election E1: it seems to have lost a leading zero: ${REMEDY}`,
    ]);
  });

  test("a character that is not UTF-8, in a file that is", async () => {
    const rows = "123456789,ABC123,1\n".repeat(2_000);
    const bytes = Buffer.concat([
      Buffer.from(`nas,code,région\n${rows}`),
      Buffer.from("123456789,ABC12\u00e9,1\n", "latin1"),
    ]);
    expect((await rowsOf(bytes)).at(-1)).toBe(
      "line 2002: code has a character that is not UTF-8: save the sheet as “CSV UTF-8”",
    );
  });
});

describe("a file is refused, and what to do is said,", () => {
  test.each([
    [
      "of Excel (.xlsx)",
      Buffer.from("PK\u0003\u0004\u0014\u0000\u0006\u0000rest", "latin1"),
      /this is a workbook \(\.xlsx, .*save the sheet as “CSV UTF-8”/,
    ],
    ["of old Excel (.xls)", Buffer.from("d0cf11e0a1b11ae1", "hex"), /this is a workbook/],
    ["that is no text", Buffer.from("%PDF-1.7\n\u0000\u0001", "latin1"), /this is not a text file/],
    ["whose columns are missing", "nas;région\n1;2\n", /line 1: .* they are nas,code,region_id: code is missing\.$/],
    ["with more columns", "nas,code,name,region_id\n", /column C is none of them\.$/],
    ["with a column twice", "nas,code,region_id,Région\n", /columns C and D are both region_id\.$/],
    ["without a header", "123456789,ABC123,1\n", /column A is none of them; .* nas, code, region_id are missing\.$/],
    [
      "with a quotation mark never closed",
      `${TEXT}\n;;\n"123456780,ABC123,1\n123456781,ABC123,1\n`,
      /line 6: this is not CSV: a quotation mark in the row that begins here/,
    ],
    ["with a stray quotation mark", `${TEXT}123456780,AB"C123,1\n123456781,ABC123,1\n`, /line 4: this is not CSV/],
    [
      "with a quotation mark that swallows a later one",
      `${TEXT}123456780,"ABC123,1\n123456781,"ABC123",1\n`,
      /line 4: this is not CSV/,
    ],
  ])("%s", async (_, bytes, sentence) => {
    const message = await refusalOf(bytes);
    expect(message).toMatch(sentence);
    expect(message).not.toMatch(/12345678|ABC123/);
  });
});

test("rows of other columns are read by the same reader", async () => {
  const file = await written('sep=;\nNom;Région\n\nRoy;1\n;\n"Lee\nBo";2\n');
  const wanted = [
    { name: "name", headings: ["nom"] },
    { name: "region", headings: ["région"] },
    { name: "bio", isOptional: true },
  ];
  const sheet = await openSheet(file, { wanted, whose: { en: "cards", fr: "cartes" } });
  expect(await allOf(readSheet(file, sheet))).toEqual([
    { record: ["Roy", "1"], line: 4 },
    { record: ["Lee\nBo", "2"], line: 7 },
  ]);
});

describe("what a browser is given is read by the same reader", () => {
  const wanted = [{ name: "name", headings: ["nom"] }, { name: "region" }];
  const rowsIn = async (bytes: Uint8Array | string) => {
    const file = { name: "candidats.csv", blob: new Blob([new Uint8Array(Buffer.from(bytes))]) };
    const sheet = await openBlob(file, { wanted, whose: { en: "candidates", fr: "des candidatures" } });
    return allOf(rowsOfBlob(file, sheet));
  };

  test.each([
    ["UTF-8", (text: string) => Buffer.from(`\uFEFF${text}`)],
    ["UTF-16", (text: string) => utf16(`\uFEFF${text}`)],
    ["Windows-1252", (text: string) => Buffer.from(text, "latin1")],
    ["carriage returns alone", (text: string) => Buffer.from(text.replaceAll("\n", "\r"))],
  ])("in many chunks, in %s", async (_, encode) => {
    const names = Array.from({ length: 3000 }, (_, n) => `Zoé ${n}`);
    const text = `Nom;Region\n${names.map((name) => `${name};1\n`).join("")}`;
    const expected = names.map((name, n) => ({ record: [name, "1"], line: n + 2 }));
    expect(await rowsIn(encode(text))).toEqual(expected);
  });

  test("and refused in either language", async () => {
    const refusal: unknown = await rowsIn("nom;ville\n").catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    if (!(refusal instanceof Refusal)) return;
    expect(refusal.in("en")).toMatch(
      /for candidates they are name,region: column B is none of them; region is missing/,
    );
    expect(refusal.in("fr")).toMatch(
      /^candidats\.csv, ligne 1\u00a0: .*la colonne B n’en fait pas partie\u202f; il manque la col/,
    );
  });
});
