import { CONTACT, type Contest, inBoth, standing } from "#load/rehearsal/contests/contest.ts";

/**
 * Three councillors by single transferable vote: 100 valid ballots, so a quota of 100 / 4 + 1 = 26.
 *
 * 1. Amy has 41, and a surplus of 15. Each of her ballots moves on at 15 / 41 = 0.36585: 21 to Bea are 7.68285, 20 to Coy 7.317; 0.00015
 *    is lost.
 * 2. Nobody has the quota. Fox goes out: 3 to Dee, 1 to nobody.
 * 3. Eva goes out: 9 to Dee, 2 to Bea, who now is ahead of Coy.
 * 4. Coy goes out: 16 to Dee at full value; Amy's 20 name nobody else, and 7.317 are exhausted.
 * 5. Two are left for two seats: Dee with 41, and Bea below the quota.
 */
export const council: Contest = {
  electionId: "council",
  definition: {
    votingMethod: "stv",
    title: inBoth("Council"),
    contact: CONTACT,
    seats: 3,
    maxRankings: 6,
    allowBlank: true,
    regions: [{ regionId: "town", name: inBoth("Town") }],
    candidates: ["Amy Pike", "Bea Wren", "Coy Finch", "Dee Lark", "Eva Crane", "Fox Swan"].map((name) =>
      standing(name, ["town"]),
    ),
  },
  roll: { town: 150 },
  morning: [
    ["town", 21, "amy>bea"],
    ["town", 15, "bea>coy"],
    ["town", 13, "dee>eva"],
    ["town", 9, "eva>dee>coy"],
    ["town", 1, "fox"],
  ],
  afternoon: [
    ["town", 20, "amy>coy"],
    ["town", 16, "coy>dee"],
    ["town", 2, "eva>bea"],
    ["town", 3, "fox>dee"],
    ["town", 2, "blank"],
    ["town", 1, "spoiled"],
  ],
  inVain: { duplicates: 1, strangers: 1, astray: 0 },
  // Extended, taken back.
  acts: {
    signed: { times: 2, rolls: 0, withdrawals: 0, corrections: 0, lots: 0 },
    recorded: { "roll import": "1 to 150" },
  },
  results: {
    all: {
      status: "closed",
      "votes for amy": 41,
      "votes for bea": 15,
      "votes for coy": 16,
      "votes for dee": 13,
      "votes for eva": 11,
      "votes for fox": 4,
      "shares, %": "41, 15, 16, 13, 11, 4",
      valid: 100,
      blank: 2,
      spoiled: 1,
      turnout: "103 of 150, 68.67 %",
      "round 1":
        "amy 41, bea 15, coy 16, dee 13, eva 11, fox 4; needs 26; exhausted 0; lost 0; elected amy; amy to bea 7.68285, amy to coy 7.317",
      "round 2":
        "amy 26, bea 22.68285, coy 23.317, dee 13, eva 11, fox 4; needs 26; exhausted 0; lost 0.00015; out fox; fox to dee 3, fox to nobody 1",
      "round 3":
        "amy 26, bea 22.68285, coy 23.317, dee 16, eva 11; needs 26; exhausted 1; lost 0.00015; out eva; eva to bea 2, eva to dee 9",
      "round 4":
        "amy 26, bea 24.68285, coy 23.317, dee 25; needs 26; exhausted 1; lost 0.00015; out coy; coy to dee 16, coy to nobody 7.317",
      "round 5": "amy 26, bea 24.68285, dee 41; needs 26; exhausted 8.317; lost 0.00015; elected dee, bea",
      seats: "town: amy, dee, bea",
      "seats by party": "none 3",
      verdict: "elected: amy, dee, bea in round 5",
    },
    byRegion: {},
  },
  certified: {
    counts: { onRoll: 150, cast: 103, counted: 100, blank: 2, spoiled: 1, setAside: 0, duplicates: 1, invalid: 1 },
    onRoll: { town: 150 },
    struck: { reissued: 0, removed: 0, moved: 0, "voted-elsewhere": 0 },
    unopened: 1,
  },
  verified: 0,
  audit: "103 accepted and 2 rejected attempts",
};
