import { CONTACT, type Contest, inBoth, standing } from "#load/rehearsal/contests/contest.ts";

/**
 * A councillor for each of two wards, by single choice. Most of what an office does to a roll is done to this one; Dan withdraws at noon, and
 * a lot decides the west.
 *
 * The east: 40 on the roll, of whom 2 by letter; 1 added, 1 removed, 1 moved away: 39. For Ann 11 in the afternoon, and three people on whom the
 * day's acts are shown: by letter, added, and with a new code. The two for Dan are void.
 * The west: 30 on the roll, of whom 1 by letter; 1 added, 1 moved here: 32. For Fay 8, and the person who moved.
 */
export const ward: Contest = {
  electionId: "ward",
  definition: {
    votingMethod: "single_choice",
    title: inBoth("Wards"),
    contact: CONTACT,
    allowBlank: true,
    regions: [
      { regionId: "east", name: inBoth("East") },
      { regionId: "west", name: inBoth("West") },
    ],
    parties: [
      { partyId: "oak", name: inBoth("Oak"), colour: "#7a4b1e" },
      { partyId: "pine", name: inBoth("Pine"), colour: "#1b6e3b" },
    ],
    candidates: [
      // Misspelt: Roy.
      standing("Ann Roi", ["east"], "pine"),
      standing("Bob Lee", ["east"], "oak"),
      standing("Cat Fox", ["east"]),
      standing("Dan Cho", ["east"], "oak"),
      standing("Eve Day", ["west"], "pine"),
      standing("Fay Orr", ["west"], "oak"),
      standing("Gus Ray", ["west"]),
    ],
  },
  roll: { east: 38, west: 29 },
  morning: [
    ["east", 2, "dan"],
    ["east", 11, "bob"],
    ["west", 9, "eve"],
  ],
  afternoon: [
    ["east", 11, "ann"],
    ["east", 3, "cat"],
    ["east", 2, "blank"],
    ["east", 1, "spoiled"],
    ["west", 8, "fay"],
    ["west", 4, "gus"],
  ],
  withdraws: { candidateId: "dan", regionId: "east" },
  inVain: { duplicates: 3, strangers: 2, astray: 1 },
  tie: { regionId: "west", told: "Tie for the seat between Eve Day and Fay Orr.", order: ["fay", "eve"] },
  // Extended, taken back. Imported by a spreadsheet and with the letters.
  acts: {
    signed: { times: 2, rolls: 5, withdrawals: 1, corrections: 1, lots: 1 },
    recorded: {
      "letters made": "1 to 3",
      "roll import": "2 to 70",
      "roll add": "1 to 2",
      "roll reissue": "1 to 1",
      "roll remove": "1 to 1",
      "roll move": "1 to 1",
      "roll voted-elsewhere": "1 to 1",
    },
  },
  results: {
    all: {
      status: "closed",
      "votes for ann": 14,
      "votes for bob": 11,
      "votes for cat": 3,
      "votes for dan": 0,
      "votes for eve": 9,
      "votes for fay": 9,
      "votes for gus": 4,
      "shares, %": "28, 22, 6, 0, 18, 18, 8",
      valid: 50,
      blank: 2,
      spoiled: 3,
      turnout: "55 of 71, 77.46 %",
      "voted elsewhere": 1,
      seats: "east: ann; west: fay",
      "seats by party": "Oak 1, Pine 1",
      verdict: "by region",
    },
    byRegion: {
      east: {
        status: "closed",
        "votes for ann": 14,
        "votes for bob": 11,
        "votes for cat": 3,
        "votes for dan": 0,
        "shares, %": "50, 39.29, 10.71, 0",
        valid: 28,
        blank: 2,
        spoiled: 3,
        turnout: "33 of 39, 84.62 %",
        verdict: "elected: ann, 3 ahead of bob",
      },
      west: {
        status: "closed",
        "votes for eve": 9,
        "votes for fay": 9,
        "votes for gus": 4,
        "shares, %": "40.91, 40.91, 18.18",
        valid: 22,
        blank: 0,
        spoiled: 0,
        turnout: "22 of 32, 68.75 %",
        "voted elsewhere": 1,
        verdict: "elected: fay, 0 ahead of eve, by lot",
      },
    },
  },
  certified: {
    // In vain: two strangers, one astray, and four with codes that were struck off.
    counts: { onRoll: 71, cast: 55, counted: 50, blank: 2, spoiled: 3, setAside: 0, duplicates: 3, invalid: 7 },
    onRoll: { east: 39, west: 32 },
    struck: { reissued: 1, removed: 1, moved: 1, "voted-elsewhere": 1 },
    unopened: 1,
  },
  verified: 2,
  audit: "4 codes struck off, 55 accepted and 10 rejected attempts",
};
