import { createSecretKey } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { extractText } from "unpdf";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkCards } from "#admin/cards/check.ts";
import { findVisit } from "#admin/cards/find-visit.ts";
import { makeCards, makeRecordedCards } from "#admin/cards/make.ts";
import { type PrintedLetter, printedLetters } from "#admin/cards/printed.ts";
import { visitTo } from "#admin/cards/visit.ts";
import { importRoll } from "#admin/roll/import.ts";
import { checkCredentials } from "#core/credential.ts";
import { applyElection } from "#storage/election-register.ts";
import { readPepper } from "#storage/election-secrets.ts";
import { findElection } from "#storage/registered-elections.ts";
import { voterHash } from "#storage/voter-hash.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { readSquare } from "#test/admin/printed-square.ts";
import { race } from "#test/definitions.ts";

const HEADER = "name,address_1,address_2,nas,region_id,language\n";
const PEOPLE = [
  "Zoë Müller-Lévesque,12 rue de l’Église,Québec QC  G1R 4P5,123456789,1,fr",
  "Łukasz Śliwiński,100 Main Street,Regina SK  S4P 3Y2,123 456 780,2,English",
  "ᓄᓇᕗᑦ,PO Box 1000,Iqaluit NU  X0A 0H0,123456781,1,Français",
];
const CONTACT = { fr: "le bureau des élections, au 1 855 555-0142", en: "the election office, at 1 855 555-0142" };
const SITE = "https://vote.example.ca";
/** Codes with a check character, which is what a definition asks for unless it says otherwise. */
const definition = (electionId: string, more = {}) =>
  race({ electionId, contact: CONTACT, credentialFields: undefined, ...more });

let office: Office;
let electionId: string;
let out: string;
let elections = 0;

beforeAll(async () => {
  office = await openOffice(SITE);
});
afterAll(() => office.close());
beforeEach(async () => {
  electionId = `C${++elections}`;
  out = office.path(`letters-of-${electionId}`);
  await applyElection(office.connection, definition(electionId), { who: "Ada" });
});

const visit = () => findVisit(office.connection, { election: electionId });
const peopleFile = (rows: readonly string[], header = HEADER) =>
  office.file(`${electionId}-people.csv`, header + rows.map((row) => `${row}\n`).join(""));
const make = async (rows: readonly string[] = PEOPLE, options = {}) =>
  makeRecordedCards(office.connection, await visit(), await peopleFile(rows), out, { who: "Ada", ...options });

async function lettersIn(file: string): Promise<readonly PrintedLetter[]> {
  const found: PrintedLetter[] = [];
  for await (const letter of printedLetters(join(out, file))) found.push(letter);
  return found;
}

const refusal = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => "nothing was refused",
    (error: Error) => error.message,
  );

/** Everything that stands in the office's folder beside the file of people. */
const left = async (): Promise<readonly string[]> =>
  (await readdir(office.path("."))).filter((name) => name.startsWith(`letters-of-${electionId}`));

