#!/usr/bin/env node
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { castAll, castOne, castVisits } from "#load/rehearsal/casting.ts";
import { board } from "#load/rehearsal/contests/board.ts";
import { chair } from "#load/rehearsal/contests/chair.ts";
import type { Contest } from "#load/rehearsal/contests/contest.ts";
import { council } from "#load/rehearsal/contests/council.ts";
import { law } from "#load/rehearsal/contests/law.ts";
import { bylaw, mayor, PAPER, projects, VISITS } from "#load/rehearsal/contests/paper.ts";
import { ward } from "#load/rehearsal/contests/ward.ts";
import { type Day, pollOf } from "#load/rehearsal/day.ts";
import { Diary } from "#load/rehearsal/diary.ts";
import { officerOf } from "#load/rehearsal/officer.ts";
import { openPoll, type Poll } from "#load/rehearsal/poll.ts";
import { apply, importFaults, importRoll, timesOf } from "#load/rehearsal/steps/before.ts";
import { cancelVote, shredCancelled } from "#load/rehearsal/steps/cancelled.ts";
import { mailLetters } from "#load/rehearsal/steps/cards.ts";
import { certify } from "#load/rehearsal/steps/certified.ts";
import { compareResults, drawLots, recount } from "#load/rehearsal/steps/closed.ts";
import { tryInVain } from "#load/rehearsal/steps/in-vain.ts";
import { stateOpening } from "#load/rehearsal/steps/opening.ts";
import {
  addForgotten,
  move,
  reissue,
  reissueInVain,
  reissuePaper,
  remove,
  voteElsewhere,
} from "#load/rehearsal/steps/roll-acts.ts";
import { correctName, withdraw } from "#load/rehearsal/steps/slips.ts";
import * as times from "#load/rehearsal/steps/times.ts";
import { rehearseTrial } from "#load/rehearsal/steps/trial.ts";
import { inventTown, type Person } from "#load/rehearsal/town.ts";
import { say } from "#load/shared/report.ts";
import { startSystem } from "#load/shared/running-system.ts";
import { inTemporaryFolder, runCommand } from "#local/loose-ends.ts";

/**
 * `npm run rehearsal`: an election office's day, from the first spreadsheet to the end of the peppers, on its own system and by the
 * commands that an officer types. What must come of it stands in `contests/`, worked out by hand. The first difference ends it.
 */

const ALONE = [ward, law, chair, council, board] as const;
/** One paper. */
const QUESTIONS = [mayor, projects, bylaw] as const;
const CONTESTS: readonly Contest[] = [...ALONE, ...QUESTIONS];

const PEOPLE = 170;
const STRANGERS = 3;
/** Whose codes come by letter; who was forgotten. */
const [LETTERS, FORGOTTEN] = [3, 2];

const HOUR_MS = 3_600_000;
/** Time to apply the definitions, state the openings, and postpone one, which is done a minute before at the latest. */
const OPENS_IN_MS = 90_000;
const POSTPONED_BY_MS = 30_000;
const OPEN_FOR_MS = 150_000;
/** Until the queue is known to be empty. */
const SETTLED_AFTER_MS = 61_000;

type Office = Omit<Day, "polls">;

const onRoll = ({ roll }: Contest): number => Object.values(roll).reduce((sum, people) => sum + people, 0);

async function theWeekBefore(office: Office, town: readonly Person[]): Promise<Person> {
  const { diary } = office;
  diary.step("A week before: the definitions, and rolls from spreadsheets");
  await apply(office, CONTESTS, timesOf(Date.now() + HOUR_MS, Date.now() + 2 * HOUR_MS), "registered");
  for (const contest of ALONE) await importRoll(office, contest, town);
  await importRoll(office, mayor, town, PAPER);
  diary.step("A spreadsheet with faults is refused");
  await importFaults(office, ward.electionId, town.slice(-2));
  diary.step("Letters for three people more");
  return mailLetters(office, town.slice(-LETTERS - FORGOTTEN, -FORGOTTEN));
}

/** Returns when voting opens, and when in the contest that is postponed. */
async function theOpenings(office: Office): Promise<Readonly<{ opensAtMs: number; boardOpensAtMs: number }>> {
  office.diary.step("The openings are stated, and the board is postponed");
  const opensAtMs = Date.now() + OPENS_IN_MS;
  const boardOpensAtMs = opensAtMs + POSTPONED_BY_MS;
  await apply(office, CONTESTS, timesOf(opensAtMs, opensAtMs + OPEN_FOR_MS), "changed");
  await stateOpening(office, board, onRoll(board));
  await times.postpone(office, board, timesOf(boardOpensAtMs, boardOpensAtMs + OPEN_FOR_MS));
  for (const contest of CONTESTS) {
    if (contest === board) continue;
    await stateOpening(office, contest, onRoll(contest) + (contest === ward ? LETTERS : 0));
  }
  return { opensAtMs, boardOpensAtMs };
}

