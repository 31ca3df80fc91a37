import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDefinition } from "#admin/elections/new-definition.ts";
import { ElectionDefinition } from "#core/election.ts";
import { candidatesOfBlob } from "#spreadsheet/candidates.ts";
import { definitionOf } from "#spreadsheet/new-definition.ts";
import { readDefinition } from "#storage/definition-file.ts";
import { runHere } from "#test/admin/tool.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutin-new-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const AT_MS = Date.parse("2026-06-15T12:00:00Z");
let sheets = 0;

/** The definition made of a sheet, as `apply` reads it. */
async function made(bytes: string | Uint8Array, options = {}) {
  const from = join(folder, `sheet-${++sheets}.csv`);
  const out = join(folder, `made-${sheets}.json`);
  await writeFile(from, bytes);
  const said = await newDefinition({ from, out, ...options }, AT_MS);
  return { said, definition: await readDefinition(out) };
}

async function refusalOf(text: string | Uint8Array, options = {}): Promise<string> {
  const refusal = await made(text, options).then(
    () => "nothing was refused",
    (error: Error) => error.message,
  );
  await expect(stat(join(folder, `made-${sheets}.json`))).rejects.toThrow(/ENOENT/);
  return refusal;
}

const FRENCH = [
  "Prénom;Nom;Parti (fr);Parti (en);Circonscription;Biographie (fr);Biographie (en);Photo",
  'Zoé;Côté;Les Verts;The Greens;1;"Elle dit : ""oui"".";She says yes.;/photos/1.jpg',
  "Bo;Lee;indépendant;independent;1;;;",
  ";;;;;;;",
  "Cy;Fox;Les Verts;The Greens;Côte-Nord;Lui.;Him.;",
].join("\r\n");

describe("a definition is made of a sheet of candidates", () => {
  test("in French, from Excel, and `apply` takes it as it is", async () => {
    const { said, definition } = await made(Buffer.from(FRENCH, "latin1"), { id: "M1", titleFr: "Mairie" });
    expect(definition).toMatchObject({
      electionId: "M1",
      votingMethod: "single_choice",
      title: { fr: "Mairie", en: "Mairie" },
      opensAt: "2026-07-15T09:00:00-04:00",
      closesAt: "2026-07-22T20:00:00-04:00",
      timeZone: "America/Toronto",
      regions: [
        { regionId: "1", name: { fr: "Région 1", en: "Region 1" } },
        { regionId: "cote-nord", name: { fr: "Côte-Nord", en: "Côte-Nord" } },
      ],
      parties: [{ partyId: "the-greens", name: { fr: "Les Verts", en: "The Greens" } }],
      candidates: [
        {
          ...{ candidateId: "1", firstName: "Zoé", lastName: "Côté", partyId: "the-greens", regionIds: ["1"] },
          ...{ bio: { fr: 'Elle dit : "oui".', en: "She says yes." }, photo: "/photos/1.jpg" },
        },
        { candidateId: "2", firstName: "Bo", lastName: "Lee", regionIds: ["1"] },
        { candidateId: "3", firstName: "Cy", lastName: "Fox", partyId: "the-greens", regionIds: ["cote-nord"] },
      ],
    });
    expect(said).toMatchObject({ candidates: 3, regions: 2, parties: 1, warnings: [] });
    expect(said.assumed).toEqual([
      { kind: "opensAt", value: "2026-07-15T09:00:00-04:00" },
      { kind: "closesAt", value: "2026-07-22T20:00:00-04:00" },
      { kind: "timeZone", value: "America/Toronto" },
      { kind: "titleEn", value: "Mairie" },
      ...["regionNames", "colours", "accents", "credentials"].map((kind) => ({ kind })),
    ]);
  });

  test("with names in one column, one name alone, regions in a list, and voters who rank", async () => {
    const text =
      'Name,Party,Region,Bio\nAda Roy,Left,north;south,Hi\nSocrates,None,all,\n"de la Tour, Bo",left,south,Hi\n';
    const { said, definition } = await made(text, { method: "ranked_choice" });
    expect(definition).toMatchObject({
      electionId: `sheet-${sheets}`,
      votingMethod: "ranked_choice",
      maxRankings: 3,
      parties: [{ partyId: "Left", name: { fr: "Left", en: "Left" } }],
      candidates: [
        {
          firstName: "Ada",
          lastName: "Roy",
          partyId: "Left",
          regionIds: ["north", "south"],
          bio: { fr: "Hi", en: "Hi" },
        },
        { firstName: "", lastName: "Socrates", regionIds: ["north", "south"] },
        { firstName: "Bo", lastName: "de la Tour", partyId: "Left", regionIds: ["south"] },
      ],
    });
    expect(said.assumed).toContainEqual({ kind: "oneLanguage", column: "bio" });
  });

  test.each([
    ["choose", { seats: 2, maxChoices: 2 }],
    ["stv", { seats: 2, maxRankings: 3 }],
  ])("for two seats by %s", async (method, rules) => {
    const { said, definition } = await made("name\nAda Roy\nBo Lee\nCy Fox\n", { method, seats: 2 });
    expect(definition).toMatchObject({ votingMethod: method, ...rules });
    expect(said.assumed).toEqual(
      expect.arrayContaining(Object.entries(rules).map(([name, value]) => ({ kind: "rule", name, value }))),
    );
    expect(await refusalOf("name\nAda Roy\n", { method, seats: 2 })).toMatch(
      /seats: region 1 has 1 candidates for 2 seats/,
    );
  });

  test("without regions, as one region of everybody; two of one name are warned of", async () => {
    const { said, definition } = await made("nom\nAda Roy\nada roy\n");
    expect(definition.regions).toEqual([{ regionId: "1", name: { fr: "Toutes les régions", en: "All regions" } }]);
    expect(said.warnings).toEqual([
      expect.stringMatching(/^ada roy: two candidates have this name in “All regions” \(ids 1 and 2\)/),
    ]);
  });
});

