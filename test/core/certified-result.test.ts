import { describe, expect, test } from "vitest";
import { certifiedResult } from "#core/certified-result.ts";
import { SPOILED } from "#core/selection.ts";
import { law, race, rankedRace } from "#test/definitions.ts";

const tallies = (byRegion: Readonly<Record<string, Readonly<Record<string, number>>>>) =>
  new Map(Object.entries(byRegion).map(([regionId, tally]) => [regionId, new Map(Object.entries(tally))]));

describe("the result in a certificate", () => {
  test("of a law: its one contest and the whole country say the same, outcome included", () => {
    const { contests, wholeCountry } = certifiedResult(law(), tallies({ all: { oui: 3, non: 2, "!": 1, "-": 4 } }), 20);
    const counted = { ballots: 10, total: 5, blank: 4, spoiled: 1, votes: { oui: 3, non: 2 }, outcome: "adopted" };
    expect(contests).toEqual([{ regionId: "all", ...counted }]);
    expect(wholeCountry).toEqual({ regionId: null, ...counted });
  });

  test("of a law whose quorum is a share of the roll", () => {
    const outcomeWith = (onRoll: number) =>
      certifiedResult(law({ quorum: 0.5 }), tallies({ all: { oui: 3 } }), onRoll).wholeCountry.outcome;
    expect(outcomeWith(6)).toBe("adopted");
    expect(outcomeWith(7)).toBe("quorum-not-reached");
  });

  test("of a law: what was set aside is no voter's, and counts towards no quorum", () => {
    const outcome = (setAside: number, isOld = false) =>
      certifiedResult(law({ quorum: 0.5 }), tallies({ all: { oui: 3, [SPOILED]: 2 } }), 10, { setAside, isOld })
        .wholeCountry;
    expect(outcome(0)).toMatchObject({ ballots: 5, spoiled: 2, outcome: "adopted" });
    expect(outcome(1)).toMatchObject({ ballots: 5, spoiled: 2, outcome: "quorum-not-reached" });
    expect(outcome(1, true).outcome).toBe("adopted");
  });

  test("of a law nobody voted on: noughts, and not adopted", () => {
    const { wholeCountry } = certifiedResult(law(), new Map(), 20);
    expect(wholeCountry).toMatchObject({ ballots: 0, total: 0, votes: { oui: 0, non: 0 } });
    expect(wholeCountry.outcome).not.toBe("adopted");
  });

  test("of a race: a contest for each region in the definition's order, and their sum; no outcome of a law", () => {
    const { contests, wholeCountry } = certifiedResult(
      race(),
      tallies({ "2": { "3": 5 }, "1": { "1": 2, "2": 1 } }),
      20,
    );
    expect(contests).toEqual([
      {
        ...{ regionId: "1", ballots: 3, total: 3, blank: 0, spoiled: 0, votes: { "1": 2, "2": 1 } },
        seat: { kind: "elected", candidateId: "1" },
      },
      {
        ...{ regionId: "2", ballots: 5, total: 5, blank: 0, spoiled: 0, votes: { "3": 5 } },
        seat: { kind: "elected", candidateId: "3" },
      },
    ]);
    expect(wholeCountry).toEqual({
      regionId: null,
      ballots: 8,
      total: 8,
      blank: 0,
      spoiled: 0,
      votes: { "1": 2, "2": 1, "3": 5 },
    });
  });

  test("of a ranked race: its rounds and transfers as plain numbers, but none for regions with candidates of their own", () => {
    const definition = rankedRace({
      candidates: ["1", "2", "3"]
        .map((candidateId) => ({
          candidateId,
          firstName: "A",
          lastName: "B",
          regionIds: ["1"],
        }))
        .concat([{ candidateId: "4", firstName: "A", lastName: "B", regionIds: ["2"] }]),
    });
    const { contests, wholeCountry } = certifiedResult(
      definition,
      tallies({ "1": { "1": 4, "2": 3, "3>2": 2 }, "2": { "4": 1 } }),
      20,
    );
    expect(contests[0]?.votes).toEqual({ "1": 4, "2": 3, "3": 2 });
    expect(contests[0]?.ranked).toEqual({
      rounds: [
        {
          number: 1,
          votes: { "1": 4, "2": 3, "3": 2 },
          continuing: 9,
          exhausted: 0,
          threshold: 5,
          eliminated: ["3"],
          transfers: { "2": 2 },
          transferredToExhausted: 0,
        },
        {
          number: 2,
          votes: { "1": 4, "2": 5 },
          continuing: 9,
          exhausted: 0,
          threshold: 5,
          transfers: {},
          transferredToExhausted: 0,
        },
      ],
      outcome: { kind: "elected", candidateId: "2" },
    });
    expect(contests[1]?.ranked?.outcome).toEqual({ kind: "elected", candidateId: "4" });
    expect(wholeCountry).not.toHaveProperty("ranked");
  });

  test("of a ranked race with a tie: who is tied, and over what", () => {
    const { contests } = certifiedResult(rankedRace(), tallies({ "1": { "1": 1, "2": 1 } }), 20);
    expect(contests[0]?.ranked?.outcome).toEqual({
      kind: "tie",
      tied: ["1", "2"],
      over: expect.stringMatching(/win|elimination/),
    });
    expect(contests[1]?.ranked?.outcome).toEqual({ kind: "no-ballots" });
  });
});
