import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { makeCards } from "#admin/cards/make.ts";
import { printedLetters } from "#admin/cards/printed.ts";
import { visitTo } from "#admin/cards/visit.ts";
import { race } from "#test/definitions.ts";
import { cast, outcomeOf } from "#test/e2e/api.ts";
import { enrol, register } from "#test/e2e/office.ts";

test("who reads a code and a region on their letter can vote with them, once the roll beside it is imported", async () => {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-letters-"));
  try {
    const contact = { fr: "le bureau, au 1 855 555-0142", en: "the office, at 1 855 555-0142" };
    const definition = race({ electionId: "BY-LETTER", contact, credentialFields: undefined });
    await register(definition);
    const people = join(folder, "people.csv");
    await writeFile(people, "Nom,Adresse,NAS,Région,Langue\nZoë Roy,1 rue Principale,046454287,1,français\n");
    await makeCards(visitTo(definition), inject("url"), people, join(folder, "letters"));
    await enrol("BY-LETTER", join(folder, "letters/roll.csv"));

    const letters = [];
    for await (const letter of printedLetters(join(folder, "letters/letters-fr-001.pdf"))) letters.push(letter);
    const [{ code, path, regionId } = {}] = letters;
    const ballot = { nas: "046 454 287", code, election_id: path, region_id: regionId, candidate_id: "2" };
    expect((await outcomeOf(await cast("/api/v1/elections/vote", ballot))).status).toBe("accepted");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
