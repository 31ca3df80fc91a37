import { CONTACT, type Contest, inBoth, standing } from "#load/rehearsal/contests/contest.ts";

/**
 * The chair, by ranked choice. Eli withdraws: two ballots pass to Cyd, and one that ranks nobody else is void. Then Cyd and Dov have 5 each,
 * and it matters who goes out: with Dov out Ada wins, with Cyd out Dov. The lot is for Dov.
 */
export const chair: Contest = {
  electionId: "chair",
  definition: {
    votingMethod: "ranked_choice",
    title: inBoth("Chair"),
    contact: CONTACT,
    maxRankings: 4,
    regions: [{ regionId: "town", name: inBoth("Town") }],
    candidates: [
      standing("Ada Roy", ["town"]),
      standing("Ben Ito", ["town"]),
      standing("Cyd Poe", ["town"]),
      standing("Dov Gray", ["town"]),
      standing("Eli Nash", ["town"]),
    ],
  },
  roll: { town: 45 },
  morning: [
    ["town", 2, "eli>cyd>dov"],
    ["town", 1, "eli"],
    ["town", 9, "ben>dov>ada"],
  ],
  afternoon: [
    ["town", 10, "ada"],
    ["town", 3, "cyd>dov"],
    ["town", 5, "dov>cyd"],
  ],
  withdraws: { candidateId: "eli", regionId: "town" },
  inVain: { duplicates: 1, strangers: 1, astray: 0 },
  tie: {
    regionId: "town",
    told: "Tie over an elimination between Cyd Poe and Dov Gray in round 1: the count cannot go on without a lot.",
    order: ["dov", "cyd"],
  },
  // Extended, taken back.
  acts: {
    signed: { times: 2, rolls: 0, withdrawals: 1, corrections: 0, lots: 1 },
    recorded: { "roll import": "1 to 45" },
  },
  results: {
    all: {
      status: "closed",
      "votes for ada": 10,
      "votes for ben": 9,
      "votes for cyd": 5,
      "votes for dov": 5,
      "votes for eli": 0,
      "shares, %": "34.48, 31.03, 17.24, 17.24, 0",
      valid: 29,
      blank: 0,
      spoiled: 1,
      turnout: "30 of 45, 66.67 %",
      "round 1": "ada 10, ben 9, cyd 5, dov 5; needs 15; exhausted 0; out cyd by lot-after-closing; cyd to dov 5",
      "round 2": "ada 10, ben 9, dov 10; needs 15; exhausted 0; out ben; ben to dov 9",
      "round 3": "ada 10, dov 19; needs 15; exhausted 0",
      seats: "town: dov",
      "seats by party": "none 1",
      verdict: "elected: dov, 9 ahead of ada in round 3",
    },
    byRegion: {},
  },
  certified: {
    counts: { onRoll: 45, cast: 30, counted: 29, blank: 0, spoiled: 1, setAside: 0, duplicates: 1, invalid: 1 },
    onRoll: { town: 45 },
    struck: { reissued: 0, removed: 0, moved: 0, "voted-elsewhere": 0 },
    unopened: 0,
  },
  verified: 2,
  audit: "30 accepted and 2 rejected attempts",
};