describe("letters", () => {
  test.each(["letter", "a4"] as const)(
    "on %s paper: the printed code and the square are those of the roll",
    async (paper) => {
      expect(await make(PEOPLE, { paper })).toMatchObject({ letters: 3, byLanguage: { fr: 2, en: 1 } });
      expect(await importRoll(office.connection, electionId, join(out, "roll.csv"))).toMatchObject({
        imported: 3,
        bad: 0,
      });
      const french = await lettersIn("letters-fr-001.pdf");
      const english = await lettersIn("letters-en-001.pdf");
      expect(french.map(({ number, regionId }) => [number, regionId])).toEqual([
        [1, "1"],
        [3, "1"],
      ]);
      expect(english.map(({ number, regionId }) => [number, regionId])).toEqual([[2, "2"]]);
      expect(await readSquare(join(out, "letters-fr-001.pdf"), 1)).toBe(`${SITE}/fr/vote/${electionId}/1`);
      expect(await readSquare(join(out, "letters-en-001.pdf"), 1)).toBe(`${SITE}/en/vote/${electionId}/2`);

      // As the voter of the second row types them.
      const typed = checkCredentials(definition(electionId), { nas: "123-456-780", code: english[0]?.code ?? "" });
      const pepper = createSecretKey((await readPepper(office.connection, electionId)) ?? new Uint8Array());
      const hash = voterHash(pepper, typed.ok ? typed.values : [], electionId);
      expect(await office.roll(electionId)).toContainEqual(expect.objectContaining({ hash, regionId: "2" }));
    },
  );

  test("no letter names who may vote by more than name and address: the identity is in roll.csv only", async () => {
    await make();
    for (const file of await readdir(out)) {
      const bytes = await readFile(join(out, file));
      const text = file.endsWith(".pdf")
        ? (await extractText(new Uint8Array(bytes), { mergePages: true })).text
        : String(bytes);
      expect([file, /Müller/.test(text), text.includes("123456789")]).toEqual([
        file,
        file !== "roll.csv" && file !== "letters-en-001.pdf",
        file === "roll.csv",
      ]);
    }
    const merged = await readFile(join(out, "mail-merge.csv"), "utf8");
    expect(merged.split("\r\n")[1]).toMatch(
      /^1,Zoë Müller-Lévesque,12 rue de l’Église,Québec QC G1R 4P5,,,fr,1,Région 1,\w{4} \w{4} \w{3},https:/,
    );
  });

  test("only the officer can open the folder and its files, and the act is recorded", async () => {
    await make(PEOPLE, { reason: "first mailing" });
    const modes = await Promise.all(
      [".", ...(await readdir(out))].map(async (name) => ((await stat(join(out, name))).mode & 0o777).toString(8)),
    );
    expect(modes).toEqual(["700", "600", "600", "600", "600"]);
    const record = (await findElection(office.connection, electionId))?.stateChanges.at(-1);
    expect(record).toMatchObject({
      who: "Ada",
      what: expect.stringMatching(
        /^letters made: 3 people, C\d+-people.csv SHA-256 [0-9a-f]{64}, reason: first mailing$/,
      ),
    });
  });

  test("so many letters to a file, and a number on each that goes on", async () => {
    const rows = Array.from({ length: 5 }, (_, n) => `Ada Roy,${n} Main Street,Regina,10000000${n},1,en`);
    expect((await make(rows, { lettersPerFile: 2 })).files).toEqual([1, 2, 3].map((n) => `letters-en-00${n}.pdf`));
    expect((await lettersIn("letters-en-003.pdf")).map(({ number }) => number)).toEqual([5]);
  });
});

