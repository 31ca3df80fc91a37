import { describe, expect, test } from "vitest";
import { certifiedResult } from "#core/certified-result.ts";
import { ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { withLot, withWithdrawal } from "#core/officers-acts.ts";
import { countBallot, SPOILED, writeSelection } from "#core/selection.ts";
import { isNoise, selectionOf } from "#load/rehearsal/casting.ts";
import { board } from "#load/rehearsal/contests/board.ts";
import { chair } from "#load/rehearsal/contests/chair.ts";
import type { Ballots, Contest } from "#load/rehearsal/contests/contest.ts";
import { council } from "#load/rehearsal/contests/council.ts";
import { law } from "#load/rehearsal/contests/law.ts";
import { bylaw, mayor, projects } from "#load/rehearsal/contests/paper.ts";
import { ward } from "#load/rehearsal/contests/ward.ts";
import { Diary } from "#load/rehearsal/diary.ts";
import { certifiable, certifiedFigures, certifiedWinners, winnersIn } from "#load/rehearsal/standing.ts";

const AT = "2026-10-19T21:00:00Z";

/** Cast while the day's acts on the roll are shown. */
const DURING_ACTS: readonly Ballots[] = [
  ["east", 3, "ann"],
  ["west", 1, "fay"],
];

function tallied({ morning, afternoon }: Contest, more: readonly Ballots[], definition: ElectionDefinition) {
  const tallies = new Map<string, Map<string, number>>();
  for (const [regionId, ballots, says] of [...morning, ...afternoon, ...more]) {
    const tally = tallies.get(regionId) ?? new Map<string, number>();
    tallies.set(regionId, tally);
    const interpretation = isNoise(says) ? SPOILED : writeSelection(selectionOf(says, definition));
    for (let ballot = 0; ballot < ballots; ballot++) countBallot(tally, interpretation);
  }
  return tallies;
}

/** The definition as it is at the end of the day. */
function atNight({ electionId, definition, withdraws, tie }: Contest): ElectionDefinition {
  const read = ElectionDefinition.parse({
    electionId,
    ...definition,
    opensAt: "2026-10-19T09:00:00Z",
    closesAt: "2026-10-19T20:00:00Z",
  });
  const withdrawn = withdraws === undefined ? read : withWithdrawal(read, withdraws.candidateId, AT);
  if (tie === undefined) return withdrawn;
  return withLot(withdrawn, { regionId: tie.regionId, order: [...tie.order], drawnAt: AT });
}

describe("the rehearsal's numbers, which were worked out by hand", () => {
  test.each([
    [ward, DURING_ACTS],
    [law, []],
    [chair, []],
    [council, []],
    [board, []],
    [mayor, []],
    [projects, []],
    [bylaw, []],
  ] as const)("are what the rules make of its ballots: $electionId", (contest, more) => {
    const definition = atNight(contest);
    const onRoll = Number(contest.certified.counts.onRoll);
    const { contests } = certifiedResult(definition, tallied(contest, more, definition), onRoll);
    for (const counted of contests) {
      const figures = contest.results.byRegion[String(counted.regionId)] ?? contest.results.all;
      expect([counted.regionId, certifiedFigures(counted), certifiedWinners(counted)]).toEqual([
        counted.regionId,
        certifiable(figures),
        winnersIn(figures),
      ]);
    }
  });
});

describe("the rehearsal's diary", () => {
  test("the first figure that differs ends the day, with what differs", () => {
    const diary = new Diary(() => {});
    diary.step("The results");
    diary.must("votes for ann", 14, 14);
    expect(() => diary.must("votes for bob", 11, 12)).toThrow(
      new EnglishRefusal("\nThe results\nvotes for bob must be 11, and is 12."),
    );
  });

  test("a figure that is missing, or that nobody expects, differs", () => {
    const diary = new Diary(() => {});
    expect(() => diary.mustEach("ward: ", { valid: 28 }, {})).toThrow(/valid must be 28, and is nothing/);
    expect(() => diary.mustEach("ward: ", {}, { tied: 2 })).toThrow(/tied must be nothing, and is 2/);
  });
});
