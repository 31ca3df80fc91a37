import { castAll } from "#load/rehearsal/casting.ts";
import { CONTACT, type Contest, inBoth, standing } from "#load/rehearsal/contests/contest.ts";
import type { Day } from "#load/rehearsal/day.ts";
import { found } from "#load/rehearsal/officer.ts";
import { openPoll } from "#load/rehearsal/poll.ts";
import { apply, importRoll, timesOf } from "#load/rehearsal/steps/before.ts";
import { stateOpening } from "#load/rehearsal/steps/opening.ts";
import { KNOWN_AFTER_MS, MINUTE_MS, until } from "#load/rehearsal/steps/times.ts";
import type { Person } from "#load/rehearsal/town.ts";
import { exchange } from "#load/shared/exchange.ts";

/** An election for rehearsal: in no public list, voted in, and deleted while it is open. */

export const trial: Pick<Contest, "electionId" | "definition" | "roll"> = {
  electionId: "trial",
  definition: {
    test: true,
    votingMethod: "single_choice",
    title: { fr: "ESSAI : quartiers", en: "TEST: wards" },
    contact: CONTACT,
    results: "live",
    minimumBallots: 1,
    regions: [{ regionId: "town", name: inBoth("Town") }],
    candidates: [standing("Ann Roy", ["town"]), standing("Bob Lee", ["town"])],
  },
  roll: { town: 5 },
};

export async function rehearseTrial(day: Day, town: readonly Person[]): Promise<void> {
  const { url, diary, scrutin } = day;
  const { electionId } = trial;
  await apply(day, [trial], timesOf(Date.now() - MINUTE_MS, Date.now() + 60 * MINUTE_MS), "registered");
  await importRoll(day, trial, town);
  await stateOpening(day, trial, 5);
  const listed = await exchange(`${url}/api/v1/elections`);
  diary.must("in the public list", "no", listed.text.includes(`"election_id":"${electionId}"`) ? "yes" : "no");
  await castAll(day, await openPoll(url, trial, town), [
    ["town", 2, "ann"],
    ["town", 1, "bob"],
  ]);
  const words = ["election", "delete", electionId, "--reason", "the rehearsal is over"];
  const mistyped = await scrutin(words, { exitCode: 1, typed: "ward\n" });
  diary.must("with another id typed", "Nothing was deleted", found(mistyped, /Nothing was deleted/));
  const deleted = await scrutin(words, { typed: `${electionId}\n` });
  diary.must("voters who were on its roll", "5", found(deleted, /(\d+) voters were on its roll/));
  const shown = await scrutin(["election", "show", electionId], { exitCode: 1 });
  diary.must("it stays on record", "the rehearsal is over", found(shown, /the rehearsal is over/));
  await until(Date.now() + KNOWN_AFTER_MS);
  diary.must("its page", 404, (await exchange(`${url}/api/v1/elections/${electionId}`)).status);
}
