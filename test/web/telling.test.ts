import { describe, expect, test } from "vitest";
import type { ElectionDefinition } from "#core/election.ts";
import { withWithdrawal } from "#core/officers-acts.ts";
import type { ElectionResults, LawResults } from "#functions/results/contract.ts";
import type { Results } from "#published/figures.ts";
import { chooseRace, law, race, rankedRace, transferRace } from "#test/definitions.ts";
import { lawCount, publicly, rankedCount, singleCount } from "#test/published/examples.ts";
import { CATALOGUE } from "#test/web/catalogue.ts";
import { tellVerdict } from "#web/results/telling.ts";

/** The sentences that a newsroom quotes, for each kind of vote, in each state. */

const tell = (definition: ElectionDefinition, results: Results, language: "en" | "fr" = "en") =>
  tellVerdict({ t: CATALOGUE[language], language }, publicly(definition), results);
/** With plain spaces, which no editor hides. */
const said = (definition: ElectionDefinition, results: Results) =>
  (["en", "fr"] as const).map((language) => tell(definition, results, language).headline.replaceAll(/\s/g, " "));

const candidates = ["1", "2", "3", "4"].map((id) => ({
  ...{ candidateId: id, firstName: "Candidate", lastName: id, regionIds: ["1", "2"] },
}));
const open = { status: "open" as const, updated_at: "2026-01-01T12:30:45.000Z" };

describe("a law", () => {
  type Kind = LawResults["outcome"]["kind"];
  const count = (kind: Kind, oui: number, non: number, more: Partial<LawResults> = {}): LawResults => ({
    ...{ ...lawCount, oui, non, total: oui + non, outcome: { ...lawCount.outcome, kind } },
    ...{ turnout: { ballots: oui + non + 16, on_roll: 2000, percentage: 61 }, ...more },
  });
  const withQuorum = law({ quorum: 0.4 });

  test("is adopted with its share, of how many, and the quorum", () => {
    expect(said(withQuorum, count("adopted", 640, 564))).toEqual([
      "The law is adopted with 53.2% of 1,204 valid votes; the quorum of 40% is reached.",
      "La loi est adoptée avec 53,2 % des 1 204 suffrages exprimés ; le quorum de 40 % est atteint.",
    ]);
  });

  test("is rejected with what it has and what it needed, be it by one vote of many or by a tie", () => {
    const twoThirds = law({ requiredMajority: { kind: "at-least", share: "2/3" } });
    expect(said(twoThirds, count("rejected", 640, 564))).toEqual([
      "The law is rejected: Yes has 53.2% of 1,204 valid votes and needed at least 66.7%.",
      "La loi est rejetée : le Oui obtient 53,2 % des 1 204 suffrages exprimés et il en fallait au moins 66,7 %.",
    ]);
    expect(tell(twoThirds, count("rejected", 640, 564)).details[0]).toContain(
      "Among these votes, 163\u00a0more had to be Yes.",
    );
    expect(said(law(), count("rejected", 49_999, 50_001))[0]).toContain("Yes has 49.999% of 100,000 valid votes");
    expect(said(law(), count("rejected", 3, 3))[0]).toBe(
      "The law is rejected: Yes has 50.0% of 6 valid votes and needed more than 50%.",
    );
    expect(said(law(), count("rejected", 0, 0))[0]).toBe("The law is rejected: there is no valid vote.");
  });

  test("that misses its quorum tells the turnout, and how many ballots were missing", () => {
    const results = count("quorum-not-reached", 564, 140);
    expect(said(withQuorum, results)).toEqual([
      "The law is not adopted: 36.0% of 2,000 voters on the roll voted, and the quorum of 40% is not reached.",
      "La loi n’est pas adoptée : 36,0 % des 2 000 personnes inscrites ont voté, et le quorum de 40 % n’est pas atteint.",
    ]);
    expect(tell(withQuorum, results).details[1]).toContain("80\u00a0more ballots were needed.");
  });

  test("tells no turnout above a quorum that it misses for ballots that were set aside", () => {
    expect(said(withQuorum, count("quorum-not-reached", 640, 564))[0]).toBe(
      "The law is not adopted: the quorum of 40% is not reached.",
    );
  });

  test("while voting is open tells how it stands, and what is missing to either", () => {
    const { headline, details, isWon } = tell(withQuorum, count("undecided", 340, 364, open));
    expect(headline).toBe(
      "So far Yes has 48.3% of 704\u00a0valid votes and needs more than 50%; 36.0% have voted, and the quorum is 40%.",
    );
    expect(details.join(" ")).toContain("Among these votes, 13\u00a0more would have to be Yes.");
    expect(details.join(" ")).toContain("80\u00a0more ballots are needed.");
    expect(isWon).toBe(false);
    expect(said(law(), count("undecided", 0, 0, open))[0]).toBe("No vote has been counted yet.");
  });

  test("has majority and quorum as lines on its bars", () => {
    expect(tell(withQuorum, count("adopted", 640, 564)).bars).toMatchObject([
      { name: "Yes", share: "53.2%", mark: "Most votes", needed: { percentage: 50, label: "Needed: more than 50%" } },
      { name: "No", share: "46.8%" },
      { name: "Turnout", share: "61.0%", percentage: 61, needed: { percentage: 40, label: "Quorum: 40%" } },
    ]);
  });
});

