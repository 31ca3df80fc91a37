import type { Contest } from "#load/rehearsal/contests/contest.ts";
import type { Diary } from "#load/rehearsal/diary.ts";
import type { Scrutin } from "#load/rehearsal/officer.ts";
import type { Poll } from "#load/rehearsal/poll.ts";
import type { Person } from "#load/rehearsal/town.ts";

/** What every step of the day works with. */
export type Day = Readonly<{
  /** Where the system is reached. */
  url: string;
  /** Of the office's files. */
  folder: string;
  diary: Diary;
  scrutin: Scrutin;
  contests: readonly Contest[];
  polls: ReadonlyMap<string, Poll>;
  /** On no roll. */
  strangers: readonly Person[];
}>;

export function pollOf({ polls }: Day, { electionId }: Pick<Contest, "electionId">): Poll {
  const poll = polls.get(electionId);
  if (poll === undefined) throw new Error(`there is no poll of ${electionId}`);
  return poll;
}

/** Somebody on no roll. */
export function strangerOf({ strangers }: Day): Person {
  const [stranger] = strangers;
  if (stranger === undefined) throw new Error("there are no strangers");
  return stranger;
}
