import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidateName } from "#core/contest.ts";
import { definitionWarnings, describeFaults, fieldFaults } from "#core/definition-faults.ts";
import { ElectionDefinition } from "#core/election.ts";
import { mended } from "#core/every-fault.ts";
import { MESSAGES_IN_FRENCH } from "#core/fault-rules-french.ts";
import { chooseRace, law, race, rankedRace, transferRace } from "#test/definitions.ts";

const candidate = { candidateId: "1", firstName: "Ada", lastName: "Roy", regionIds: ["1", "2"] };
const party = { partyId: "p", name: { fr: "Parti", en: "Party" }, colour: "#1d4ed8" };

test.each([
  ["a missing field", { ...law(), title: undefined }, ["title: is missing."]],
  ["a missing field within another", { ...law(), title: { fr: "Loi" } }, ["title.en: is missing."]],
  ["another type", { ...law(), title: "Law" }, ["title: must be of type object."]],
  ["a number with decimals", { ...law(), minimumBallots: 1.5 }, ["minimumBallots: must be of type whole number."]],
  ["a number too small", { ...law(), minimumBallots: 0 }, ["minimumBallots: must be at least 1."]],
  ["a number too large", { ...rankedRace(), maxRankings: 51 }, ["maxRankings: must be at most 50."]],
  ["an empty text", { ...law(), title: { fr: "", en: "Law" } }, ["title.fr: is empty."]],
  [
    "a long text",
    { ...law(), title: { fr: "x".repeat(4001), en: "Law" } },
    ["title.fr: must have at most 4000 characters."],
  ],
  [
    "an empty list",
    {
      ...race(),
      candidates: [
        { ...candidate, regionIds: [] },
        { ...candidate, candidateId: "2" },
      ],
    },
    ["candidates[0].regionIds (Ada Roy): is empty."],
  ],
  [
    "a long list",
    {
      ...law(),
      credentialFields: Array.from({ length: 5 }, (_, n) => ({ ...law().credentialFields[0], name: `f${n}` })),
    },
    ["credentialFields: must have at most 4 items."],
  ],
  [
    "a word that is none of these",
    { ...law(), results: "soon" },
    ["results: must be one of live, after_vote, after_close."],
  ],
  [
    "no such voting method",
    { ...law(), votingMethod: "show-of-hands" },
    ["votingMethod: must be one of referendum, single_choice, choose, ranked_choice, stv."],
  ],
  ["no voting method", { ...law(), votingMethod: undefined }, ["votingMethod: is missing."]],
  [
    "unknown fields",
    { ...law(), closeAt: 1, b: 2 },
    ["the definition: has a field that does not belong there: closeAt, b."],
  ],
  [
    "a time without offset",
    { ...law(), opensAt: "2026-10-19" },
    ['opensAt: must be a date and time with its offset, such as "2026-10-19T09:00:00-04:00".'],
  ],
  [
    "a colour that is none",
    { ...race(), parties: [{ ...party, colour: "red" }] },
    ["parties[0].colour (Party): a colour is # and six lower-case hexadecimal digits."],
  ],
  [
    "neither of two types",
    { ...race(), electionId: true },
    ["electionId: must be of type string, or must be of type number."],
  ],
  [
    "a broken rule between fields",
    { ...race(), candidates: [{ ...candidate, partyId: "q" }] },
    ["candidates[0].partyId (Ada Roy, regions 1, 2): no party q is defined."],
  ],
  ["something else altogether", 7, ["the definition: must be of type object."]],
])("tells of %s", (_, definition, sentences) => {
  expect(describeFaults(definition)).toEqual(sentences);
});

test("several faults are told one by one", () => {
  expect(describeFaults({ ...law(), minimumBallots: 0, allowBlank: "no" })).toEqual([
    "minimumBallots: must be at least 1.",
    "allowBlank: must be of type boolean.",
  ]);
});