describe("a race", () => {
  test("is told by name, share, votes and points, final or so far", () => {
    const results = singleCount({ 1: 512, 2: 400, 3: 292 });
    expect(said(race(), results)).toEqual([
      "Candidate 1 is elected with 42.5% of 1,204 valid votes, 112 votes (9.3 points) ahead of Candidate 2.",
      "Candidate 1 remporte l’élection avec 42,5 % des 1 204 suffrages exprimés, soit 112 voix (9,3 points) de plus que Candidate 2.",
    ]);
    expect(said(race(), { ...results, ...open })).toEqual([
      "So far Candidate 1 leads with 42.5% of 1,204 valid votes, 112 votes (9.3 points) ahead of Candidate 2.",
      "Pour l’instant, Candidate 1 mène avec 42,5 % des 1 204 suffrages exprimés, soit 112 voix (9,3 points) de plus que Candidate 2.",
    ]);
    expect(tell(race(), singleCount({ 1: 5, 2: 1 })).details).toEqual([
      "Turnout: 70.0%, 7 of 10\u00a0voters on the roll.",
    ]);
  });

  test("ends with one full stop, be it a name's own", () => {
    const results = singleCount({ 1: 5, 2: 1 });
    const named = results.candidates.map((one) => ({ ...one, name: "Ada Roy Jr." }));
    expect(tell(race(), { ...results, candidates: named }).headline).toMatch(/ ahead of Ada Roy Jr\.$/);
  });

  test("of one candidate says that nobody else has a vote", () => {
    expect(said(race(), singleCount({ 1: 12 }))[0]).toBe(
      "Candidate 1 is elected with 100.0% of 12 valid votes; nobody else has a vote.",
    );
  });

  test("with a tie names those tied, and nobody as elected", () => {
    expect(said(race(), singleCount({ 1: 3, 2: 3, 3: 1 }))).toEqual([
      "Candidate 1 and Candidate 2 are tied with 3 votes each, 42.9% of 7 valid votes: nobody is elected.",
      "Personne ne remporte l’élection : Candidate 1 et Candidate 2 sont à égalité avec 3 voix (42,9 % des 7 suffrages exprimés).",
    ]);
    expect(tell(race(), singleCount({ 1: 3, 2: 3 })).isWon).toBe(false);
  });

  test("that a lot decided says so", () => {
    const outcome = {
      ...{ kind: "elected" as const, candidate_ids: ["2"], tie_over: null, elected: ["2"], open_seats: 0 },
      by_lot: { tied: ["1", "2"], seats: 1, by: "lot-after-closing" as const },
    };
    expect(said(race(), singleCount({ 1: 3, 2: 3, 3: 1 }, { outcome }))[0]).toBe(
      "Candidate 2 is elected by lot: Candidate 1 and Candidate 2 are tied with 3 votes each, 42.9% of 7 valid votes.",
    );
  });

  test("without a vote has nobody elected, or nothing yet", () => {
    expect(said(race(), singleCount({ 1: 0 }))[0]).toBe("Nobody is elected: no ballot names anybody.");
    expect(said(race(), singleCount({ 1: 0 }, open))[0]).toBe("No vote has been counted yet.");
  });

  test("won by somebody who withdrew, whose votes count, says so", () => {
    const withdrawn = withWithdrawal(race({ withdrawn: "count" }), "1", "2026-01-01T00:00:00Z");
    expect(tell(withdrawn, singleCount({ 1: 3, 2: 1 })).details[0]).toBe(
      "Withdrawn, but counted by the rules of this election: Candidate 1.",
    );
  });
});