test("the browser makes the same definition of the same sheet, and tells of bad rows in both languages", async () => {
  const bytes = Buffer.from(FRENCH, "latin1");
  const { definition } = await made(bytes, { method: "ranked_choice" });
  const sheet = await candidatesOfBlob({ name: "s.csv", blob: new Blob([bytes]) });
  const drafted = definitionOf(sheet, `sheet-${sheets}.csv`, { method: "ranked_choice" }, AT_MS);
  expect(ElectionDefinition.parse(drafted.definition)).toEqual(definition);
  const { bad } = await candidatesOfBlob({ name: "s.csv", blob: new Blob(["nom;région\nAda Roy;\n"]) });
  expect(bad).toEqual([{ line: 2, problem: { en: "region is empty", fr: "region est vide" } }]);
});

test("rows that may be slips are told by line: the same person twice, no last name, a zero in a region, a formula", async () => {
  const text = "Nom,Prénom,Parti,Région\nRoy,Ada,Gauche,3\nroy,ADA,Droite,3\n,Bo,Gauche,03\nFox,Cy,=1+1,4\n";
  const { doubts, bad } = await candidatesOfBlob({ name: "s.csv", blob: new Blob([text]) });
  expect(bad).toEqual([]);
  expect(doubts.map(({ line, problem: { en } }) => `${line}: ${en}`)).toEqual([
    "3: the name is that of line 2, in the same region",
    "4: there is no last name",
    "4: the region differs from that of line 2 by a zero only, and is taken for another",
    "5: the party’s name begins as a formula does",
  ]);
});

describe("a sheet of candidates is refused, and nothing is written,", () => {
  test("with every fault by its line", async () => {
    const text = [
      "name,region,bio_fr,bio_en,photo",
      ",1,,,",
      "Ada Roy,,,,",
      "Bo Lee,1,Bonjour,,",
      `Cy Fox,1,${"x".repeat(4001)},x,http://elsewhere/x.jpg`,
      "#REF!,1,,,",
      "Di Day,1.5,,",
      "Ed Elk,1,,,",
    ].join("\n");
    expect((await refusalOf(text)).split("\n")).toEqual([
      `sheet-${sheets}.csv: nothing was written, for 6 bad rows`,
      "  line 2: name is empty",
      "  line 3: region is empty",
      "  line 4: bio_en is empty, and bio_fr is not",
      "  line 5: bio.fr: must have at most 4000 characters; photo: a photo is a path on the site such as /photos/17.jpg",
      "  line 6: name is an error of the spreadsheet, such as #N/A, or ##### of a column that is too narrow",
      "  line 7: has 4 columns where the header has 5",
    ]);
  });

  test.each([
    ["without names", "region,party\n1,x\n", {}, /line 1: .*: name is missing\.$/],
    ["with a column that is none of them", "name,partie\nAda,x\n", {}, /column B is none of them\.$/],
    ["without rows", "name\n\n", {}, /this sheet has no candidates\.$/],
    ["for an id that is none", "name\nAda Roy\n", { id: "a b" }, /electionId: letters, digits, - and _ only/],
    [
      "for a time with the offset of another season",
      "name\nAda Roy\n",
      { opens: "2026-07-01T09:00:00-05:00" },
      /opensAt: .* write 2026-07-01T09:00:00-04:00\.$/,
    ],
    ["for no time zone", "name\nAda Roy\n", { timeZone: "Toronto" }, /timeZone: not an IANA time zone/],
    ["that is a workbook", "PK\u0003\u0004", {}, /this is a workbook/],
  ])("%s", async (_, text, options, sentence) => {
    expect(await refusalOf(text, options)).toMatch(sentence);
  });

  test("instead of replacing a file", async () => {
    const from = join(folder, "again.csv");
    const out = join(folder, "again.json");
    await writeFile(from, "name\nAda Roy\n");
    await writeFile(out, "mine");
    const said = await runHere(1, ["election", "new", "--from", from, "--out", out]);
    expect(said).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: `${out} exists already: give another file, or remove it first.\n`,
    });
    expect(await readFile(out, "utf8")).toBe("mine");
  });
});

test("the officer is told what was made up, without a system to reach", async () => {
  const from = join(folder, "mayor.csv");
  const out = join(folder, "mayor.json");
  await writeFile(from, "name;party\nAda Roy;Left\nAda Roy;Right\n");
  const { exitCode, stdout, stderr } = await runHere(1, ["election", "new", "--from", from, "--out", out]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^wrote .*mayor\.json: 2 candidates, 1 region, 2 parties\nmade up, for you to put right before you apply it:\n {2}opensAt /,
  );
  expect(stdout).toContain("  electionId mayor, which never changes later (--id)\n");
  expect(stderr).toMatch(/^.*mayor\.json: warning: Ada Roy: two candidates have this name/);
});
