import { setTimeout as pause } from "node:timers/promises";
import { cast } from "#load/rehearsal/casting.ts";
import { board } from "#load/rehearsal/contests/board.ts";
import type { Contest } from "#load/rehearsal/contests/contest.ts";
import { type Day, pollOf, strangerOf } from "#load/rehearsal/day.ts";
import type { Diary } from "#load/rehearsal/diary.ts";
import { found, type Scrutin } from "#load/rehearsal/officer.ts";
import type { Times } from "#load/rehearsal/steps/before.ts";

/** Times that move. */

type Office = Readonly<{ diary: Diary; scrutin: Scrutin }>;

export const MINUTE_MS = 60_000;

/** A minute from when the command looks, at least. */
const TAKEN_BACK_IN_MS = MINUTE_MS + 30_000;

/** Functions know a definition for 5 s. */
export const KNOWN_AFTER_MS = 6_000;

export const until = (atMs: number): Promise<void> => pause(Math.max(0, atMs - Date.now()));

export async function postpone({ diary, scrutin }: Office, { electionId }: Contest, times: Times): Promise<void> {
  const moved = ["--opens", times.opensAt, "--closes", times.closesAt, "--reason", "ice storm"];
  const printed = await scrutin(["election", "postpone", electionId, ...moved]);
  diary.must(`${electionId}: opens`, times.opensAt, found(printed, /opening \S+ to ([^,]+),/));
}

/** Somebody who comes at the hour that was planned first, and so too early. */
export async function comeTooEarly(day: Day): Promise<void> {
  const poll = pollOf(day, board);
  const voter = poll.voter(strangerOf(day), "town");
  day.diary.must("before the new opening", 403, (await cast(day, poll, voter, "mia", true)).status);
}

const extend = ({ scrutin }: Day, electionId: string, closesAt: string, reason: string): Promise<string> =>
  scrutin(["election", "extend", electionId, "--closes", closesAt, "--reason", reason]);

export async function extendAll(day: Day, closesAt: string): Promise<void> {
  for (const { electionId } of day.contests) {
    const printed = await extend(day, electionId, closesAt, "power failure");
    day.diary.must(`${electionId}: extended to`, closesAt, found(printed, /closing extended from \S+ to ([^,]+),/));
  }
}

/** A slip of the finger is asked about, and one that goes behind what voters were told first is refused. */
export async function mistakeTimes({ scrutin, diary }: Day, { electionId }: Contest): Promise<void> {
  const slip = ["election", "extend", electionId, "--closes", "2062-10-19T21:00:00Z"];
  diary.must("year 2062", "into another year", found(await scrutin(slip, { exitCode: 1 }), /into another year/));
  const past = ["election", "extend", electionId, "--closes", new Date().toISOString()];
  diary.must(
    "earlier than told first",
    "can only move later",
    found(await scrutin(past, { exitCode: 1 }), /can only move later/),
  );
}

/**
 * Each a while after its command begins, so that no slow machine is late, and not before a time that was told first.
 * @returns when the last of them closes
 */
export async function takeBackAll(day: Day, { notBeforeMs }: Readonly<{ notBeforeMs: number }>): Promise<number> {
  let closesAtMs = notBeforeMs;
  for (const { electionId } of day.contests) {
    closesAtMs = Math.max(Date.now() + TAKEN_BACK_IN_MS, notBeforeMs);
    const closesAt = new Date(closesAtMs).toISOString();
    const printed = await extend(day, electionId, closesAt, "power is back");
    day.diary.must(`${electionId}: taken back to`, closesAt, found(printed, /taken back from \S+ to ([^,]+),/));
  }
  return closesAtMs;
}

export async function comeTooLate(day: Day): Promise<void> {
  for (const contest of day.contests) {
    const poll = pollOf(day, contest);
    const [, , says] = contest.afternoon[0] ?? ["", 0, ""];
    const voter = poll.voted[0];
    if (voter === undefined) throw new Error("nobody has voted");
    day.diary.must(`${contest.electionId}: after closing`, 403, (await cast(day, poll, voter, says, true)).status);
  }
}
