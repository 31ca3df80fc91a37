import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { extractText } from "unpdf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkCards } from "#admin/cards/check.ts";
import { findVisit } from "#admin/cards/find-visit.ts";
import { makeCards, makeRecordedCards } from "#admin/cards/make.ts";
import { visitToPaper } from "#admin/cards/visit.ts";
import { importRolls } from "#admin/roll/import-rolls.ts";
import { ElectionDefinition } from "#core/election.ts";
import { applyElections } from "#storage/election-register.ts";
import { refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { readSquare } from "#test/admin/printed-square.ts";
import { paperIn, questions, registeredIn, WHO } from "#test/admin/town-paper.ts";
import { law } from "#test/definitions.ts";

/** Letters that name all questions of a paper. */

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

describe("letters of a paper", () => {
  const CONTACT = { fr: "le bureau, au 1 855 555-0142", en: "the office, at 1 855 555-0142" };
  const PEOPLE = `name,address_1,nas,region_id,language
Zoë Roy,12 rue de l’Église,111111111,1,fr
Bo Lee,100 Main Street,222222222,2,en
`;
  /** A paper whose codes have a check character, as its definitions ask for by default. */
  async function written(name: string, more: Readonly<Record<string, unknown>> = {}) {
    const definitions = questions(name).map((question) =>
      ElectionDefinition.parse({ ...question, credentialFields: undefined, contact: CONTACT, ...more }),
    );
    await applyElections(office.connection, definitions, WHO);
    const visit = await findVisit(office.connection, { paper: name });
    return { visit, people: await office.file(`${name}-people.csv`, PEOPLE), out: office.path(`${name}-letters`) };
  }

  test("name every question and its address, with one code that is good for all", async () => {
    const { visit, people, out } = await written("P");
    expect(
      await makeRecordedCards(office.connection, visit, people, out, { ...WHO, site: "https://v.example" }),
    ).toMatchObject({
      letters: 2,
      url: "https://v.example/fr/vote/paper/P/1",
    });
    const english = join(out, "letters-en-001.pdf");
    const [page] = (await extractText(new Uint8Array(await readFile(english)), { mergePages: false })).text;
    for (const told of [
      "Your ballot: 3 questions",
      "1. Bylaw",
      "2. Council",
      "3. Mayor",
      "/en/vote/paper/P/2",
      "tracking codes",
    ]) {
      expect(page?.replaceAll("\u00a0", " ")).toContain(told);
    }
    expect(await readSquare(english, 1)).toBe("https://v.example/en/vote/paper/P/2");
    const ids = visit.questions.map(({ electionId }) => electionId);
    expect((await checkCards(office.connection, visit, [out])).differences[0]).toBe(
      "election P-bylaw: P-letters/roll.csv, line 2: this voter is not on the roll",
    );
    await importRolls(office.connection, ids, join(out, "roll.csv"));
    expect(await checkCards(office.connection, visit, [out])).toMatchObject({ letters: 2, onRoll: 2, differing: 0 });
    for (const { stateChanges } of await registeredIn(office, "P")) {
      expect(stateChanges.map(({ what }) => what)).toContainEqual(
        expect.stringMatching(
          /^letters made to paper P: 2 people, P-people.csv SHA-256 [0-9a-f]{64}, reason not given$/,
        ),
      );
    }
    // They are no letters of one of its elections.
    const alone = await findVisit(office.connection, { election: "P-mayor" });
    expect((await checkCards(office.connection, alone, [out])).differences).toContain(
      "P-letters/letters-en-001.pdf, page 1: a letter of paper P",
    );
  });

  test("have room for the titles of twelve questions", async () => {
    const title = {
      fr: "Règlement 2026-114 sur le zonage du quartier nord",
      en: "Bylaw 2026-114 on the zoning of the north",
    };
    const definitions = Array.from({ length: 12 }, (_, at) =>
      law({ electionId: `T${at}`, paper: "T", title, contact: CONTACT, credentialFields: undefined }),
    );
    const people = await office.file("twelve.csv", PEOPLE);
    const made = makeCards(visitToPaper("T", definitions), "https://v.example", people, office.path("twelve"));
    expect(await made).toMatchObject({ letters: 2 });
  });

  test("are refused for a paper that nobody named, with those there are", async () => {
    for (const name of ["A", "B"]) await paperIn(office, name);
    const told = await refusal(findVisit(office.connection, { paper: "nowhere" }));
    expect(told).toMatch(/^There is no paper nowhere: the papers are A, B[,.]/);
  });

  test("are refused once voting in a question has closed, and nothing is written", async () => {
    const { visit, people, out } = await written("Q");
    const atMs = Date.parse("2100-01-01T00:00:00Z");
    expect(await refusal(makeRecordedCards(office.connection, visit, people, out, { ...WHO, atMs }))).toBe(
      "Voting in election Q-bylaw has closed: nobody can use a code any more.",
    );
    await expect(readFile(join(out, "roll.csv"))).rejects.toThrow("ENOENT");
  });
});
