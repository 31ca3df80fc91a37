import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cast } from "#load/rehearsal/casting.ts";
import { ward } from "#load/rehearsal/contests/ward.ts";
import { type Day, pollOf, strangerOf } from "#load/rehearsal/day.ts";
import { found } from "#load/rehearsal/officer.ts";
import { KNOWN_AFTER_MS, until } from "#load/rehearsal/steps/times.ts";

/** A misspelt name, and candidates who withdraw. */

export async function correctName({ folder, scrutin, diary }: Day): Promise<void> {
  const file = join(folder, `${ward.electionId}.json`);
  await writeFile(file, (await readFile(file, "utf8")).replace('"Roi"', '"Roy"'));
  const printed = await scrutin(["election", "correct", `${ward.electionId}.json`, "--reason", "misspelt"]);
  diary.must("corrected", "“Roi” to “Roy”", found(printed, /candidates\.ann\.lastName from (“Roi” to “Roy”)/));
}

export async function withdraw(day: Day): Promise<void> {
  const { scrutin, diary } = day;
  const withdrawals = day.contests.flatMap((contest) => {
    const { electionId, withdraws } = contest;
    return withdraws === undefined ? [] : [{ electionId, ...withdraws, poll: pollOf(day, contest) }];
  });
  for (const { electionId, candidateId } of withdrawals) {
    const words = ["--candidate", candidateId, "--reason", "letter of 12 October"];
    const printed = await scrutin(["election", "withdraw", electionId, ...words]);
    diary.must(`${electionId}: withdrawn`, candidateId, found(printed, /candidate (\w+) \(.*\) withdrew/));
  }
  await until(Date.now() + KNOWN_AFTER_MS);
  for (const { electionId, candidateId, regionId, poll } of withdrawals) {
    const voter = poll.voter(strangerOf(day), regionId);
    const { status } = await cast(day, poll, voter, candidateId, true);
    diary.must(`${electionId}: a ballot for ${candidateId} now`, 400, status);
  }
}