describe("a file of people is refused whole", () => {
  test.each<[string, string, RegExp]>([
    ["without a language", "Ada Roy,1 Main Street,Regina,123456789,1,", /line 2: language is neither fr nor en/],
    ["in no region", "Ada Roy,1 Main Street,Regina,123456789,9,fr", /line 2: region_id is not a region of election C/],
    ["without a name", ",1 Main Street,Regina,123456789,1,fr", /line 2: name is empty/],
    [
      "with a short NAS",
      "Ada Roy,1 Main Street,Regina,12345678,1,fr",
      /line 2: nas must have 9 digits: it seems to have lost a leading zero/,
    ],
    [
      "in a script that cannot be printed",
      "王小明,1 Main Street,Regina,123456789,1,fr",
      /line 2: name has characters that cannot be printed: 王 \(U\+738B\), 小 \(U\+5C0F\), 明 \(U\+660E\)/,
    ],
    [
      "with an address too long for the window",
      `Ada Roy,${"1 Main Street ".repeat(6)},Regina,123456789,1,fr`,
      /line 2: address_1 is too long for the envelope's window: 83 characters, about \d\d fit/,
    ],
    [
      "with a cell too many",
      "Ada Roy,1 Main Street,Regina,123456789,1,fr,what",
      /line 2: has 7 columns where the header has 6/,
    ],
  ])("somebody %s", async (_, row, said) => {
    expect(await refusal(make([row, ...PEOPLE.slice(1)]))).toMatch(said);
    expect(await left()).toEqual([]);
  });

  test("one person twice, however the number is written: both lines are told, and nobody's data", async () => {
    const said = await refusal(make([...PEOPLE, "Zoe Muller,1 Main Street,Regina,123-456-789,1,en"]));
    expect(said).toBe(
      `${electionId}-people.csv: no letter was made, for 1 bad row\n  line 5: line 2 names the same person (nas)`,
    );
    expect(await left()).toEqual([]);
  });

  test("French headings in another order, and semicolons, are read", async () => {
    const file = await peopleFile(["fr;1;123456789;Ada Roy;1 rue Main"], "Langue;Région;NAS;Nom;Adresse\n");
    expect(await makeRecordedCards(office.connection, await visit(), file, out, { who: "Ada" })).toMatchObject({
      letters: 1,
    });
  });

  test("nobody in it, or no such columns", async () => {
    expect(await refusal(make([]))).toMatch(/there is nobody in this file/);
    const file = await peopleFile(["Ada Roy,123456789,1,fr"], "name,nas,region_id,language\n");
    const attempt = makeRecordedCards(office.connection, await visit(), file, out, { who: "Ada" });
    expect(await refusal(attempt)).toMatch(/line 1: the first line names the columns.*address_1 is missing/s);
  });
});

describe("the folder", () => {
  test("one that is not empty is left as it is", async () => {
    await mkdir(out);
    await writeFile(join(out, "mine.txt"), "mine");
    expect(await refusal(make())).toMatch(/this folder is not empty/);
    expect(await readdir(out)).toEqual(["mine.txt"]);
  });

  test("an empty one is taken, and what a killed run left is removed", async () => {
    await mkdir(out);
    await mkdir(`${out}.unfinished-killed`);
    await writeFile(`${out}.unfinished-killed/roll.csv`, "half");
    await make();
    expect(await left()).toEqual([`letters-of-${electionId}`]);
  });

  test("when the act cannot be recorded, there is none", async () => {
    const record = () => Promise.reject(new Error("no connection"));
    const attempt = makeCards(visitTo(definition(electionId)), SITE, await peopleFile(PEOPLE), out, { record });
    expect(await refusal(attempt)).toBe("no connection");
    expect(await left()).toEqual([]);
  });
});

describe("an election has no letters", () => {
  const attempt = async (more: object, options = {}) =>
    refusal(
      peopleFile(PEOPLE).then((file) => makeCards(visitTo(definition(electionId, more)), SITE, file, out, options)),
    );

  test("without a contact, since a voter who lost one must know whom to call", async () => {
    expect(await attempt({ contact: undefined })).toMatch(/has no contact/);
  });

  test("once it has closed", async () => {
    expect(await attempt({}, { atMs: Date.parse("2100-01-01T00:00:00Z") })).toMatch(/has closed/);
  });

  test("when its last credential is no code", async () => {
    const field = { label: { fr: "Jeton", en: "Token" }, pattern: "[0-9A-F]{32}" };
    const nas = { name: "nas", label: { fr: "NAS", en: "SIN" }, pattern: "[0-9]{9}" };
    expect(await attempt({ credentialFields: [nas, { name: "token", ...field }] })).toMatch(/token is no voting code/);
  });

  test("when its title leaves no room on the page, or has characters that cannot be printed", async () => {
    const long = "Une élection dont le titre est bien trop long pour une lettre. ".repeat(9);
    expect(await attempt({ title: { fr: long, en: "Election" } })).toMatch(
      /\(fr\) do not fit on a page: no room is left for “Une/,
    );
    expect(await attempt({ title: { fr: "Élection", en: "選挙" } })).toMatch(
      /\(en\) do not fit on a page: no font has 選/,
    );
  });

  test("at what is no address", async () => {
    expect(
      await refusal(makeCards(visitTo(definition(electionId)), "vote.example.ca", await peopleFile(PEOPLE), out)),
    ).toMatch(/this is no address where people vote/);
  });
});

