import { countsIn } from "#web/format.ts";

const { count, plural } = countsIn("en");

export const monitorEn = {
  title: "How voting is going",
  lead: "What reaches the ballot box, what is refused and what is counted, for every vote. Nothing here says who voted, or what.",
  state: {
    ok: "Every part is working.",
    slow: "A part is slow. Ballots are safe; they take longer.",
    down: "A part does not answer. Ballots that were received are kept and will be counted.",
  },
  made: (clock: string) => `Figures of ${clock}. They refresh by themselves every 5 seconds.`,
  old: (clock: string) => `No newer figures have come since ${clock}. What you see may have changed.`,
  votesTitle: "Ballots",
  votes: {
    received: "Received",
    accepted: "In the ballot box",
    duplicate: "Second attempts, not counted",
    invalid: "Not on the roll, not counted",
    counted: "Counted",
    spoiled: "Spoiled",
  },
  reasons: (unknown: string, region: string) => `Details not found: ${unknown}. Wrong region: ${region}.`,
  spoiledHint:
    "Of those counted, envelopes that could not be opened or do not fit. Only of votes whose results are shown.",
  hourTitle: "The last hour, minute by minute",
  hour: (all: number, most: number, last: number) =>
    `In the last hour: ${count(all)}, at most ${count(most)} in a minute, ${count(last)} in the last full minute.`,
  noHour: "The last hour is not known.",
  table: "As a table",
  minute: "From",
  quiet: "Nothing happened in the last hour.",
  leftOut: "Minutes in which nothing happened are left out.",
  waitsTitle: "What waits",
  waiting: "In the queue",
  waitingHint: "Received, and not yet decided.",
  oldest: "Longest wait there",
  delay: "From the box to the count",
  delayHint: "The slowest of the last five minutes.",
  setAside: "Set aside",
  setAsideHint: "Could not be decided. They are kept until an officer sends them again.",
  late: "Longer than it should be",
  toRedrive: "An officer must look at them",
  unknown: {
    withheld: "Held back until results are shown",
    unreachable: "Not known: the part that knows does not answer",
    "not-measured": "Nothing in the last few minutes",
  },
  partsTitle: "The parts",
  part: {
    "table elections": "The votes and their rules",
    "table roll": "The electoral roll",
    "table votes": "The ballot box",
    "table tallies": "The count",
    "table board": "The board of tracking codes",
    "table rejected-attempts": "The list of rejected attempts",
    "queue votes": "The queue of ballots",
    "queue dead-letter": "The place for ballots set aside",
    measurements: "The figures of this page",
  },
  partState: { ok: "Working", slow: "Slow", down: "No answer" },
  took: (milliseconds: number) => `answered in ${count(milliseconds)} ms`,
  electionsTitle: "Each vote",
  phase: { open: "Open now", upcoming: "Coming", closed: "Over" },
  turnout: (ballots: number, onRoll: number, share: string) =>
    `Turnout: ${plural(ballots, "ballot", "ballots")} for ${plural(onRoll, "person", "people")} on the roll, ${share}.`,
  rounded: (step: number) =>
    `Rounded down to multiples of ${count(step)} until its results are shown: a small count could give a vote away.`,
  noElections: "Which votes there are is not known right now.",
};

export type MonitorMessages = typeof monitorEn;
