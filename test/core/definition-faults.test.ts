import { expect, test } from "vitest";
import { describeFault } from "#core/definition-faults.ts";
import { ElectionDefinition } from "#core/election.ts";
import { law, race, rankedRace } from "#test/definitions.ts";

/** What an officer is told of a definition, a sentence for each fault. */
function told(definition: unknown): readonly string[] {
  const { error } = ElectionDefinition.safeParse(definition);
  return (error?.issues ?? []).map((issue) => describeFault(issue, definition));
}

const candidate = { candidateId: "1", firstName: "Ada", lastName: "Roy", regionIds: ["1", "2"] };
const party = { partyId: "p", name: { fr: "Parti", en: "Party" }, colour: "#1d4ed8" };

test.each([
  ["a missing field", { ...law(), title: undefined }, ["title: is missing."]],
  ["a missing field within another", { ...law(), title: { fr: "Loi" } }, ["title.en: is missing."]],
  ["another type", { ...law(), title: "Law" }, ["title: must be of type object."]],
  ["a number with decimals", { ...law(), minimumBallots: 1.5 }, ["minimumBallots: must be of type whole number."]],
  ["a number too small", { ...law(), minimumBallots: 0 }, ["minimumBallots: must be at least 1."]],
  ["a number too large", { ...rankedRace(), maxRankings: 51 }, ["maxRankings: must be at most 50."]],
  ["an empty text", { ...law(), title: { fr: "", en: "Law" } }, ["title.fr: must have at least 1 character."]],
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
    ["candidates[0].regionIds: must have at least 1 item."],
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
    ["votingMethod: must be one of referendum, single_choice, ranked_choice."],
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
    ["parties[0].colour: a colour is # and six lower-case hexadecimal digits."],
  ],
  [
    "neither of two types",
    { ...race(), electionId: true },
    ["electionId: must be of type string, or must be of type number."],
  ],
  [
    "a broken rule between fields",
    { ...race(), candidates: [{ ...candidate, partyId: "q" }] },
    ["candidates[0].partyId: no party q is defined."],
  ],
  ["something else altogether", 7, ["the definition: must be of type object."]],
])("tells of %s", (_, definition, sentences) => {
  expect(told(definition)).toEqual(sentences);
});

test("several faults are told one by one", () => {
  expect(told({ ...law(), minimumBallots: 0, allowBlank: "no" })).toEqual([
    "minimumBallots: must be at least 1.",
    "allowBlank: must be of type boolean.",
  ]);
});
