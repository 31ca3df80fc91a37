import { expect, test } from "vitest";
import { candidatesIn, contestRegionIds, isSharedByAllRegions, partyOf, phaseAt, rollRegionId } from "#core/contest.ts";
import { faultsOf, law, race, rankedRace } from "#test/definitions.ts";

test("a vote is open from its opening instant, inclusive, to its closing instant, exclusive", () => {
  const definition = law({ opensAt: "2026-01-01T12:00:00Z", closesAt: "2026-01-02T12:00:00Z" });
  const at = (instant: string) => phaseAt(definition, Date.parse(instant));
  expect(at("2026-01-01T11:59:59.999Z")).toBe("upcoming");
  expect(at("2026-01-01T12:00:00.000Z")).toBe("open");
  expect(at("2026-01-02T11:59:59.999Z")).toBe("open");
  expect(at("2026-01-02T12:00:00.000Z")).toBe("closed");
});

test("a law is one contest for the whole country, whatever region a voter is registered in", () => {
  expect(contestRegionIds(law())).toEqual(["all"]);
  expect(rollRegionId(law(), "17")).toBe("all");
});

test("an election has one contest per region, and a voter of no such region is not on its roll", () => {
  expect(contestRegionIds(race())).toEqual(["1", "2"]);
  expect(rollRegionId(race(), "2")).toBe("2");
  expect(rollRegionId(race(), "9")).toBeUndefined();
});

test("only those who stand in a region are on its ballot", () => {
  const definition = race();
  if (definition.votingMethod === "referendum") throw new Error("a race was asked for");
  expect(candidatesIn(definition, "1").map(({ candidateId }) => candidateId)).toEqual(["1", "2"]);
});

test("nobody stands in a region that the election does not have", () => {
  const definition = race();
  if (definition.votingMethod === "referendum") throw new Error("a race was asked for");
  expect(candidatesIn(definition, "9")).toEqual([]);
});

test("a candidate has a party's name and colour, an independent neither", () => {
  const definition = race();
  if (definition.votingMethod === "referendum") throw new Error("a race was asked for");
  const [ofParty, independent] = definition.candidates;
  if (ofParty === undefined || independent === undefined) throw new Error("two candidates stand");
  expect(partyOf(definition, ofParty)).toEqual({ party: { fr: "Parti", en: "Party" }, colour: "#1d4ed8" });
  expect(partyOf(definition, independent)).toEqual({ party: null, colour: null });
});

test("all regions can be one count only where everybody stands in each of them", () => {
  const standing = (...regions: readonly string[][]) => {
    const definition = race({
      candidates: regions.map((regionIds, n) => ({ candidateId: `${n}`, firstName: "A", lastName: "B", regionIds })),
    });
    if (definition.votingMethod === "referendum") throw new Error("a race was asked for");
    return isSharedByAllRegions(definition);
  };
  expect(standing(["1", "2"], ["2", "1"])).toBe(true);
  expect(standing(["1", "2"], ["2"])).toBe(false);
  expect(standing(["1"], ["2"])).toBe(false);
});

test("numbers are read as strings", () => {
  expect(law({ electionId: 7 }).electionId).toBe("7");
});

const CANDIDATE = { candidateId: "1", firstName: "A", lastName: "B", regionIds: ["1"] };