describe("all faults are told at once,", () => {
  const other = { candidateId: "2", firstName: "Bo", lastName: "Lee", partyId: "q", regionIds: ["9"] };

  test("rules between fields too, where a value has the wrong form elsewhere", () => {
    expect(
      describeFaults({
        ...race(),
        title: { fr: "Élection" },
        minimumBallots: "10",
        contact: 5,
        colour: "red",
        closesAt: "2020-01-01T00:00:00Z",
        opensAt: "2025-07-01T09:00:00-05:00",
        regions: [...race().regions, { regionId: "3", name: { fr: "Trois", en: "Three" } }],
        candidates: [{ ...candidate, bio: { fr: "x" }, photo: 3 }, other, { ...candidate, lastName: 7 }],
      }),
    ).toEqual([
      "title.en: is missing.",
      "contact: must be of type object.",
      "minimumBallots: must be of type number.",
      "candidates[0].bio.en (Ada Roy, regions 1, 2): is missing.",
      "candidates[0].photo (Ada Roy, regions 1, 2): must be of type string.",
      "candidates[2].lastName (Ada, regions 1, 2): must be of type string.",
      "the definition: has a field that does not belong there: colour.",
      "closesAt: voting must close after it opens.",
      "candidates[2] (Ada, regions 1, 2): 1 is already used in candidates.",
      "candidates[1].partyId (Bo Lee, region 9): no party q is defined.",
      "candidates[1].regionIds (Bo Lee, region 9): no region 9 is defined.",
      "regions: nobody stands in region 3.",
      "opensAt: has the offset -05:00, which clocks in America/Toronto do not have then: write 2025-07-01T09:00:00-04:00.",
    ]);
  });

  test("but none that only follows from another", () => {
    expect(describeFaults({ ...race(), regions: [race().regions[0], { name: { fr: "Deux", en: "Two" } }] })).toEqual([
      "regions[1].regionId (Two): is missing.",
    ]);
    expect(describeFaults({ ...race(), parties: "none" })).toEqual(["parties: must be of type array."]);
    expect(describeFaults({ ...race(), parties: [7] })).toEqual(["parties[0]: must be of type object."]);
    expect(describeFaults({ ...race(), regions: undefined })).toEqual(["regions: is missing."]);
    expect(describeFaults({ ...race(), candidates: [candidate, 7] })).toEqual([
      "candidates[1]: must be of type object.",
    ]);
    expect(
      describeFaults({
        ...rankedRace(),
        tieBreakOrder: ["1", "2", "3"],
        candidates: [candidate, { ...other, candidateId: null, partyId: undefined, regionIds: ["2"] }],
      }),
    ).toEqual(["candidates[1].candidateId (Bo Lee, region 2): must be of type string, or must be of type number."]);
  });

  test("those of the likely method, where there is none", () => {
    expect(
      describeFaults({ ...race(), votingMethod: "show-of-hands", candidates: [{ ...candidate, partyId: "q" }] }),
    ).toEqual([
      expect.stringMatching(/^votingMethod: must be one of /),
      "candidates[0].partyId (Ada Roy, regions 1, 2): no party q is defined.",
    ]);
    expect(describeFaults({})).toEqual([
      "votingMethod: is missing.",
      ...["electionId", "title", "opensAt", "closesAt", "regions", "candidates"].map(
        (field) => `${field}: is missing.`,
      ),
    ]);
  });

  test("of anything at all, without an error of its own, and none where there is none", () => {
    const part = fc.oneof(fc.jsonValue(), fc.constant(undefined));
    const fields = Object.keys(rankedRace());
    fc.assert(
      fc.property(
        fc.constantFrom(law(), race(), rankedRace()),
        fc.dictionary(fc.constantFrom(...fields), part),
        (definition, changed) => {
          const json: unknown = { ...definition, ...changed };
          const faults = describeFaults(json);
          expect(new Set(faults).size).toBe(faults.length);
          expect(faults.filter((fault) => !/has the offset/.test(fault)).length === 0).toBe(
            ElectionDefinition.safeParse(json).success,
          );
        },
      ),
    );
    fc.assert(fc.property(fc.jsonValue(), (json) => void describeFaults(json)));
  });
});

test.each([
  ["2026-07-01T09:00:00-05:00", "America/Toronto", "-05:00", "write 2026-07-01T09:00:00-04:00"],
  ["2026-12-01T09:00:00-04:00", "America/Toronto", "-04:00", "write 2026-12-01T09:00:00-05:00"],
  ["2026-07-01T09:00:00+00:00", "America/Toronto", "+00:00", "write 2026-07-01T09:00:00-04:00"],
  ["2026-07-01T09:00:00.500+10:30", "Australia/Adelaide", "+10:30", "write 2026-07-01T09:00:00.500+09:30"],
  ["2026-07-01T09:00:00-03:00", "America/St_Johns", "-03:00", "write 2026-07-01T09:00:00-02:30"],
  ["2026-07-01T09:00:00+01:00", "UTC", "+01:00", "write 2026-07-01T09:00:00+00:00"],
  ["2026-03-08T02:30:00-05:00", "America/Toronto", "-05:00", "they skip this time on that day"],
])("%s in %s is told to have a wrong offset, with the right one", (time, timeZone, offset, remedy) => {
  expect(describeFaults({ ...law(), opensAt: time, timeZone })).toEqual([
    `opensAt: has the offset ${offset}, which clocks in ${timeZone} do not have then: ${remedy}.`,
  ]);
});

test.each([
  ["2026-07-01T09:00:00-04:00", "America/Toronto"],
  ["2026-12-01T09:00:00-05:00", "America/Toronto"],
  ["2026-07-01T13:00:00Z", "America/Toronto"],
  ["2026-11-01T01:30:00-04:00", "America/Toronto"],
  ["2026-11-01T01:30:00-05:00", "America/Toronto"],
  ["2026-07-01T09:00:00+00:00", "UTC"],
  ["2026-07-01T09:00:00+09:30", "Australia/Adelaide"],
])("%s in %s has the right offset", (time, timeZone) => {
  expect(describeFaults({ ...law(), opensAt: time, timeZone })).toEqual([]);
});

