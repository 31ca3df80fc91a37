import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";

const { count, plural } = countsIn("en");

const monitor = {
  title: "How voting is going",
  lead: "What reaches the ballot box, what is rejected and what is counted, for every vote. Nothing here says who voted, or how.",
  state: {
    ok: "Every part is working.",
    slow: "A part is slow. Ballots are safe; they take longer.",
    down: "A part does not answer. Ballots that were received are kept and will be counted.",
  },
  made: (clock: string) => `Figures as of ${clock}; they update by themselves every 5 seconds.`,
  paused: (clock: string) => `Figures from ${clock}, not updated while this page is paused.`,
  old: (clock: string) => `No new figures have arrived since ${clock}: what you see may be out of date.`,
  votesTitle: "Ballots",
  votes: {
    received: "Received",
    accepted: "In the ballot box",
    duplicate: "Second attempts, not counted",
    invalid: "Not valid, not counted",
    counted: "Counted",
    spoiled: "Spoiled",
  },
  reasons: (unknown: string, region: string, struck: string) =>
    sentences`Details not found: ${unknown}. Wrong region: ${region}. Code replaced or struck off: ${struck}.`,
  spoiledHint: "Counted ballots that could not be opened or do not fit. Only for votes whose results are shown.",
  hourTitle: "The last hour, minute by minute",
  hour: (all: number, most: number, last: number) =>
    `In the last hour: ${count(all)}, at most ${count(most)} in a minute, ${count(last)} in the last full minute.`,
  noHour: "There are no figures for the last hour.",
  table: "As a table",
  minute: "From",
  quiet: "Nothing happened in the last hour.",
  leftOut: "Minutes in which nothing happened are left out.",
  waitsTitle: "What is waiting",
  waiting: "In the queue",
  waitingHint: "Received, but not decided yet.",
  oldest: "Longest wait in the queue",
  delay: "From the box to the count",
  delayHint: "The slowest of the last five minutes.",
  setAside: "Set aside",
  setAsideHint: "Could not be decided. They are kept until an officer sends them again.",
  late: "Longer than it should be",
  toRedrive: "An officer must look at them",
  unknown: {
    withheld: "Withheld until results are shown",
    cancelled: "Not counted: the vote was cancelled",
    unreachable: "Unknown: its source does not answer",
    "not-measured": "Nothing in the last few minutes",
  },
  partsTitle: "The parts",
  part: {
    "table elections": "The votes and their rules",
    "table roll": "The electoral roll",
    "table votes": "The ballot box",
    "table tallies": "The count",
    "table board": "The bulletin board of tracking codes",
    "table rejected-attempts": "The list of rejected attempts",
    "queue votes": "The queue of ballots",
    "queue dead-letter": "The ballots set aside",
    measurements: "The figures of this page",
  },
  partState: { ok: "Working", slow: "Slow", down: "No answer" },
  took: (milliseconds: number) => `answered in ${count(milliseconds)}\u00a0ms`,
  electionsTitle: "Each vote",
  phase: { open: "Open now", upcoming: "Upcoming", closed: "Closed", cancelled: "Cancelled" },
  turnout: (ballots: number, onRoll: number, share: string) =>
    sentences`Turnout: ${plural(ballots, "ballot", "ballots")} for ${plural(onRoll, "person", "people")} on the roll, ${share}.`,
  rounded: (step: number) =>
    `Turnout and counted ballots are those of the published results; the rest is rounded down to multiples of ${count(step)}. A small change could reveal a vote.`,
  noElections: "The list of votes is not available right now.",
};

export const monitorEn = { monitor };
export type MonitorMessages = typeof monitorEn;