describe("rounds", () => {
  test("are told by the last: its two, the margin, and how many ballots are exhausted", () => {
    const [round] = rankedCount.rounds ?? [];
    if (round === undefined) throw new Error("a round is needed");
    const results = { ...rankedCount, rounds: [round, { ...round, round: 2, exhausted: 2 }] };
    expect(said(rankedRace(), results)).toEqual([
      "Ada Roy is elected with 75.0% of 4 votes in round 2, 2 votes (50.0 points) ahead of Bo Lee.",
      "Ada Roy remporte l’élection avec 75,0 % des 4 voix au tour 2, soit 2 voix (50,0 points) de plus que Bo Lee.",
    ]);
    const told = tell(rankedRace(), results);
    expect(told.details[0]).toBe("2\u00a0ballots are exhausted: nobody ranked on them is still in.");
    expect(told.bars).toMatchObject([
      { name: "Ada Roy", mark: "Elected", needed: { percentage: 50, label: "Majority: more than 50%" } },
      { name: "Bo Lee" },
    ]);
    expect(said(rankedRace(), { ...results, ...open })[0]).toMatch(/^So far Ada Roy would be elected with 75.0%/);
  });

  test("that stop at a tie over an elimination say what depends on it", () => {
    const tie = { kind: "tie" as const, candidate_ids: ["1", "2"], tie_over: "elimination" as const, elected: [] };
    expect(said(rankedRace(), { ...rankedCount, outcome: { ...tie, open_seats: 1 } })[0]).toBe(
      "Nobody is elected: Ada Roy and Bo Lee are tied over an elimination in round 1, on which the result depends.",
    );
  });

  test("of a single transferable vote name the elected, in which order, and the quota", () => {
    const [round] = rankedCount.rounds ?? [];
    if (round === undefined) throw new Error("a round is needed");
    const elected = { kind: "elected" as const, candidate_ids: ["2", "1"], tie_over: null, elected: ["2", "1"] };
    const results: ElectionResults = {
      ...{ ...rankedCount, voting_method: "stv", outcome: { ...elected, open_seats: 0 } },
      rounds: [
        { ...round, threshold: 2, elected: ["2"] },
        { ...round, round: 2, threshold: 2, elected: ["1"] },
      ],
    };
    const { headline, details } = tell(transferRace({ candidates, seats: 2 }), results);
    expect(headline).toBe("Bo Lee and Ada Roy are elected to the 2\u00a0seats.");
    expect(details.slice(0, 2)).toEqual([
      "In the order of election: Bo Lee (round\u00a01) and Ada Roy (round\u00a02).",
      "The quota is 2 of 4\u00a0valid votes.",
    ]);
  });
});

describe("several seats", () => {
  const council = chooseRace({ seats: 3, candidates });
  const three = { kind: "elected" as const, candidate_ids: ["1", "2", "3"], tie_over: null, elected: ["1", "2", "3"] };
  const count = (outcome: Partial<NonNullable<ElectionResults["outcome"]>> = {}) =>
    singleCount(
      { 1: 512, 2: 400, 3: 300, 4: 292 },
      { voting_method: "choose", total: 1000, outcome: { ...three, open_seats: 0, ...outcome } },
    );

  test("name all who are elected, and how far the last is ahead of the first who is not", () => {
    expect(said(council, count())).toEqual([
      "Candidate 1, Candidate 2, and Candidate 3 are elected to the 3 seats; Candidate 3 is 8 votes (0.8 points) ahead of Candidate 4.",
      "Les 3 sièges vont à Candidate 1, Candidate 2 et Candidate 3 ; Candidate 3 devance Candidate 4 de 8 voix (0,8 point).",
    ]);
  });

  test("of a large council are counted first, and named with their votes", () => {
    const ids = Array.from({ length: 8 }, (_, at) => String(at + 1));
    const large = chooseRace({ seats: 7, candidates: ids.map((id) => ({ ...candidates[0], candidateId: id })) });
    const votes = Object.fromEntries(ids.map((id) => [id, 100 - Number(id)]));
    const elected = ids.slice(0, 7);
    const told = tell(
      large,
      singleCount(votes, {
        ...{ voting_method: "choose", total: 100 },
        outcome: { kind: "elected", candidate_ids: elected, tie_over: null, elected, open_seats: 0 },
      }),
    );
    expect(told.headline.replaceAll(/\s/g, " ")).toBe(
      "All 7 seats are filled; Candidate 7 is 1 vote (1.0 points) ahead of Candidate 8.",
    );
    expect(told.details[0]).toMatch(/^Most votes first: Candidate 1 \(99\), .* and Candidate 7 \(93\)\.$/);
  });

  test("that a tie leaves open say who is tied for them", () => {
    const tie = { kind: "tie" as const, tie_over: "win" as const, candidate_ids: ["3", "4"], open_seats: 1 };
    expect(said(council, count({ ...tie, elected: ["1", "2"] }))).toEqual([
      "Candidate 1 and Candidate 2 are elected to 2 of 3 seats; Candidate 3 and Candidate 4 are tied for the last seat.",
      "2 des 3 sièges vont à Candidate 1 et Candidate 2 ; Candidate 3 et Candidate 4 sont à égalité pour le dernier siège.",
    ]);
  });

  test("that a lot filled say how it was drawn", () => {
    const by_lot = { tied: ["3", "4"], seats: 1, by: "lot" as const };
    expect(tell(council, count({ by_lot })).details).toContain(
      "Tie between Candidate 3 and Candidate 4, broken by the lot drawn before the election.",
    );
  });
});

