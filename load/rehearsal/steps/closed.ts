import type { Contest } from "#load/rehearsal/contests/contest.ts";
import { EVERYWHERE } from "#load/rehearsal/contests/contest.ts";
import type { Day } from "#load/rehearsal/day.ts";
import { found } from "#load/rehearsal/officer.ts";
import { figuresIn } from "#load/rehearsal/standing.ts";
import { KNOWN_AFTER_MS, until } from "#load/rehearsal/steps/times.ts";

/** After closing: recounts, lots, results. */

export async function recount({ scrutin, diary }: Day, { electionId, certified }: Contest): Promise<void> {
  const printed = await scrutin(["tally", "recount", electionId]);
  const agreed = found(printed, /tallies agree with the (\d+) stored ballots/);
  diary.must(`${electionId}: tallies agree with ballots`, String(certified.counts.cast), agreed);
}

/** A tie that no rule breaks, and the lot that was drawn in public. */
export async function drawLots({ scrutin, diary, contests }: Day): Promise<void> {
  for (const { electionId, tie } of contests) {
    if (tie === undefined) continue;
    const { regionId, told, order } = tie;
    const before = await scrutin(["results", electionId, "--region", regionId]);
    diary.must(`${electionId}: before the lot`, told, before.split("\n")[1]);
    const drawn = ["--region", regionId, "--order", order.join(), "--witness", "Bo Lee", "Cy Fox"];
    const printed = await scrutin(["election", "draw-lot", electionId, ...drawn, "--reason", "Elections Act, s. 61"]);
    diary.must(`${electionId}: elected by lot`, order[0], found(printed, /elected +candidate (\w+)/));
  }
  await until(Date.now() + KNOWN_AFTER_MS);
}

export async function compareResults({ scrutin, diary }: Day, { electionId, results }: Contest): Promise<void> {
  const regions = Object.entries(results.byRegion);
  const isByRegion = regions.length > 0 ? ["--by-region"] : [];
  const figures = figuresIn(await scrutin(["results", electionId, "--json", ...isByRegion]));
  for (const [where, mustBe] of [[EVERYWHERE, results.all] as const, ...regions]) {
    diary.mustEach(`${electionId}, ${where}: `, mustBe, figures.get(where) ?? {});
  }
}
