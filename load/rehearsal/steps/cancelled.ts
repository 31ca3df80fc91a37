import { cast, castAll, outcomeOf } from "#load/rehearsal/casting.ts";
import { CONTACT, type Contest, EVERYWHERE, inBoth } from "#load/rehearsal/contests/contest.ts";
import { type Day, strangerOf } from "#load/rehearsal/day.ts";
import { found } from "#load/rehearsal/officer.ts";
import { openPoll } from "#load/rehearsal/poll.ts";
import { apply, importRoll, timesOf } from "#load/rehearsal/steps/before.ts";
import { statedOf, stateOpening } from "#load/rehearsal/steps/opening.ts";
import { KNOWN_AFTER_MS, MINUTE_MS, until } from "#load/rehearsal/steps/times.ts";
import type { Person } from "#load/rehearsal/town.ts";
import { exchange } from "#load/shared/exchange.ts";

/** A vote that is cancelled while people vote: what is in the box stays sealed, and nothing of it is ever counted. */

const parking: Pick<Contest, "electionId" | "definition" | "roll"> = {
  electionId: "parking",
  definition: {
    votingMethod: "referendum",
    title: inBoth("Parking"),
    contact: CONTACT,
    question: inBoth("Do you agree?"),
    results: "live",
    minimumBallots: 1,
  },
  roll: { [EVERYWHERE]: 9 },
};

export async function cancelVote(day: Day, town: readonly Person[]): Promise<void> {
  const { url, diary, scrutin } = day;
  const { electionId } = parking;
  await apply(day, [parking], timesOf(Date.now() - MINUTE_MS, Date.now() + 60 * MINUTE_MS), "registered");
  await importRoll(day, parking, town);
  await stateOpening(day, parking, 9);
  const poll = await openPoll(url, parking, town);
  await castAll(day, poll, [
    [EVERYWHERE, 3, "oui"],
    [EVERYWHERE, 1, "non"],
  ]);
  const reasons = ["--reason-fr", "La question était mal posée.", "--reason-en", "The question was misprinted."];
  const printed = await scrutin(["election", "cancel", electionId, ...reasons, "--yes", electionId]);
  diary.must("cancelled, for", "The question was misprinted", found(printed, /The question was misprinted/));
  await until(Date.now() + KNOWN_AFTER_MS);
  const voter = poll.voter(strangerOf(day), EVERYWHERE);
  diary.must("a ballot now", "410", await outcomeOf(day, await cast(day, poll, voter, "oui", true)));
  const results = await exchange(`${url}/api/v1/results/${electionId}`);
  diary.must("its results", 410, results.status);
  diary.must("signed changes", 1, (await statedOf(url, electionId)).changes);
}

export async function shredCancelled({ diary, scrutin }: Day): Promise<void> {
  const { electionId } = parking;
  const certified = await scrutin(["certify", electionId, "--out", "certified-parking"], { exitCode: 1 });
  diary.must("certify", "cancelled", found(certified, /cancelled/));
  const audit = await scrutin(["audit", "export", electionId, "--out", "audit-parking.ndjson"]);
  diary.must("audit", "4 accepted and 0 rejected attempts", found(audit, /state changes, (.*) to /));
  const shredded = await scrutin(["shred", electionId, "--yes", electionId]);
  diary.must("pepper", "is destroyed", found(shredded, /is destroyed/));
}