describe("the seats of all regions", () => {
  const name = (text: string) => ({ fr: text, en: text });
  const definition = race({
    regions: ["1", "2", "3", "4", "5"].map((regionId) => ({ regionId, name: name(regionId) })),
    candidates: [{ candidateId: "1", firstName: "A", lastName: "B", regionIds: ["1", "2", "3", "4", "5"] }],
  });
  const count = (north: number, south: number, tied: number, more: Partial<ElectionResults> = {}) =>
    singleCount(
      { 1: 9 },
      {
        region_id: null,
        seats: Array.from({ length: tied }, (_, at) => ({
          ...{ region_id: String(at + 1), kind: "tie" as const, candidate_ids: [], tie_over: "win" as const },
          ...{ elected: [], open_seats: 1, votes: 1, margin: 0, whole: 2, ballots: 2, on_roll: 9 },
        })),
        seats_by_party: [
          { party: name("North"), colour: null, seats: north },
          { party: name("South"), colour: null, seats: south },
        ],
        ...more,
      },
    );

  test("say who has a majority, by how many, and how many are tied or open", () => {
    const told = tell(definition, count(3, 0, 1));
    expect(told).toMatchObject({ isWon: true, details: ["1\u00a0seat is tied. 1\u00a0seat has no result yet."] });
    expect(said(definition, count(3, 0, 1))).toEqual([
      "North has a majority: 3 of 5 seats.",
      "North obtient la majorité : 3 des 5 sièges.",
    ]);
    expect(told.bars[0]).toMatchObject({
      name: "North",
      percentage: 60,
      needed: { percentage: 60, label: "Majority: 3" },
    });
    expect(tell(definition, count(2, 1, 0, open))).toMatchObject({
      headline: "North leads: 2 of 5\u00a0seats, no majority.",
      details: ["1\u00a0seat more than South.", "2\u00a0seats have no result yet."],
      isWon: false,
    });
  });

  test("are told by how many are filled where there are no parties, and as none without a vote", () => {
    const independents = { seats_by_party: [{ party: null, colour: null, seats: 4 }] };
    expect(said(definition, count(0, 0, 0, independents))).toEqual([
      "4 of 5 seats are filled.",
      "4 des 5 sièges sont pourvus.",
    ]);
    expect(said(definition, count(0, 0, 0, open))[0]).toBe("No vote has been counted yet.");
  });
});

describe("whatever the kind", () => {
  const withheld = { withheld: "after-close" as const, total: null };

  test("a withheld result says when it is told, what the law needs, and how many voted", () => {
    const results = { ...lawCount, ...open, ...withheld, oui: null, non: null };
    const { headline, details, bars } = tell(law({ quorum: 0.25 }), results);
    expect(headline).toMatch(/^This result is published when voting closes, on December 31, 2099/);
    expect(details).toEqual([
      "The law is adopted if Yes has more than 50% of the valid votes.",
      "At least 25% of the people on the roll must vote.",
      "Turnout: 50.0%, 5 of 10\u00a0voters on the roll.",
    ]);
    expect(bars).toEqual([]);
  });

  test("once voting has closed and until all is counted, it says that ballots are being counted", () => {
    const late = { ...open, updated_at: "2100-01-01T00:00:00.000Z" };
    const counting = "Voting has closed. The last ballots are being counted.";
    const told = tell(race(), singleCount({ 1: 2, 2: 1 }, late));
    expect(told.headline).toMatch(/^So far Candidate 1 leads/);
    expect(told.details[0]).toBe(counting);
    expect(tell(race(), singleCount({ 1: 2 }, { ...late, ...withheld })).headline).toBe(counting);
  });

  test("results of another election are told by nobody", () => {
    expect(() => tell(race(), lawCount)).toThrow(RangeError);
  });
});
