import { describe, expect, test } from "vitest";
import { law, race, rankedRace } from "#test/definitions.ts";
import { fileFaults } from "#web/office/elections/definition-file.ts";
import { draftOf } from "#web/office/elections/draft.ts";
import { draftFaults } from "#web/office/elections/draft-faults.ts";
import { placeWords } from "#web/office/elections/place-words.ts";
import { words as en } from "#web/office/messages/office-words-en.ts";
import { words as fr } from "#web/office/messages/office-words-fr.ts";

/** What the editor says is wrong, and where. */

function told(definition: Readonly<Record<string, unknown>>, language: "en" | "fr" = "en"): readonly string[] {
  const draft = draftOf(definition, "e1");
  const { editor } = (language === "en" ? en : fr).officeElections;
  return draftFaults(draft, []).map(
    ({ path, rule }) => `${placeWords(editor, language, draft, path)}: ${rule[language]}`,
  );
}

const person = { candidateId: "1", firstName: "Ada", lastName: "Roy", regionIds: ["1", "2"] };

describe("a fault stands at a field of the form, by the form's name for it,", () => {
  test("a text in one language, and a time that was not chosen", () => {
    expect(told({ ...law(), title: { en: "Law", fr: "" }, opensAt: "" })).toEqual([
      "Title, in French: is empty",
      "Opens on: choose the day and the hour",
    ]);
    expect(told({ ...law(), title: { en: "Law", fr: "" }, opensAt: "" }, "fr")).toEqual([
      "Titre, en français: est vide",
      "Jour de l’ouverture: choisissez le jour et l’heure",
    ]);
  });

  test("an hour that clocks skip", () => {
    const skipped = { ...law(), opensAt: "2027-03-14T02:30:00", closesAt: "2027-03-20T20:00:00-04:00" };
    expect(told(skipped)).toEqual(["Opens on: clocks skip this hour on that day: choose another"]);
  });

  test("a candidate with the id of another, one without a name, and one who stands nowhere", () => {
    const candidates = [
      person,
      { ...person, firstName: "Bo" },
      { ...person, candidateId: "3", firstName: "", lastName: "" },
      { ...person, candidateId: "4", firstName: "Cy", regionIds: [] },
    ];
    expect(told({ ...race(), candidates })).toEqual(
      expect.arrayContaining([
        "Bo Roy, Id: 1 is already used in candidates",
        "Without a name, First name: a candidate has a firstName, a lastName or both",
        "Cy Roy, Stands in: is empty",
      ]),
    );
  });

  test("no share with a comma, as French writes it", () => {
    expect(told({ ...law(), quorum: "0,5" })).toEqual([]);
    expect(told({ ...law(), quorum: "half" })).not.toEqual([]);
  });

  test("a field that no definition has", () => {
    expect(told({ ...law(), id: "loi" })).toEqual(["What it is about: has a field that does not belong there: id"]);
  });
});

describe("of a file, what no form could show is named before a draft is made:", () => {
  test.each<readonly [string, Readonly<Record<string, unknown>>, readonly string[]]>([
    ["unknown fields", { ...law(), id: "x" }, ["the definition: has a field that does not belong there: id."]],
    ["a title in no language", { ...law(), title: "Law" }, ["title: must be of type object."]],
    [
      "a field of a region",
      { ...race(), regions: [{ regionId: "1", name: { fr: "A", en: "A" }, voters: 3 }] },
      ["regions[0] (A): has a field that does not belong there: voters."],
    ],
    ["a share that is none", { ...law(), quorum: true }, [expect.stringMatching(/^quorum: must be/)]],
    ["no kind of contest", { title: "hello" }, ["votingMethod: is missing.", "title: must be of type object."]],
  ])("%s", (_, json, sentences) => {
    expect(fileFaults(json).map(({ en: sentence }) => sentence)).toEqual(expect.arrayContaining([...sentences]));
  });

  test("in French too", () => {
    expect(fileFaults({ ...law(), id: "x" })).toEqual([
      expect.objectContaining({ fr: "la définition\u00a0: a un champ qui n’y a pas sa place\u00a0: id." }),
    ]);
  });

  test("what the editor mends is let in", () => {
    expect(fileFaults({ ...rankedRace(), maxRankings: 99, opensAt: "soon", title: { fr: "", en: "Mayor" } })).toEqual(
      [],
    );
    expect(fileFaults({ ...law(), question: undefined })).toEqual([]);
  });
});