test.each([
  ["closes before it opens", { closesAt: "2024-01-01T00:00:00Z" }, "closesAt", "close after it opens"],
  [
    "has a region twice",
    { regions: [0, 0].map(() => ({ regionId: "1", name: { fr: "a", en: "a" } })) },
    "regions[1]",
    "already used",
  ],
  ["is named like the address where ballots are cast", { electionId: "vote" }, "electionId", "where ballots are cast"],
  ["is named like the address of papers", { electionId: "paper" }, "electionId", "the address of papers"],
  ["names a paper that is no id", { paper: "town hall" }, "paper", "letters, digits, - and _ only"],
  [
    "calls a region by the whole country's name",
    { regions: [{ regionId: "all", name: { fr: "a", en: "a" } }] },
    "regions",
    "whole country",
  ],
  [
    "has a candidate of an unknown party",
    { candidates: [{ ...CANDIDATE, partyId: "x" }] },
    "candidates[0].partyId",
    "no party x",
  ],
  [
    "has a candidate of an unknown region",
    { candidates: [{ ...CANDIDATE, regionIds: ["9"] }] },
    "candidates[0].regionIds",
    "no region 9",
  ],
  ["leaves a region without candidates", { candidates: [CANDIDATE] }, "regions", "nobody stands in region 2"],
  ["names a candidate twice", { candidates: [CANDIDATE, CANDIDATE] }, "candidates[1]", "1 is already used"],
  [
    "has a colour that is none",
    { parties: [{ partyId: "p", name: { fr: "a", en: "a" }, colour: "red" }] },
    "parties[0].colour",
    "hexadecimal",
  ],
  ["has a field nobody knows", { closeAt: "2099" }, "", "closeAt"],
  ["closes as it opens", { closesAt: "2025-01-01T00:00:00Z" }, "closesAt", "close after it opens"],
  [
    "asks for a credential twice",
    { credentialFields: [0, 0].map(() => ({ name: "a", label: { fr: "a", en: "a" }, pattern: "[0-9]" })) },
    "credentialFields[1]",
    "a is already used in credentialFields",
  ],
  [
    "has a party twice",
    { parties: [0, 0].map(() => ({ partyId: "p", name: { fr: "a", en: "a" }, colour: "#000000" })) },
    "parties[1]",
    "p is already used in parties",
  ],
  ["tells times in no time zone", { timeZone: "Mars/Olympus" }, "timeZone", "IANA"],
  [
    "lets a credential hold the hash's separator",
    { credentialFields: [{ name: "a", label: { fr: "a", en: "a" }, pattern: "[|]" }] },
    "credentialFields[0].pattern",
    "made of",
  ],
])("a definition that %s is refused by field and rule", (_, change, field, rule) => {
  const faults = faultsOf({ ...race(), ...change });
  expect(faults).toContain(rule);
  expect(faults).toContain(field);
});

test("times may be told in UTC, and a quorum may be everybody", () => {
  expect(faultsOf({ ...law(), timeZone: "UTC" })).toBe("");
  // By an older name, a newer one, and another one of the same place.
  for (const timeZone of [
    "Asia/Kolkata",
    "Asia/Calcutta",
    "Europe/Kyiv",
    "America/Nuuk",
    "Canada/Atlantic",
    "Asia/Katmandu",
    "America/Port-au-Prince",
  ]) {
    expect(faultsOf({ ...law(), timeZone })).toBe("");
  }
  for (const timeZone of [
    "EST",
    "EST5EDT",
    "GMT",
    "+05:00",
    "Etc/GMT+5",
    "america/toronto",
    "America/TORONTO",
    "America/",
    "Asia/Bombay",
  ]) {
    expect(faultsOf({ ...law(), timeZone })).toContain("timeZone: not an IANA time zone");
  }
  expect(faultsOf({ ...law(), quorum: "3/3" })).toBe("");
  expect(faultsOf({ ...law(), quorum: "4/3" })).toContain("at most the whole");
});

test("an order drawn by lot names every candidate once", () => {
  expect(faultsOf({ ...rankedRace(), tieBreakOrder: ["1", "2"] })).toContain("every candidate once");
  expect(faultsOf({ ...rankedRace(), tieBreakOrder: ["3", "1", "2"] })).toBe("");
  expect(faultsOf({ ...rankedRace(), tieBreakOrder: ["3", "1", "2", "4"] })).toContain(
    "tieBreakOrder: the order drawn by lot",
  );
  expect(faultsOf({ ...rankedRace(), tieBreakOrder: ["3", "1", "2", "1"] })).toContain(
    "1 is already used in tieBreakOrder",
  );
});
