import { CONTACT, type Contest, inBoth, standing } from "#load/rehearsal/contests/contest.ts";

/**
 * Two members of the board, up to three marks on a ballot. It is postponed before it opens.
 * Kit 12 + 5, Lou 12 + 9, Mia 9 + 8 + 5, Ned 5 + 6, on 40 valid ballots.
 */
export const board: Contest = {
  electionId: "board",
  definition: {
    votingMethod: "choose",
    title: inBoth("Board"),
    contact: CONTACT,
    seats: 2,
    maxChoices: 3,
    allowBlank: true,
    regions: [{ regionId: "town", name: inBoth("Town") }],
    candidates: ["Kit Moss", "Lou Reed", "Mia Fern", "Ned Bush"].map((name) => standing(name, ["town"])),
  },
  roll: { town: 60 },
  morning: [],
  afternoon: [
    ["town", 12, "kit+lou"],
    ["town", 9, "lou+mia"],
    ["town", 8, "mia"],
    ["town", 5, "kit+mia+ned"],
    ["town", 6, "ned"],
    ["town", 1, "blank"],
    ["town", 1, "spoiled"],
  ],
  inVain: { duplicates: 1, strangers: 1, astray: 0 },
  // Postponed; extended, taken back.
  acts: {
    signed: { times: 3, rolls: 0, withdrawals: 0, corrections: 0, lots: 0 },
    recorded: { "roll import": "1 to 60" },
  },
  results: {
    all: {
      status: "closed",
      "votes for kit": 17,
      "votes for lou": 21,
      "votes for mia": 22,
      "votes for ned": 11,
      "shares, %": "42.5, 52.5, 55, 27.5",
      valid: 40,
      blank: 1,
      spoiled: 1,
      turnout: "42 of 60, 70 %",
      seats: "town: mia, lou",
      "seats by party": "none 2",
      verdict: "elected: mia, lou, 4 ahead of kit",
    },
    byRegion: {},
  },
  certified: {
    counts: { onRoll: 60, cast: 42, counted: 40, blank: 1, spoiled: 1, setAside: 0, duplicates: 1, invalid: 1 },
    onRoll: { town: 60 },
    struck: { reissued: 0, removed: 0, moved: 0, "voted-elsewhere": 0 },
    unopened: 1,
  },
  verified: 0,
  audit: "42 accepted and 2 rejected attempts",
};