async function theMorning(day: Day, byLetter: Person, town: readonly Person[]): Promise<void> {
  const { diary } = day;
  diary.step("A power failure: voting goes on longer");
  await times.extendAll(day, new Date(Date.now() + HOUR_MS).toISOString());
  await times.mistakeTimes(day, ward);
  diary.step("The morning's ballots");
  for (const contest of [ward, law, chair, council]) await castAll(day, pollOf(day, contest), contest.morning);
  diary.step("Somebody votes with the code of their letter");
  const poll = pollOf(day, ward);
  await castOne(day, poll, poll.voter(byLetter, "east"), "ann", "accepted", "as it is printed");
  diary.step("Two people were forgotten");
  await addForgotten(day, town.slice(-FORGOTTEN));
  diary.step("A code was lost");
  await reissue(day);
  diary.step("Another says so, who has voted");
  await reissueInVain(day);
  diary.step("Somebody died, and somebody was struck off");
  await remove(day);
  diary.step("Somebody moved to the other ward");
  await move(day);
  diary.step("Three people have voted on paper or by mail");
  await voteElsewhere(day);
  diary.step("A name is misspelt");
  await correctName(day);
  diary.step("Two candidates withdraw");
  await withdraw(day);
}

async function theAfternoon(day: Day, town: readonly Person[]): Promise<void> {
  const { diary } = day;
  diary.step("The afternoon's ballots");
  for (const contest of ALONE) await castAll(day, pollOf(day, contest), contest.afternoon);
  diary.step("A paper of three questions, answered in one visit");
  const paper = QUESTIONS.map((contest) => [pollOf(day, contest), Object.keys(contest.roll)[0] ?? ""] as const);
  await castVisits(day, paper, VISITS);
  diary.step("The code of a paper was lost");
  await reissuePaper(day, paper);
  diary.step("Attempts that change nothing");
  await tryInVain(day);
  diary.step("A vote is cancelled while it is open");
  await cancelVote(day, town);
  diary.step("A trial election: voted in, and deleted while it is open");
  await rehearseTrial(day, town);
}

async function theEvening(day: Day): Promise<void> {
  const { diary } = day;
  diary.step("Voting has closed");
  await times.comeTooLate(day);
  for (const contest of CONTESTS) await recount(day, contest);
  diary.step("Ties that no rule breaks: lots are drawn");
  await drawLots(day);
  diary.step("The results");
  for (const contest of CONTESTS) await compareResults(day, contest);
  for (const contest of CONTESTS) {
    diary.step(`Certificate, verification, audit and end of the pepper: ${contest.electionId}`);
    await certify(day, contest);
  }
  diary.step("The cancelled vote is never counted");
  await shredCancelled(day);
}

async function live(office: Office, town: readonly Person[]): Promise<void> {
  const { diary, url } = office;
  const byLetter = await theWeekBefore(office, town);
  const { opensAtMs, boardOpensAtMs } = await theOpenings(office);
  const polls = new Map<string, Poll>();
  const day = { ...office, polls };
  await times.until(opensAtMs);
  diary.step("Voting opens, but for the board");
  for (const contest of CONTESTS) polls.set(contest.electionId, await openPoll(url, contest, town));
  await times.comeTooEarly(day);
  await theMorning(day, byLetter, town);
  await times.until(boardOpensAtMs);
  await theAfternoon(day, town);
  diary.step("The power is back: the extension is taken back");
  const closesAtMs = await times.takeBackAll(day, { notBeforeMs: boardOpensAtMs + OPEN_FOR_MS });
  await times.until(closesAtMs + SETTLED_AFTER_MS);
  await theEvening(day);
}

async function main(): Promise<boolean> {
  const startedMs = performance.now();
  await inTemporaryFolder(async (folder) => {
    const elections = join(folder, "elections");
    await mkdir(elections);
    say("Starting a system.");
    await using system = await startSystem({ environment: { ELECTIONS_DIR: elections } });
    const { url } = system;
    const diary = new Diary(say);
    const scrutin = officerOf(new URL(url).port, folder, diary);
    const people = await inventTown(scrutin, folder, PEOPLE + STRANGERS);
    const office = { url, folder, diary, scrutin, contests: CONTESTS, strangers: people.slice(PEOPLE) };
    await live(office, people.slice(0, PEOPLE));
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    say(`\nEach of ${diary.compared} numbers and answers is what it must be, after ${seconds} s.`);
  });
  return true;
}

await runCommand(main);
