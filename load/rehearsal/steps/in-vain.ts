import { cast, castOne } from "#load/rehearsal/casting.ts";
import { type Day, pollOf } from "#load/rehearsal/day.ts";

/** Attempts that must change nothing. */

export async function tryInVain(day: Day): Promise<void> {
  for (const contest of day.contests) {
    const poll = pollOf(day, contest);
    const { duplicates, strangers, astray } = contest.inVain;
    const [regionId = "", other = ""] = Object.keys(contest.roll);
    const says = contest.afternoon.find(([region]) => region === regionId)?.[2] ?? "";
    const ofRegion = poll.voted.filter((voter) => voter.regionId === regionId);
    for (const voter of ofRegion.slice(0, duplicates)) {
      await castOne(day, poll, voter, says, "duplicate", `${contest.electionId}: a second ballot`);
    }
    for (const stranger of day.strangers.slice(0, strangers)) {
      const voter = poll.voter(stranger, regionId);
      await castOne(day, poll, voter, says, "invalid: unknown-credentials", `${contest.electionId}: a stranger`);
    }
    const elsewhere = contest.afternoon.find(([region]) => region === other)?.[2] ?? "";
    for (const voter of ofRegion.slice(0, astray)) {
      const strayed = { ...voter, regionId: other };
      await castOne(day, poll, strayed, elsewhere, "invalid: wrong-region", `${contest.electionId}: in another ward`);
    }
    const [first] = ofRegion;
    if (first === undefined) throw new Error("nobody has voted");
    const misspelt = await cast(day, poll, { ...first, nas: first.nas.slice(1) }, says, true);
    day.diary.must(`${contest.electionId}: eight digits`, 400, misspelt.status);
  }
}
