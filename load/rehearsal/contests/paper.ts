import { type Ballots, CONTACT, type Contest, EVERYWHERE, inBoth, standing } from "#load/rehearsal/contests/contest.ts";

/**
 * One paper of three questions: a mayor, two of three projects, and a bylaw. Whoever comes answers all of them in one visit. One of them lost the
 * code, and has one new code for all.
 */

export const PAPER = "town-day";

/** So many visits, and what is said in each: of the mayor, the projects, the bylaw. */
export const VISITS: readonly (readonly [visits: number, mayor: string, projects: string, bylaw: string])[] = [
  [5, "ivy", "park+pool", "oui"],
  [4, "jon", "pool", "oui"],
  [2, "ivy", "park+rink", "non"],
  [2, "blank", "rink", "non"],
  [1, "jon", "blank", "spoiled"],
];

/** With the new code. */
export const VISIT_AFTER_LOSS = [1, "ivy", "park+rink", "non"] as const;

const answersTo = (regionId: string, question: 0 | 1 | 2): readonly Ballots[] =>
  [...VISITS, VISIT_AFTER_LOSS].map(([visits, ...answers]) => [regionId, visits, answers[question]]);

const fields = { paper: PAPER, contact: CONTACT, allowBlank: true };
const regions = [{ regionId: "town", name: inBoth("Town") }];
const common = {
  morning: [],
  inVain: { duplicates: 1, strangers: 1, astray: 0 },
  acts: {
    // Extended, taken back.
    signed: { times: 2, rolls: 1, withdrawals: 0, corrections: 0, lots: 0 },
    recorded: { "roll import": "1 to 20", "roll reissue": "1 to 1" },
  },
  verified: 2,
} as const;
const struck = { reissued: 1, removed: 0, moved: 0, "voted-elsewhere": 0 };
const turnout = "15 of 20, 75 %";
const audit = "1 code struck off, 15 accepted and 3 rejected attempts";

/** Ivy 5 + 2 + 1, Jon 4 + 1; two blank. */
export const mayor: Contest = {
  electionId: "mayor",
  definition: {
    ...fields,
    votingMethod: "single_choice",
    title: inBoth("Mayor"),
    regions,
    candidates: [standing("Ivy Hall", ["town"]), standing("Jon Park", ["town"])],
  },
  roll: { town: 20 },
  afternoon: answersTo("town", 0),
  ...common,
  results: {
    all: {
      status: "closed",
      "votes for ivy": 8,
      "votes for jon": 5,
      "shares, %": "61.54, 38.46",
      valid: 13,
      blank: 2,
      spoiled: 0,
      turnout,
      seats: "town: ivy",
      "seats by party": "none 1",
      verdict: "by region",
    },
    byRegion: {
      town: {
        status: "closed",
        "votes for ivy": 8,
        "votes for jon": 5,
        "shares, %": "61.54, 38.46",
        valid: 13,
        blank: 2,
        spoiled: 0,
        turnout,
        verdict: "elected: ivy, 3 ahead of jon",
      },
    },
  },
  certified: {
    counts: { onRoll: 20, cast: 15, counted: 13, blank: 2, spoiled: 0, setAside: 0, duplicates: 1, invalid: 2 },
    onRoll: { town: 20 },
    struck,
    unopened: 0,
  },
  audit,
};

/** Park 5 + 2 + 1, pool 5 + 4, rink 2 + 2 + 1, on 14 valid ballots; one blank. */
export const projects: Contest = {
  electionId: "projects",
  definition: {
    ...fields,
    votingMethod: "choose",
    title: inBoth("Projects"),
    seats: 2,
    maxChoices: 2,
    regions,
    candidates: ["Park", "Pool", "Rink"].map((name) => standing(name, ["town"])),
  },
  roll: { town: 20 },
  afternoon: answersTo("town", 1),
  ...common,
  results: {
    all: {
      status: "closed",
      "votes for park": 8,
      "votes for pool": 9,
      "votes for rink": 5,
      "shares, %": "57.14, 64.29, 35.71",
      valid: 14,
      blank: 1,
      spoiled: 0,
      turnout,
      seats: "town: pool, park",
      "seats by party": "none 2",
      verdict: "elected: pool, park, 3 ahead of rink",
    },
    byRegion: {},
  },
  certified: {
    counts: { onRoll: 20, cast: 15, counted: 14, blank: 1, spoiled: 0, setAside: 0, duplicates: 1, invalid: 2 },
    onRoll: { town: 20 },
    struck,
    unopened: 0,
  },
  audit,
};

/** Oui 5 + 4, non 2 + 2 + 1: more than half, as a law needs that says nothing else. */
export const bylaw: Contest = {
  electionId: "bylaw",
  definition: { ...fields, votingMethod: "referendum", title: inBoth("Bylaw"), question: inBoth("Do you agree?") },
  roll: { [EVERYWHERE]: 20 },
  afternoon: answersTo(EVERYWHERE, 2),
  ...common,
  results: {
    all: {
      status: "closed",
      "votes for oui": 9,
      "votes for non": 5,
      "shares, %": "64.29, 35.71",
      valid: 14,
      blank: 0,
      spoiled: 1,
      turnout,
      verdict: "adopted, by 4",
    },
    byRegion: {},
  },
  certified: {
    counts: { onRoll: 20, cast: 15, counted: 14, blank: 0, spoiled: 1, setAside: 0, duplicates: 1, invalid: 2 },
    onRoll: { [EVERYWHERE]: 20 },
    struck,
    unopened: 1,
  },
  audit,
};
