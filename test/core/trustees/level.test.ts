import { describe, expect, test } from "vitest";
import { isTrustees } from "#core/contest.ts";
import { consoleWarnings, fieldFaults } from "#core/definition-faults.ts";
import { POINT_BYTES } from "#core/trustees/group.ts";
import { MOST_CHOICES } from "#core/trustees/level.ts";
import { BY_TRUSTEES, chooseRace, faultsOf, law, race, rankedRace, transferRace } from "#test/definitions.ts";

/** So many candidates in region 1, and one in region 2. */
function crowd(length: number): Record<string, unknown> {
  const candidates = Array.from({ length }, (_, at) => ({
    candidateId: `c${at}`,
    lastName: `Roy ${at}`,
    regionIds: ["1"],
  }));
  return { candidates: [...candidates, { candidateId: "other", lastName: "Fox", regionIds: ["2"] }] };
}

/** Its faults, each of which is told in French too. */
function faultsIn(definition: unknown): string {
  for (const { rule } of fieldFaults(definition)) expect(rule.fr).toMatch(/dépositaires/);
  return faultsOf(definition);
}

test("a definition that says nothing of trust means what it meant: the office has the key", () => {
  expect(law()).not.toHaveProperty("trust");
  expect([law(), law({ trust: "live" }), law(BY_TRUSTEES)].map(isTrustees)).toEqual([false, false, true]);
});

describe("where trustees hold the key, a definition", () => {
  test("may be of every kind of contest", () => {
    const many = { ...crowd(255), ...BY_TRUSTEES };
    const few = { ...crowd(28), ...BY_TRUSTEES };
    const definitions = [
      law(BY_TRUSTEES),
      race(many),
      chooseRace({ ...few, maxChoices: "all" }),
      rankedRace({ ...many, maxRankings: 28 }),
      // A ballot names nobody twice.
      transferRace({ ...few, maxRankings: 50 }),
    ];
    expect(definitions.map(isTrustees)).toEqual([true, true, true, true, true]);
  });

  const [number, code] = law(BY_TRUSTEES).credentialFields;

  test.each<[string, Record<string, unknown>, string]>([
    [
      "shows results while voting is open",
      { results: "live" },
      "results: must be after_close where trust is trustees.",
    ],
    ["shows them to who voted", { results: "after_vote" }, "results: must be after_close where trust is trustees."],
    [
      "gives its box to auditors alone",
      { verification: "auditors" },
      "verification: must be public where trust is trustees.",
    ],
    ["is a question of a paper", { paper: "P1" }, "paper: has no place where trust is trustees."],
    [
      "has voters sign in",
      {
        credentialFields: undefined,
        identity: { kind: "oidc", issuer: "https://example.org", clientId: "a", claim: "sub" },
      },
      "identity: has no place where trust is trustees.",
    ],
  ])("is refused when it %s", (_, overrides, fault) => {
    expect(faultsIn({ ...law(), ...BY_TRUSTEES, ...overrides })).toBe(fault);
  });

  test("says what voters type", () => {
    expect(faultsOf({ ...law(), ...BY_TRUSTEES, credentialFields: undefined })).toBe("credentialFields: is missing.");
  });

  test.each<[string, readonly unknown[]]>([
    ["a code alone", [code]],
    ["a number that is no identity", [{ ...number, identity: undefined }, code]],
    ["a code that checks nothing", [number, { ...code, hasCheckCharacter: false }]],
    ["a code of eleven characters", [number, { ...code, pattern: "[2-9A-HJKMNP-TW-Z]{11}" }]],
    ["the code first", [code, number]],
    ["a third field", [number, code, { ...number, name: "third" }]],
  ])("is refused with %s", (_, credentialFields) => {
    expect(faultsIn({ ...law(), ...BY_TRUSTEES, credentialFields })).toMatch(
      /^credentialFields: must be the number on the card, .* where trust is trustees\.$/,
    );
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      "256 candidates in a region",
      { ...race(), ...crowd(256) },
      "regions: region 1 has 256 candidates, at most 255 where trust is trustees.",
    ],
    [
      "29 ranks",
      { ...rankedRace(), ...crowd(29), maxRankings: 29 },
      "maxRankings: a ballot of region 1 could name 29 candidates, at most 28 where trust is trustees.",
    ],
    [
      "29 marks",
      { ...chooseRace(), ...crowd(29), maxChoices: "all" },
      "maxChoices: a ballot of region 1 could name 29 candidates, at most 28 where trust is trustees.",
    ],
  ])("is refused with %s", (_, definition, fault) => {
    expect(faultsIn({ ...definition, ...BY_TRUSTEES })).toBe(fault);
    expect(faultsOf({ ...definition, trust: "live" })).toBe("");
  });

  test("asks for no more choices than the encoding of an element has room for", () => {
    const counterAndNumber = 3;
    const zeroAtTheEnd = 1;
    expect(MOST_CHOICES).toBe(POINT_BYTES - counterAndNumber - zeroAtTheEnd);
  });
});

test("the console says that it cannot register an election of which trustees hold the key", () => {
  expect(consoleWarnings(law())).toEqual([]);
  const [{ en, fr } = { en: "", fr: "" }] = consoleWarnings(law(BY_TRUSTEES));
  expect(en).toContain("scrutin election apply FILE --ceremony FOLDER");
  expect(fr).toContain("scrutin election apply FICHIER --ceremony DOSSIER");
});
