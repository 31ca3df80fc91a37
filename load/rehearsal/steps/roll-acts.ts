import { join } from "node:path";
import { castOne } from "#load/rehearsal/casting.ts";
import { law } from "#load/rehearsal/contests/law.ts";
import { PAPER, VISIT_AFTER_LOSS } from "#load/rehearsal/contests/paper.ts";
import { ward } from "#load/rehearsal/contests/ward.ts";
import { type Day, pollOf } from "#load/rehearsal/day.ts";
import { found } from "#load/rehearsal/officer.ts";
import type { Poll } from "#load/rehearsal/poll.ts";
import { type Person, readCodes, writePeople } from "#load/rehearsal/town.ts";
import type { FreshVoter } from "#load/shared/ballots.ts";

/** What the office does to people on the rolls while others vote. */

type Act = "reissue" | "remove" | "move" | "voted-elsewhere";

const DONE: Readonly<Record<Act, RegExp>> = {
  reissue: /new codes for 1 person/,
  remove: /1 person taken off the roll/,
  move: /1 person moved, with new codes/,
  "voted-elsewhere": /recorded that 1 person voted elsewhere/,
};

/** Acts on one person. Returns the new code, where there is one. */
async function act(
  { folder, scrutin, diary }: Day,
  what: Act,
  electionId: string,
  voter: FreshVoter,
  reason: string,
  toRegion?: string,
): Promise<string> {
  const file = `${what}-${electionId}-${voter.nas}.csv`;
  const codes = `codes-of-${file}`;
  await writePeople(join(folder, file), [{ nas: voter.nas, ...(toRegion !== undefined && { regionId: toRegion }) }]);
  const words = ["roll", what, "--election", electionId, "--voters", file, "--reason", reason];
  const isRenewed = what === "reissue" || what === "move";
  const printed = await scrutin(isRenewed ? [...words, "--out", codes] : words);
  diary.must("done to", "1 person", found(printed, DONE[what]) === undefined ? printed.trim() : "1 person");
  return isRenewed ? ((await readCodes(join(folder, codes))).get(voter.nas) ?? "") : "";
}

/** How somebody may paste a code: with spaces, a soft hyphen, a zero-width space, a minus sign, in full width. */
export function pasted(code: string): string {
  const fullWidth = String.fromCodePoint((code.codePointAt(0) ?? 0) + 0xfee0);
  return `${fullWidth}${code.slice(1, 4)}\u{2212}${code.slice(4, 7)}\u{ad}\u{200b} ${code.slice(7).toLowerCase()}\u{feff}`;
}

/** Two people were forgotten. One of them votes. */
export async function addForgotten(day: Day, [one, other]: readonly Person[]): Promise<void> {
  const { folder, scrutin, diary } = day;
  if (one === undefined || other === undefined) throw new Error("the town is too small");
  await writePeople(join(folder, "forgotten.csv"), [
    { nas: one.nas, regionId: "east" },
    { nas: other.nas, regionId: "west" },
  ]);
  const words = ["--voters", "forgotten.csv", "--out", "forgotten-codes.csv", "--reason", "left out of the list"];
  const printed = await scrutin(["roll", "add", "--election", ward.electionId, ...words]);
  diary.must("added", "2 people", found(printed, /(2 people) added/));
  const code = (await readCodes(join(folder, "forgotten-codes.csv"))).get(one.nas) ?? "";
  const poll = pollOf(day, ward);
  await castOne(day, poll, poll.voter({ nas: one.nas, code }, "east"), "ann", "accepted", "who was forgotten votes");
}

/** A code was lost. The old one is void, the new one is pasted with whatever comes with it. */
export async function reissue(day: Day): Promise<void> {
  const poll = pollOf(day, ward);
  const voter = poll.next("east");
  const code = await act(day, "reissue", ward.electionId, voter, "letter lost");
  await castOne(day, poll, voter, "bob", "invalid: reissued", "with the old code");
  await castOne(day, poll, { ...voter, code: pasted(code) }, "ann", "accepted", "with the new one, pasted");
}

/** Who has voted gets no second chance. */
export async function reissueInVain({ folder, scrutin, diary, ...day }: Day): Promise<void> {
  const [voter] = pollOf({ folder, scrutin, diary, ...day }, ward).voted;
  if (voter === undefined) throw new Error("nobody has voted");
  await writePeople(join(folder, "voted.csv"), [voter]);
  const words = ["--voters", "voted.csv", "--out", "voted-codes.csv", "--reason", "says that it was lost"];
  const printed = await scrutin(["roll", "reissue", "--election", ward.electionId, ...words], { exitCode: 1 });
  diary.must("left as they are", "has voted", found(printed, /has voted/));
}

export async function remove(day: Day): Promise<void> {
  const poll = pollOf(day, ward);
  const voter = poll.next("east");
  await act(day, "remove", ward.electionId, voter, "died on 2 October");
  await castOne(day, poll, voter, "bob", "invalid: removed", "with that code");
  await act(day, "remove", law.electionId, pollOf(day, law).next("all"), "struck off by the court");
}

export async function move(day: Day): Promise<void> {
  const poll = pollOf(day, ward);
  const voter = poll.next("east");
  const code = await act(day, "move", ward.electionId, voter, "moved in September", "west");
  await castOne(day, poll, voter, "bob", "invalid: moved", "in the old ward");
  await castOne(
    day,
    poll,
    { ...voter, code, regionId: "west" },
    "fay",
    "accepted",
    "in the new ward, with the new code",
  );
}

export async function voteElsewhere(day: Day): Promise<void> {
  const poll = pollOf(day, ward);
  const voter = poll.next("west");
  await act(day, "voted-elsewhere", ward.electionId, voter, "ballot by mail");
  await castOne(day, poll, voter, "gus", "invalid: voted-elsewhere", "who voted by mail comes too");
  for (const _ of ["one", "two"]) {
    await act(day, "voted-elsewhere", law.electionId, pollOf(day, law).next("all"), "ballot on paper");
  }
}

/** Somebody lost the code of a paper: the old one is void for each question, and one new code answers all of them. */
export async function reissuePaper(day: Day, questions: readonly (readonly [Poll, regionId: string])[]): Promise<void> {
  const { folder, scrutin, diary } = day;
  const voters = questions.map(([poll, regionId]) => [poll, poll.next(regionId)] as const);
  const [first] = voters;
  if (first === undefined) throw new Error("a paper has questions");
  await writePeople(join(folder, "lost-paper.csv"), [{ nas: first[1].nas }]);
  const words = ["--voters", "lost-paper.csv", "--out", "paper-codes.csv", "--reason", "letter lost"];
  const printed = await scrutin(["roll", "reissue", "--paper", PAPER, ...words]);
  diary.must("done for questions", voters.length, [...printed.matchAll(/new codes for 1 person/g)].length);
  const code = (await readCodes(join(folder, "paper-codes.csv"))).get(first[1].nas) ?? "";
  const [, ...answers] = VISIT_AFTER_LOSS;
  for (const [index, [poll, voter]] of voters.entries()) {
    const { electionId } = poll.contest;
    const says = answers[index] ?? "";
    await castOne(day, poll, voter, says, "invalid: reissued", `${electionId}: with the old code`);
    await castOne(day, poll, { ...voter, code }, says, "accepted", `${electionId}: with the new one`);
  }
}
