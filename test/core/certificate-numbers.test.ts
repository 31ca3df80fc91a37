import { describe, expect, test } from "vitest";
import { CERTIFICATE_FORMAT, type Certificate, contradictions } from "#core/ballot-box.ts";
import { certifiedResult } from "#core/certified-result.ts";
import { OPENING, race } from "#test/definitions.ts";

const definition = race({ allowBlank: true });

const HONEST: Certificate = {
  format: CERTIFICATE_FORMAT,
  opening: OPENING,
  certifiedAt: "2026-01-01T00:00:00Z",
  definition,
  publicKey: "",
  merkleRoot: "0".repeat(64),
  counts: { onRoll: 12, cast: 8, counted: 5, blank: 2, spoiled: 1, setAside: 0, duplicates: 3, invalid: 4 },
  onRoll: { "1": 6, "2": 6 },
  struck: { reissued: 0, removed: 0, moved: 0, "voted-elsewhere": 0 },
  rollRoot: "0".repeat(64),
  ...certifiedResult(
    definition,
    new Map([
      [
        "1",
        new Map([
          ["1", 3],
          ["-", 2],
          ["!", 1],
        ]),
      ],
      ["2", new Map([["3", 2]])],
    ]),
    12,
  ),
};

const BOX = new Map([
  ["1", { ballots: 6, setAside: 0 }],
  ["2", { ballots: 2, setAside: 0 }],
]);

/** What is said of the certificate with this count, or this contest's field, changed. */
const withCount = (change: Partial<Certificate["counts"]>) =>
  contradictions({ ...HONEST, counts: { ...HONEST.counts, ...change } }, BOX);
const withContest = (index: number, change: Partial<Certificate["wholeCountry"]>) =>
  contradictions(
    {
      ...HONEST,
      contests: HONEST.contests.map((contest, at) => (at === index ? { ...contest, ...change } : contest)),
    },
    BOX,
  );

describe("the numbers of a certificate", () => {
  test("add up when they are honest", () => {
    expect(contradictions(HONEST, BOX)).toEqual([]);
  });

  test("count as spoiled what is set aside, which may be of nobody on the roll", () => {
    expect(withCount({ setAside: 2 })).toEqual(["2 set aside among 1 spoiled"]);
    const fewVoters = { ...HONEST, counts: { ...HONEST.counts, onRoll: 11 }, onRoll: { "1": 5, "2": 6 } };
    expect(contradictions(fewVoters, BOX)).toEqual(["6 ballots not set aside in region 1, which has 5 voters"]);
    const oneWithout = { ...fewVoters, counts: { ...fewVoters.counts, setAside: 1 } };
    expect(contradictions(oneWithout, new Map([...BOX, ["1", { ballots: 6, setAside: 1 }]]))).toEqual([]);
  });

  test("must not make room in one region with ballots set aside in another", () => {
    const counts = { ...HONEST.counts, onRoll: 7, setAside: 1 };
    const elsewhere = new Map([...BOX, ["2", { ballots: 2, setAside: 1 }]]);
    expect(contradictions({ ...HONEST, counts, onRoll: { "1": 5, "2": 2 } }, elsewhere)).toEqual([
      "6 ballots not set aside in region 1, which has 5 voters",
    ]);
  });

  test("must have in each region the ballots that lie in its box, which shows whether the envelopes open or not", () => {
    const moved = new Map([...BOX].map(([regionId, lines], at) => [regionId, { ...lines, ballots: at === 0 ? 7 : 1 }]));
    expect(contradictions(HONEST, moved)).toEqual([
      "ballots in region 1 is 6, its parts add up to 7",
      "7 ballots not set aside in region 1, which has 6 voters",
      "ballots in region 2 is 2, its parts add up to 1",
    ]);
  });

  test("must not have more ballots than voters altogether", () => {
    expect(contradictions({ ...HONEST, counts: { ...HONEST.counts, onRoll: 7 } }, BOX)).toEqual([
      "on the roll is 7, its parts add up to 12",
      "8 ballots not set aside, of 7 voters",
    ]);
  });

  test("must add up to the ballots cast, and to the roll", () => {
    expect(withCount({ onRoll: 13 })).toEqual(["on the roll is 13, its parts add up to 12"]);
    expect(withCount({ cast: 9 })).toEqual([
      "cast is 9, its parts add up to 8",
      "cast in the whole country is 8, its parts add up to 9",
      "cast by region is 9, its parts add up to 8",
    ]);
  });

  test.each([
    ["counted", 5],
    ["blank", 2],
    ["spoiled", 1],
  ] as const)("must say as many %s everywhere", (name, count) => {
    expect(withCount({ [name]: count + 1 })).toEqual([
      "cast is 8, its parts add up to 9",
      `${name} in the whole country is ${count}, its parts add up to ${count + 1}`,
      `${name} by region is ${count + 1}, its parts add up to ${count}`,
    ]);
  });

  test("must have in each contest the votes that its total says", () => {
    expect(withContest(1, { votes: { "3": 3 } })).toEqual(["counted in 2 is 2, its parts add up to 3"]);
    expect(contradictions({ ...HONEST, wholeCountry: { ...HONEST.wholeCountry, votes: { "1": 3 } } }, BOX)).toEqual([
      "counted in the whole country is 5, its parts add up to 3",
    ]);
  });

  test("must not have more ballots in a region than voters", () => {
    expect(contradictions({ ...HONEST, onRoll: { "1": 5, "2": 7 } }, BOX)).toEqual([
      "6 ballots not set aside in region 1, which has 5 voters",
    ]);
    expect(contradictions({ ...HONEST, onRoll: { "2": 12 } }, BOX)).toEqual([
      "6 ballots not set aside in region 1, which has 0 voters",
    ]);
    expect(contradictions({ ...HONEST, onRoll: { "1": 6, "2": 6 } }, BOX)).toEqual([]);
  });
});