describe("letters and roll are compared", () => {
  const check = async (...folders: string[]) =>
    checkCards(office.connection, await visit(), folders.length > 0 ? folders : [out]);
  const enrol = (file = join(out, "roll.csv")) => importRoll(office.connection, electionId, file);

  test("nothing differs once the roll is imported, in one folder or several", async () => {
    await make();
    await enrol();
    expect(await check()).toEqual({ letters: 3, mergeRows: 3, rollRows: 3, onRoll: 3, differences: [], differing: 0 });
    const more = office.path(`${electionId}-later`);
    const later = await office.file(`${electionId}-later.csv`, `${HEADER}Bo Lee,1 Main Street,Regina,987654321,2,en\n`);
    await makeRecordedCards(office.connection, await visit(), later, more, { who: "Ada" });
    await enrol(join(more, "roll.csv"));
    expect(await check(out, more)).toMatchObject({ letters: 4, onRoll: 4, differing: 0 });
    expect((await check()).differences).toEqual(["the roll, region 2: 1 of 2 voters have no letter here"]);
  });

  test("who is not on the roll, and who is there with another code, are told", async () => {
    await make();
    const rows = (await readFile(join(out, "roll.csv"), "utf8")).split("\r\n");
    await enrol(
      await office.file(
        `${electionId}-other.csv`,
        [rows[0], rows[1], "123456780,2222222222Q,2", ""]
          .join("\n")
          .replace("2222222222Q", rows[3]?.split(",")[1] ?? ""),
      ),
    );
    const folder = `letters-of-${electionId}`;
    expect((await check()).differences).toEqual([
      `${folder}/roll.csv, line 3: this voter is not on the roll`,
      `${folder}/roll.csv, line 4: this voter is not on the roll`,
      "the roll, region 2: 1 of 1 voters have no letter here",
    ]);
  });

  test("a letter printed twice, one that is missing, one of another mailing and a changed region are told", async () => {
    await make();
    await enrol();
    const other = office.path(`${electionId}-again`);
    await makeRecordedCards(office.connection, await visit(), await peopleFile(PEOPLE), other, { who: "Ada" });
    const folder = `letters-of-${electionId}`;
    await writeFile(join(out, "letters-fr-002.pdf"), await readFile(join(out, "letters-fr-001.pdf")));
    await writeFile(join(out, "letters-en-001.pdf"), await readFile(join(other, "letters-en-001.pdf")));
    const merged = await readFile(join(out, "mail-merge.csv"), "utf8");
    await writeFile(join(out, "mail-merge.csv"), merged.replace(",fr,1,", ",fr,2,"));
    expect((await check()).differences).toEqual([
      `${folder}/letters-en-001.pdf, page 1: its code is not in roll.csv`,
      `${folder}/letters-fr-002.pdf, page 1: a letter with this code is there already`,
      `${folder}/letters-fr-002.pdf, page 2: a letter with this code is there already`,
      `${folder}/mail-merge.csv, line 2: region 2, and roll.csv, line 2, has region 1`,
      `${folder}/roll.csv, line 3: nobody has a letter for it`,
    ]);
  });

  test("what is no folder of letters, and a PDF that cannot be read, are named", async () => {
    expect(await refusal(check(office.path(`${electionId}-nowhere`)))).toMatch(/this folder cannot be read/);
    await make();
    await writeFile(join(out, "letters-fr-001.pdf"), "no PDF");
    expect(await refusal(check())).toMatch(/letters-fr-001.pdf: this PDF cannot be read/);
  });
});
