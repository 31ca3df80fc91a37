import type { Embargo } from "#core/disclosure.ts";
import { sentences } from "#core/sentences.ts";
import type { RoundResult } from "#functions/results/contract.ts";
import { countsIn } from "#web/format.ts";
import { verdictEn } from "#web/messages/verdict-en.ts";

const { count, plural } = countsIn("en");

export const resultsEn = {
  verdict: verdictEn,
  results: {
    title: (title: string) => `Results: ${title}`,
    region: "Region",
    allRegions: "All regions",
    votes: (votes: number) => plural(votes, "vote", "votes"),
    status: {
      open: (closes: string) => sentences`Voting is open until ${closes}. These figures change as ballots come in.`,
      closed: (closes: string) => sentences`Voting closed on ${closes}. The result becomes final when it is certified.`,
      certified: (instant: string) => sentences`Certified on ${instant}.`,
    },
    forVoters: "You see this because your ballot is in the box. Everybody sees it when voting closes.",
    leading: "In the lead",
    level: "Tied",
    most: "Most votes",
    byCandidate: "Votes by candidate",
    byVotes: "Most votes first.",
    outOfOrder: "The order has changed.",
    sort: "Put most votes first",
    firstChoices: "First choices only. Each region counts its own rounds.",
    roundsDecide: "The rounds below decide.",
    majority: {
      "more-than": (share: string) => `The law is adopted if Yes has more than ${share} of the valid votes.`,
      "at-least": (share: string) => `The law is adopted if Yes has at least ${share} of the valid votes.`,
    },
    quorum: (share: string) => `At least ${share} of the people on the roll must vote.`,
    hasMajority: (share: string, isEnough: boolean) =>
      sentences`Yes has ${share}: ${isEnough ? "enough" : "not enough"}.`,
    hasQuorum: (share: string, isEnough: boolean) =>
      sentences`${share} have voted: ${isEnough ? "enough" : "not enough"}.`,
    none: "No vote has been counted yet.",
    turnout: "Turnout",
    votedElsewhere: (count: string) => `On paper or by mail, not among these ballots: ${count}`,
    total: "Valid votes",
    validBallots: "Valid ballots",
    severalMarks: "A ballot may mark several names, and is a vote for each. Shares are of the valid ballots.",
    blank: "Blank ballots",
    spoiled: "Spoiled ballots",
    changed: (clock: string) => `Last change at ${clock}`,
    unchanged: (clock: string) => `No change since you opened this page, at ${clock}`,
    counted: (instant: string) => sentences`Counted on ${instant}.`,
    byItself: "This page updates by itself.",
    paused: "Updates are paused.",
    announced: {
      leads: (name: string) => `${name} is now in the lead.`,
      votes: (name: string, votes: number, share: string) =>
        sentences`${name}: ${plural(votes, "vote", "votes")}, ${share}.`,
      turnout: (share: string) => sentences`Turnout: ${share}.`,
    },
    stale: "No connection: these figures may be out of date. They update as soon as you are back online.",
    withheldTitle: "Not shown yet",
    withheld: {
      "not-open": (opens: string, _closes: string, _minimum: number) => sentences`Voting opens on ${opens}.`,
      "after-vote": (_opens: string, closes: string, _minimum: number) =>
        sentences`While voting is open, this result is shown to those who have voted: cast your ballot, and come here once it is in the box, without closing the page. Everybody sees it when voting closes, on ${closes}.`,
      "after-close": (_opens: string, closes: string, _minimum: number) =>
        `This result is published when voting closes, on ${closes}, so as not to influence anyone.`,
      "minimum-ballots": (_opens: string, _closes: string, minimum: number) =>
        `Too few ballots have been counted here. A small count could reveal how someone voted, so counts are shown in steps of at least ${plural(minimum, "ballot", "ballots")}.`,
    } satisfies Record<Exclude<Embargo, "being-opened">, (opens: string, closes: string, minimum: number) => string>,
    steps: (minimum: number) =>
      `Until then, turnout grows in steps of at least ${plural(minimum, "ballot", "ballots")}.`,
    inSteps: (minimum: number) =>
      `To keep every vote secret, figures change by at least ${plural(minimum, "ballot", "ballots")} at a time, and at least as many of the latest are left out until voting closes.`,
    regionsWithheld: (names: string) =>
      sentences`Left out of the sum, because there are too few ballots so far: ${names}.`,
    vote: "Vote",
  },
  seats: {
    won: "Seats",
    leading: "Seats, by the ballots counted so far",
    elected: "Elected",
    tie: (names: string) => `Tie: ${names}`,
    tieOverElimination: (names: string) => `Tie over an elimination: ${names}`,
    party: "Party",
    votes: "Votes",
    majority: (seats: number) => `Majority: ${count(seats)}`,
    final: {
      majority: (party: string, seats: number, all: number) =>
        `${party} has a majority: ${count(seats)} of ${plural(all, "seat", "seats")}.`,
      most: (party: string, seats: number, all: number) =>
        `${party} has the most seats, ${count(seats)} of ${count(all)}, but no majority.`,
    },
    soFar: {
      majority: (party: string, seats: number, all: number) =>
        `${party} leads: ${count(seats)} of ${plural(all, "seat", "seats")}, a majority.`,
      most: (party: string, seats: number, all: number) =>
        `${party} leads: ${count(seats)} of ${plural(all, "seat", "seats")}, no majority.`,
    },
    nobodyAhead: "No party has more seats than any other.",
    tied: (seats: number) => plural(seats, "seat is tied.", "seats are tied."),
    open: (seats: number) => plural(seats, "seat has no result yet.", "seats have no result yet."),
    notFilled: "Tied, or without a result",
  },
  regions: {
    title: "By region",
    find: "Find a region or a name",
    order: "In the order of",
    ballotOrder: "the ballot",
    closest: "the margin, closest first",
    anybody: "Anybody",
    none: "Nobody yet",
    margin: "Margin",
    ahead: (votes: string) => `+${votes}`,
    turnout: (share: string) => `${share} voted`,
    all: (all: number) => `Show all ${count(all)}`,
    shown: (shown: number, all: number) => `${count(shown)} of ${plural(all, "region", "regions")}`,
  },
  chart: {
    title: "Turnout over time",
    none: "No ballot is in the box yet.",
    summary: (from: string, until: string, share: string) =>
      sentences`A line chart of turnout from ${from} to ${until}, when it reaches ${share}.`,
    quorum: (share: string) => `Quorum: ${share}`,
    closing: (clock: string) => `Closing: ${clock}`,
    laterClosing: (day: string) => `Closing: ${day} →`,
    table: "Turnout over time as a table",
    until: "Until",
    ballots: "Ballots",
  },
  download: {
    failed: "The file could not be made: the connection was lost. Please try again.",
    title: "Save these figures",
    csv: "Download as CSV",
    json: "Download as JSON",
    print: "Print",
  },
  embed: {
    title: "Embed this result",
    frame: "For a page of yours, which then updates itself:",
    picture: "The same as a picture of 1200 by 630 (opens in a new window)",
    columns: "Programs can rely on the columns of the CSV and the fields of the JSON: they stay.",
    api: "What the API tells (opens in a new window)",
  },
  tieBreak: {
    "earlier-round": (names: string, round: number) =>
      `Tie between ${names}, broken by their votes in round\u00a0${count(round)}.`,
    together: (names: string, _: number) =>
      `Tie between ${names}, whose order changes nothing: together they cannot reach the next candidate.`,
    lot: (names: string, _: number) => `Tie between ${names}, broken by the lot drawn before the election.`,
    "lot-after-closing": (names: string, _: number) =>
      `Tie between ${names}, broken by a lot drawn in public after closing.`,
    "no-difference": (names: string, _: number) =>
      `Tie between ${names}, which changes nothing: whoever of them is eliminated, the same candidate is elected.`,
  } satisfies Record<NonNullable<RoundResult["tie_break"]>["by"], (names: string, round: number) => string>,
};

export type ResultsMessages = typeof resultsEn;