describe("candidates' names", () => {
  const named = (...names: readonly object[]) => ({
    ...race(),
    candidates: names.map((name, index) => ({ candidateId: `${index}`, regionIds: ["1", "2"], ...name })),
  });

  test("are shown in full, without a space where there is one name alone", () => {
    const alone = named({ lastName: "Socrate" }, { firstName: "Hypatie" }, { firstName: "Ada", lastName: "Roy" });
    const definition = ElectionDefinition.parse(alone);
    const candidates = definition.votingMethod === "referendum" ? [] : definition.candidates;
    expect(candidates.map(candidateName)).toEqual(["Socrate", "Hypatie", "Ada Roy"]);
  });

  test("one name alone is enough, whichever it is; none is not", () => {
    expect(describeFaults(named({ lastName: "Socrate" }, { firstName: "Hypatie" }))).toEqual([]);
    expect(describeFaults(named({ lastName: " " }, {}))).toEqual([
      "candidates[0] (regions 1, 2): a candidate has a firstName, a lastName or both.",
      "candidates[1] (regions 1, 2): a candidate has a firstName, a lastName or both.",
    ]);
  });

  test("two of the same name in a region are warned of, in any case and with accents or without", () => {
    const warned = (...names: readonly object[]) =>
      definitionWarnings(ElectionDefinition.parse(named(...names))).map(({ en }) => en);
    expect(
      warned({ firstName: "Zoé", lastName: "Roy" }, { firstName: "ZOE", lastName: " Roy", regionIds: ["2"] }),
    ).toEqual([
      "ZOE  Roy: two candidates have this name in “Region 2” (ids 0 and 1). If they are two people, let party, biography or photo tell them apart.",
    ]);
    expect(
      warned(
        { firstName: "A", lastName: "Roy", regionIds: ["1"] },
        { firstName: "A", lastName: "Roy", regionIds: ["2"] },
        { firstName: "A", lastName: "Roi" },
      ),
    ).toEqual([]);
    expect(definitionWarnings(law())).toEqual([]);
  });

  test.each([
    ["a ranked choice", rankedRace],
    ["names to mark", chooseRace],
    ["a single transferable vote", transferRace],
  ])("%s without an order drawn by lot is warned of", (_, define) => {
    expect(definitionWarnings(define())).toEqual([
      {
        en: expect.stringMatching(/^No order is drawn by lot.*a lot is drawn/),
        fr: expect.stringMatching(/^Aucun ordre.*tirage au sort/),
      },
    ]);
    expect(definitionWarnings(rankedRace({ tieBreakOrder: ["3", "1", "2"] }))).toEqual([]);
    expect(definitionWarnings(race())).toEqual([]);
  });
});

describe("faults by their fields", () => {
  test("are told in both languages", () => {
    const definition = { ...race(), closesAt: "2000-01-01T00:00:00Z", minimumBallots: 0, title: { fr: "Loi" } };
    expect(fieldFaults(definition)).toEqual(
      expect.arrayContaining([
        { path: ["minimumBallots"], rule: { en: "must be at least 1", fr: "doit être d’au moins 1" } },
        { path: ["title", "en"], rule: { en: "is missing", fr: "manque" } },
        {
          path: ["closesAt"],
          rule: { en: "voting must close after it opens", fr: "le vote doit fermer après son ouverture" },
        },
      ]),
    );
  });

  test("a definition that is still being written can be shown, whatever is missing", () => {
    const { title: _, ...unfinished } = { ...rankedRace(), maxRankings: "", closesAt: "soon" };
    expect(mended(unfinished)).toMatchObject({
      title: { fr: "-", en: "-" },
      maxRankings: 1,
      regions: rankedRace().regions,
    });
    expect(mended({ ...race(), closesAt: "2000-01-01T00:00:00Z" })?.closesAt).toBe("2000-01-01T00:00:00Z");
    expect(mended({})).toBeDefined();
    expect(mended("text")).toBeUndefined();
  });

  test("every message of the schema is known in French", () => {
    const source = ["election", "identity"]
      .map((name) => readFileSync(new URL(`../../core/${name}.ts`, import.meta.url), "utf8"))
      .join("\n");
    const text = '("[^"]+"|`[^`]+`)';
    const forms = [
      `refuse\\(issues, \\[[^\\]]*\\], ${text}`,
      `z\\.regex\\([^;]*?/, (?:\\{\\s*error: )?${text}`,
      `refine\\([^"]*, ${text}`,
    ];
    const written = forms.flatMap((form) => [...source.replaceAll(/\s+/g, " ").matchAll(new RegExp(form, "g"))]);
    const messages = written.map(([, message = ""]) => message.slice(1, -1).replaceAll(/\$\{[^}]+\}/g, "X"));
    expect(messages.length).toBeGreaterThan(15);
    const isKnown = (message: string): boolean => MESSAGES_IN_FRENCH.some(([form]) => form.test(message));
    expect(messages.filter((message) => !isKnown(message))).toEqual([]);
  });
});
